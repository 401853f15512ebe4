import { b64u } from '../../formats/bytes.ts'
import { canonicalBytes } from '../../formats/jcs.ts'
import { sha256, sha256Hasher } from '../../formats/sha256.ts'
import type { BagFiles, BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

interface DocumentFile {
  readonly name: string
  readonly sha256: string
}

/** The tender document of each version and its files, against the digests that were signed. */
export async function checkDocuments(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<void> {
  for (const e of events) {
    if (!e.event || e.stream !== `project:${info.trade}`) continue
    if (e.event.type !== 'DocumentSaved' && e.event.type !== 'DocumentAmended') continue
    const data = e.event.data as unknown as {
      document: unknown
      documentSha256: string
      files: DocumentFile[]
    }
    const place = { path: e.path, stream: e.stream, version: e.version }
    const found = b64u(sha256(canonicalBytes(data.document)))
    if (found === data.documentSha256) report.pass('documents')
    else
      report.fail('documents', 'document-digest-differs', place, {
        expected: data.documentSha256,
        found,
      })
  }
  for (const file of publishedFiles(info, events)) await checkFile(files, file, report)
}

/** Files of the versions that were published: those of the approved draft, and of each amendment. */
function publishedFiles(info: BagInfo, events: readonly BagEvent[]): DocumentFile[] {
  const found: DocumentFile[] = []
  let draft: DocumentFile[] = []
  for (const e of events) {
    if (!e.event || e.stream !== `project:${info.trade}`) continue
    const data = e.event.data as unknown as { files?: DocumentFile[] }
    if (e.event.type === 'DocumentSaved') draft = data.files ?? []
    if (e.event.type === 'NoticePublished') found.push(...draft)
    if (e.event.type === 'DocumentAmended') found.push(...(data.files ?? []))
  }
  return found
}

async function checkFile(files: BagFiles, file: DocumentFile, report: Report): Promise<void> {
  const path = `data/documents/${file.sha256}`
  if (!files.paths.includes(path)) {
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
      {
        expected: file.sha256,
        found,
      },
    )
}
