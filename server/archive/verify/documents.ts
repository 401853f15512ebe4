import { b64u, fromUtf8 } from '../../formats/bytes.ts'
import { canonicalBytes, canonicalize } from '../../formats/jcs.ts'
import { sha256, sha256Hasher } from '../../formats/sha256.ts'
import type { TenderDocument } from '../../tendering/project/document.ts'
import { type BagFiles, type BagInfo, hasFile, readJsonFile, readWhole } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

interface DocumentFile {
  readonly name: string
  readonly sha256: string
}
interface DocumentData {
  readonly document?: unknown
  readonly documentVersion?: number
  readonly documentSha256: string
  readonly files?: readonly DocumentFile[]
}

/** Published versions of the tender document whose digest is the one that was signed. */
export type Documents = ReadonlyMap<number, TenderDocument>

/** The tender document of each version and its files, against the digests that were signed. */
export async function checkDocuments(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<Documents> {
  const own = events.filter((e) => e.stream === `project:${info.trade}`)
  const found = new Map<number, TenderDocument>()
  const signed = new Map<string, TenderDocument>()
  for (const one of own) {
    const data = one.event?.data as unknown as DocumentData
    const type = one.event?.type
    const isWritten = type === 'DocumentSaved' || type === 'DocumentAmended'
    if (isWritten && isAsSigned(one, data, report))
      signed.set(data.documentSha256, data.document as TenderDocument)
    if (type !== 'NoticePublished' && type !== 'DocumentAmended') continue
    const shown = await checkVersion(files, data, report)
    const document = shown ?? signed.get(data.documentSha256)
    if (document) found.set(data.documentVersion as number, document)
  }
  const published = publishedFiles(own)
  if (!published) report.withhold('documents')
  for (const file of published ?? (await namedFiles(files))) await checkFile(files, file, report)
  if (published) await checkNames(files, published, report)
  return found
}

function isAsSigned(one: BagEvent, data: DocumentData, report: Report): boolean {
  const place = { path: one.path, stream: one.stream, version: one.version }
  const expected = data.documentSha256
  const found = b64u(sha256(canonicalBytes(data.document as never)))
  if (found === expected) report.pass('documents')
  else report.fail('documents', 'document-digest-differs', place, { expected, found })
  return found === expected
}

/** The canonical bytes of a published version, which every reader of the notice may have. */
async function checkVersion(
  files: BagFiles,
  { documentVersion, documentSha256 }: DocumentData,
  report: Report,
): Promise<TenderDocument | null> {
  const path = `data/documents/version-${documentVersion}.json`
  if (!hasFile(files, path)) {
    report.fail('documents', 'document-missing', { path })
    return null
  }
  const bytes = await readWhole(files, path)
  const found = b64u(sha256(bytes))
  if (found !== documentSha256) {
    report.fail('documents', 'document-altered', { path }, { expected: documentSha256, found })
    return null
  }
  report.pass('documents')
  return JSON.parse(fromUtf8(bytes)) as TenderDocument
}

/**
 * Files of the versions that were published: those of the approved draft, and of each amendment.
 * @returns null where the bag withholds the draft that names them
 */
function publishedFiles(own: readonly BagEvent[]): DocumentFile[] | null {
  const found: DocumentFile[] = []
  let draft: readonly DocumentFile[] | null = null
  for (const { event } of own) {
    const data = event?.data as unknown as DocumentData | undefined
    if (event?.type === 'DocumentSaved') draft = data?.files ?? []
    if (event?.type === 'NoticePublished') {
      // An older notice names its files in the draft alone.
      const named = data?.files ?? draft
      if (!named) return null
      found.push(...named)
    }
    if (event?.type === 'DocumentAmended') found.push(...(data?.files ?? []))
  }
  return found
}

/** Where the events withhold the files, the bag's own list of them: a name is its file's digest. */
async function namedFiles(files: BagFiles): Promise<DocumentFile[]> {
  const listed = await readJsonFile<Record<string, string>>(files, 'data/documents/names.json')
  return Object.entries(listed ?? {}).map(([sha256, name]) => ({ sha256, name }))
}

async function checkFile(files: BagFiles, file: DocumentFile, report: Report): Promise<void> {
  const path = `data/documents/${file.sha256}`
  if (!hasFile(files, path)) {
    report.fail('documents', 'document-file-missing', { path, file: file.name })
    return
  }
  const hasher = sha256Hasher()
  for await (const part of files.stream(path)) hasher.update(part)
  const found = b64u(hasher.digest())
  if (found === file.sha256) report.pass('documents')
  else
    report.fail(
      'documents',
      'document-file-altered',
      { path, file: file.name },
      { expected: file.sha256, found },
    )
}

/** The list of names, by which a reader finds a file, says what the events say. */
async function checkNames(
  files: BagFiles,
  published: readonly DocumentFile[],
  report: Report,
): Promise<void> {
  const path = 'data/documents/names.json'
  const expected = Object.fromEntries(published.map((f) => [f.sha256, f.name]))
  const found = (await readJsonFile<Record<string, string>>(files, path)) ?? {}
  if (canonicalize(found) === canonicalize(expected)) report.pass('documents')
  else report.fail('documents', 'document-names-differ', { path }, { expected, found })
}
