import type { ServerProblem } from './client.ts'

/** Fields of a document's times, as `tender.json` gives them. */
const timeFields: Readonly<Record<string, string>> = {
  noticeAt: 'startAt',
  documentUntil: 'documentDays',
  submissionDeadline: 'openAfterDays',
  openingAt: 'openAfterDays',
  publicityUntil: 'publicityDays',
}
/** Problems of a file's content that the platform alone can know. */
const places: Readonly<Record<string, string>> = {
  'year-not-loaded': 'tender.json: startAt',
  'clock-too-far': 'tender.json: startAt',
  'composition-unlawful': 'experts.json: represents',
  'representative-tied': 'experts.json: represents',
  'bid-too-large': 'bids.json: files',
}

/**
 * Where in a folder the cause of a platform's refusal lies: its form is good, its content is not.
 * @returns `file: field`, or null where the folder alone can be named
 */
export function placeOfRefusal({ slug, body }: ServerProblem): string | null {
  const { rules, fields } = (body.values ?? {}) as { rules?: string; fields?: string }
  if (rules?.split(',').includes('yearNotLoaded')) return places['year-not-loaded']
  if (fields) {
    const names = fields.split(',').map((field) => timeFields[field] ?? field)
    return `tender.json: ${[...new Set(names)].join(', ')}`
  }
  return places[slug] ?? null
}
