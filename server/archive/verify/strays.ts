import { openedRows } from '../../event-data.ts'
import { hex } from '../../formats/bytes.ts'
import { sha256 } from '../../formats/sha256.ts'
import { type BagFiles, type BagInfo, hasFile, readJsonFile, readWhole } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** Files that a bag has once, and those that other checks read or refuse one by one. */
const known = [
  /^(bagit|bag-info|manifest-sha256|tagmanifest-sha256)\.txt$/,
  /^data\/outcome\.json$/,
  /^data\/(draw|sheets)\//,
  /^data\/events\/.+\/\d{6}\.json$/,
  /^data\/log\/checkpoints\/\d+$/,
  /^data\/log\/joined\.json$/,
  /^data\/trust\/(trust\.json|boards\/[^/]+\.json)$/,
]

/** What full bags alone hold: in one that says it is public no check would look at it. */
const fullOnly =
  /^data\/(sides|sheets)\/|^data\/bids\/[^/]+\/(blobs\/|shares\.json$)|^data\/log\/joined\.json$/

/**
 * Files that nothing signed or logged accounts for: whoever can write a manifest could have put
 * them there, so that a reader takes them for a part of the archive.
 */
export async function checkStrays(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<void> {
  const named = new Set(events.flatMap(namedBy))
  for (const { side } of openedRows(events, info.lot)) named.add(`data/sides/${side}.json`)
  const names = 'data/documents/names.json'
  if (hasFile(files, names)) {
    named.add(names)
    const listed = (await readJsonFile<Record<string, unknown>>(files, names)) ?? {}
    for (const sha256 of Object.keys(listed)) named.add(`data/documents/${sha256}`)
  }
  for (const path of files.paths) {
    const isProof = path.endsWith('.tlog-proof')
    const of = isProof ? path.replace(/\.tlog-proof$/, '.json') : path
    const isKnown = known.some((form) => form.test(of)) && (!isProof || hasFile(files, of))
    const isOfOther = info.kind === 'public' && fullOnly.test(path)
    if (isOfOther || (!isKnown && !named.has(path) && !(await isNamedList(files, path))))
      report.fail('bag', 'file-unexpected', { path })
    if (info.kind === 'public' && path.endsWith('/opening.json'))
      await checkKeys(files, path, report)
  }
}

/** A public bag's opening holds the key of the quotation and nothing else. */
async function checkKeys(files: BagFiles, path: string, report: Report): Promise<void> {
  const keys = Object.keys((await readJsonFile<object>(files, path)) ?? {})
  const more = keys.filter((name) => name !== 'quotationKey')
  if (more.length > 0)
    report.fail('bag', 'opening-of-other-kind', { path }, { found: more.join(', ') })
}

/** A revocation list under the start of its own digest. */
async function isNamedList(files: BagFiles, path: string): Promise<boolean> {
  const name = /^data\/trust\/crl\/([0-9a-f]{16})\.der$/.exec(path)?.[1]
  return name !== undefined && hex(sha256(await readWhole(files, path))).startsWith(name)
}

interface Naming {
  readonly act?: unknown
  readonly blobs?: readonly { readonly id: string }[]
  readonly documentVersion?: number
}

/** Files that an event of the bag speaks of. */
function namedBy({ event, stream }: BagEvent): string[] {
  const { act, blobs, documentVersion } = (event?.data ?? {}) as Naming
  const acts = typeof act === 'string' ? [`data/acts/${act}.json`, `data/acts/${act}.p7s`] : []
  const isVersion = event?.type === 'NoticePublished' || event?.type === 'DocumentAmended'
  const documents = isVersion ? [`data/documents/version-${documentVersion}.json`] : []
  const isBid = event?.type === 'BidSubmitted' || event?.type === 'BidReplaced'
  if (!isBid) return [...acts, ...documents]
  const folder = `data/bids/${stream.slice('bid:'.length)}`
  const parts = ['act.json', 'act.p7s', 'envelope.bin', 'opening.json', 'shares.json']
  return [
    ...acts,
    ...[...parts, ...(blobs ?? []).map((b) => `blobs/${b.id}`)].map((part) => `${folder}/${part}`),
  ]
}
