import { randomUUID } from 'node:crypto'
import { ProblemError } from '../../kernel/problem.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { hasFile, maxFileBytes, putFile, removeFile, type StoredFile } from '../../vault/files.ts'
import type { DocumentFile } from '../project/state.ts'

/**
 * Files of tender documents on their way: what a project has sent up is counted in
 * `work.document_files`, so that no draft fills the disk, and goes again once no document names it.
 */

/** What one project may hold in all versions and drafts: four files of the largest size. */
export const documentFilesBytes = 4 * maxFileBytes
export const documentFilesCount = 2000
/** So long a file waits for a document that names it: a draft may be written over a week. */
const unnamedMs = 7 * 86_400_000

const partPrefix = 'part '

/**
 * Takes a file for a project's document, counted before its first byte.
 * @param announced bytes that the request says it sends; without it the largest file is counted
 * @throws ProblemError `document-files-full`, `file-too-large`, `upload-broken`
 */
export async function takeDocumentFile(
  platform: Platform,
  project: string,
  body: ReadableStream<Uint8Array> | null,
  announced = maxFileBytes,
): Promise<StoredFile> {
  if (announced > maxFileBytes) throw new ProblemError('file-too-large')
  const part = `${partPrefix}${randomUUID()}`
  await reserve(platform, project, part, announced)
  try {
    const stored = await putFile(platform, body, announced)
    await keepRow(platform, project, stored)
    return stored
  } finally {
    await platform.sql`
      delete from work.document_files where project = ${project} and file = ${part}`
  }
}

async function reserve(
  platform: Platform,
  project: string,
  file: string,
  bytes: number,
): Promise<void> {
  await platform.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${project}, 727003))`
    const taken = await tx`
      insert into work.document_files (project, file, bytes)
      select ${project}, ${file}, ${bytes}::bigint
      from (select coalesce(sum(bytes), 0) as bytes, count(*) as files
        from work.document_files where project = ${project}) as held
      where held.bytes + ${bytes}::bigint <= ${documentFilesBytes} and held.files < ${documentFilesCount}
      returning 1`
    if (taken.length === 0) throw new ProblemError('document-files-full')
  })
}

async function keepRow(
  platform: Platform,
  project: string,
  { sha256, bytes }: StoredFile,
): Promise<void> {
  await platform.sql`
    insert into work.document_files (project, file, bytes) values (${project}, ${sha256}, ${bytes})
    on conflict (project, file) do update set at = clock_timestamp()`
}

/**
 * A document may name what is here, in the size that it says: else no archive of it could be made.
 * @throws ProblemError `document-file-missing` with the fields
 */
export async function assertFilesHere(
  platform: Platform,
  project: string,
  files: readonly DocumentFile[],
  language: 'zh' | 'en',
): Promise<void> {
  const missing: { field: string; code: string; detail: string }[] = []
  const detail =
    language === 'zh' ? '没有此文件，或大小不符' : 'There is no such file, or its size differs'
  for (const [i, file] of files.entries()) {
    if (await hasFile(platform, file)) await keepRow(platform, project, file)
    else missing.push({ field: `files.${i}`, code: 'file-missing', detail })
  }
  if (missing.length === 0) return
  const name = files[Number(missing[0].field.slice('files.'.length))].name
  throw new ProblemError('document-file-missing', { name }, { errors: missing })
}

/** Removes what no document names a week after it came; what a published one names is kept for good. */
export async function sweepDocumentFiles(platform: Platform, olderMs = unnamedMs): Promise<void> {
  const rows = await platform.sql`
    select project, array_agg(file) as files from work.document_files
    where not is_kept and at <= clock_timestamp() - make_interval(secs => ${olderMs / 1000})
    group by project`
  for (const { project, files } of rows) {
    const { published, open } = await namedFiles(platform, project)
    for (const file of files as string[]) {
      if (published.has(file))
        await platform.sql`
          update work.document_files set is_kept = true
          where project = ${project} and file = ${file}`
      else if (!open.has(file)) await sweepFile(platform, project, file, olderMs)
    }
  }
}

async function sweepFile(
  platform: Platform,
  project: string,
  file: string,
  olderMs: number,
): Promise<void> {
  const { sql } = platform
  await sql`delete from work.document_files where project = ${project} and file = ${file}`
  if (file.startsWith(partPrefix)) return
  const others = await sql`select 1 from work.document_files where file = ${file} limit 1`
  if (others.length === 0) await removeFile(platform, file, olderMs)
}

/** Digests that a project's published versions name, and those of its draft and open proposals. */
async function namedFiles(
  platform: Platform,
  id: string,
): Promise<{ published: Set<string>; open: Set<string> }> {
  const digests = (files: readonly DocumentFile[]) => new Set(files.map((file) => file.sha256))
  const { project } = await loadTrade(platform, id)
  if (project.stage === 'none') return { published: new Set(), open: new Set() }
  if (project.stage !== 'published') return { published: new Set(), open: digests(project.files) }
  const proposals = Object.values(project.proposals)
  return {
    published: digests(project.versions.flatMap((version) => [...version.files])),
    open: digests(proposals.flatMap((p) => (p.kind === 'amendment' ? [...(p.files ?? [])] : []))),
  }
}
