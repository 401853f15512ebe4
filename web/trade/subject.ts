import type { TenderDocument } from '../../server/tendering/project/document.ts'

/** Names of project and lot as acts show them; the server compares. */
export function subjectOf(document: TenderDocument, lotIndex?: number): { zh: string; en: string } {
  const lot = lotIndex === undefined ? undefined : document.lots[lotIndex]
  return {
    zh: lot ? `${document.title.zh} ${lot.title.zh}` : document.title.zh,
    en: lot ? `${document.title.en}, ${lot.title.en}` : document.title.en,
  }
}
