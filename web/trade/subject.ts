import type { TenderDocument } from '../../server/tendering/project/document.ts'

/** Names of project and lot as acts show them; the server compares. */
export function subjectOf(document: TenderDocument, lotIndex?: number): { zh: string; en: string } {
  const lot = lotIndex === undefined ? undefined : document.lots[lotIndex]
  return {
    zh: lot ? `${document.title.zh} ${lot.title.zh}` : document.title.zh,
    en: lot ? `${document.title.en}, ${lot.title.en}` : document.title.en,
  }
}

/** The same for a lot of a trade's page. @throws Error where the trade has no document yet: our bug */
export function lotSubject(
  trade: { readonly document: TenderDocument | null; readonly lots: readonly { id: string }[] },
  lot: string,
): { zh: string; en: string } {
  if (!trade.document) throw new Error('an act about a trade without a document')
  return subjectOf(
    trade.document,
    trade.lots.findIndex((one) => one.id === lot),
  )
}
