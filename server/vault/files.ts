import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { savedAs } from '../kernel/http.ts'
import { ProblemError } from '../kernel/problem.ts'
import { syncFolder } from '../kernel/whole-file.ts'
import type { Platform } from '../platform.ts'

/** A stored file, by its content. */
export interface StoredFile {
  readonly sha256: string
  readonly bytes: number
}

/** The largest file of a document. */
export const maxFileBytes = 2 ** 31

/** `type/subtype`, with parameters or without: what may stand in a header as it is. */
export const mediaTypeForm =
  /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60}(?: ?; ?[\w-]{1,30}=(?:[\w.+-]{1,40}|"[\w .+-]{0,40}"))*$/
const anyMediaType = 'application/octet-stream'
/** A media type as it was named, or none in particular where that is no media type. */
export const mediaTypeOf = (named: string | undefined): string =>
  named !== undefined && named.length <= 100 && mediaTypeForm.test(named) ? named : anyMediaType

const hexOf = (sha256: string) => Buffer.from(sha256, 'base64url').toString('hex')

/** Where a file of that digest (base64url) is kept. */
export function filePath(platform: Platform, sha256: string): string {
  const hex = hexOf(sha256)
  return path.join(platform.folder, 'files', 'sha256', hex.slice(0, 2), hex)
}

/** Closes the folders of what is not for everyone on the machine, also those of an older start. */
export function closeFolders(folder: string): void {
  for (const name of ['files', 'bags']) {
    const place = path.join(folder, name)
    fs.mkdirSync(place, { recursive: true, mode: 0o700 })
    fs.chmodSync(place, 0o700)
  }
}

/**
 * Takes a stream in, hashing as it comes; the same content is stored once, whole or not at all.
 * @param most bytes that are taken
 * @throws ProblemError `file-too-large`, `upload-broken`
 */
export async function putFile(
  platform: Platform,
  body: ReadableStream<Uint8Array> | null,
  most = maxFileBytes,
): Promise<StoredFile> {
  const folder = path.join(platform.folder, 'files', 'part')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const part = path.join(folder, randomUUID())
  const handle = await fs.promises.open(part, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length
      if (bytes > most) throw new ProblemError('file-too-large')
      hash.update(chunk)
      await handle.writeFile(chunk) // all of it: one write may end short on a full disk
    }
    await handle.sync()
  } catch (error) {
    await handle.close()
    fs.rmSync(part, { force: true })
    throw error instanceof ProblemError ? error : new ProblemError('upload-broken')
  }
  await handle.close()
  const sha256 = hash.digest('base64url')
  const to = filePath(platform, sha256)
  await fs.promises.mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
  await fs.promises.rename(part, to)
  await syncFolder(path.dirname(to))
  return { sha256, bytes }
}

/** Whether that content is here; if so, it counts as new again to who sweeps. */
export async function hasFile(platform: Platform, { sha256, bytes }: StoredFile): Promise<boolean> {
  const file = filePath(platform, sha256)
  const found = await fs.promises.stat(file).catch(() => null)
  if (found?.size !== bytes) return false
  const now = new Date()
  await fs.promises.utimes(file, now, now)
  return true
}

/** Removes content that nothing names, unless it has just come again. */
export async function removeFile(
  platform: Platform,
  sha256: string,
  olderMs: number,
): Promise<void> {
  const file = filePath(platform, sha256)
  const found = await fs.promises.stat(file).catch(() => null)
  if (found && Date.now() - found.mtimeMs >= olderMs) await fs.promises.rm(file, { force: true })
}

/** Answers a stored file, or the part of it that the request asks for. */
export async function readFile(
  platform: Platform,
  request: Request,
  file: StoredFile & { readonly name: string; readonly mediaType: string },
): Promise<Response> {
  return answerFile(request, filePath(platform, file.sha256), file)
}

/** Answers the file at a place. @throws ProblemError `not-found` */
export async function answerFile(
  request: Request,
  place: string,
  file: { readonly name: string; readonly mediaType: string },
): Promise<Response> {
  const found = await fs.promises.stat(place).catch(() => null)
  if (!found) throw new ProblemError('not-found')
  const range = rangeOf(request.headers.get('range'), found.size)
  const headers = new Headers({
    'content-type': mediaTypeOf(file.mediaType),
    'content-disposition': savedAs(file.name),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  })
  const [from, to] = range ?? [0, found.size - 1]
  if (range) headers.set('content-range', `bytes ${from}-${to}/${found.size}`)
  headers.set('content-length', String(Math.max(0, to - from + 1)))
  if (found.size === 0) return new Response(null, { headers })
  const stream = Readable.toWeb(fs.createReadStream(place, { start: from, end: to }))
  return new Response(stream as ReadableStream, { status: range ? 206 : 200, headers })
}

/** One range `bytes=a-b`; anything else is answered whole. */
export function rangeOf(header: string | null, size: number): [number, number] | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]))
  return from > to ? null : [from, to]
}
