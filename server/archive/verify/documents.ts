import { dataOf } from '../../event-data.ts'
import { b64u, fromUtf8 } from '../../formats/bytes.ts'
import { canonicalBytes, canonicalize } from '../../formats/jcs.ts'
import { sha256, sha256Hasher } from '../../formats/sha256.ts'
import type { EventDataOf } from '../../streams.ts'
import type { DocumentFile } from '../../tendering/project/decider.ts'
import type { TenderDocument } from '../../tendering/project/document.ts'
import { type BagFiles, type BagInfo, hasFile, readJsonFile, readWhole } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** A file as the bag's own list names it, too. */
type NamedFile = Pick<DocumentFile, 'name' | 'sha256'>

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
    const amended = dataOf(one.event, 'project', 'DocumentAmended')
    const written = dataOf(one.event, 'project', 'DocumentSaved') ?? amended
    if (written && isAsSigned(one, written, report))
      signed.set(written.documentSha256, written.document)
    const published = dataOf(one.event, 'project', 'NoticePublished') ?? amended
    if (!published) continue
    const shown = await checkVersion(files, published, report)
    const document = shown ?? signed.get(published.documentSha256)
    if (document) found.set(published.documentVersion, document)
  }
  const published = publishedFiles(own)
  if (!published) report.withhold('documents')
  for (const file of published ?? (await namedFiles(files))) await checkFile(files, file, report)
  if (published) await checkNames(files, published, report)
  return found
}

type Written = EventDataOf<'project', 'DocumentSaved'> | EventDataOf<'project', 'DocumentAmended'>

function isAsSigned(
  one: BagEvent,
  data: Pick<Written, 'document' | 'documentSha256'>,
  report: Report,
): boolean {
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
  { documentVersion, documentSha256 }: { documentVersion: number; documentSha256: string },
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
function publishedFiles(own: readonly BagEvent[]): NamedFile[] | null {
  const found: NamedFile[] = []
  let draft: readonly NamedFile[] | null = null
  for (const { event } of own) {
    draft = dataOf(event, 'project', 'DocumentSaved')?.files ?? draft
    const notice = dataOf(event, 'project', 'NoticePublished')
    if (notice) {
      // An older notice names its files in the draft alone.
      const named = notice.files ?? draft
      if (!named) return null
      found.push(...named)
    }
    found.push(...(dataOf(event, 'project', 'DocumentAmended')?.files ?? []))
  }
  return found
}

/** Where the events withhold the files, the bag's own list of them: a name is its file's digest. */
async function namedFiles(files: BagFiles): Promise<NamedFile[]> {
  const listed = await readJsonFile<Record<string, string>>(files, 'data/documents/names.json')
  return Object.entries(listed ?? {}).map(([sha256, name]) => ({ sha256, name }))
}

async function checkFile(files: BagFiles, file: NamedFile, report: Report): Promise<void> {
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
  published: readonly NamedFile[],
  report: Report,
): Promise<void> {
  const path = 'data/documents/names.json'
  const expected = Object.fromEntries(published.map((f) => [f.sha256, f.name]))
  const found = (await readJsonFile<Record<string, string>>(files, path)) ?? {}
  if (canonicalize(found) === canonicalize(expected)) report.pass('documents')
  else report.fail('documents', 'document-names-differ', { path }, { expected, found })
}
