import { Upload } from 'tus-js-client'
import { errorOf, SealError } from './failure.ts'
import type { Caller } from './messages.ts'
import { type Line, type Patience, patiently } from './patience.ts'

/**
 * Sends sealed blobs up: small ones in one request, others by the tus protocol in pieces, so that a
 * broken line loses a piece at most. Only ciphertext passes here.
 */
const wholeBytes = 1024 * 1024
const pieceBytes = 8 * 1024 * 1024

export interface SealedBlob {
  readonly lot: string
  readonly id: string
  readonly blob: Blob
  /** Where its pieces go, once the platform has said so; kept over breaks, so that none goes twice. */
  url: string | null
  /** Told of that address. */
  readonly onUrl?: (url: string) => void
}

/**
 * Sends one blob whole; breaks of the line, log-outs and faults of the moment are waited out.
 * @param onSent bytes that the platform has
 * @throws SealError a refusal of the platform; `cancelled`
 */
export async function sendBlob(
  one: SealedBlob,
  line: Line,
  onSent: (bytes: number) => void,
): Promise<void> {
  const patience: Patience = { tries: 0 }
  const moved = (bytes: number) => {
    patience.tries = 0
    line.say('running')
    onSent(bytes)
  }
  const isNew = one.url === null
  const isIn = () => isThere(one.lot, one.id, one.blob.size, line)
  await patiently(
    line,
    async (tries) => {
      // What was sent before may be there though its answer was lost.
      if ((tries > 0 || !isNew) && (await isIn())) return
      try {
        await sendOnce(one, line, moved)
      } catch (error) {
        if ((error as SealError).slug !== 'blob-there' || !(await isIn())) throw error
      }
    },
    patience,
  )
  onSent(one.blob.size)
}

async function sendOnce(
  one: SealedBlob,
  line: Line,
  onSent: (bytes: number) => void,
): Promise<void> {
  if (one.blob.size <= wholeBytes) return sendWhole(one, line)
  while (!(await sendPieces(one, line, onSent))) await line.whenOpen()
  await finish(one, line)
}

/**
 * Whether the platform has a blob whole.
 * @throws SealError where it can't be told now
 */
export async function isThere(
  lot: string,
  id: string,
  bytes: number,
  { signal }: Pick<Line, 'signal'>,
): Promise<boolean> {
  const answer = await ask(`/api/lots/${lot}/blobs/${id}`, {
    headers: { range: 'bytes=0-7' },
    cache: 'no-store',
    signal,
  })
  if (answer.status === 404 || answer.status === 416) return false
  if (!answer.ok) throw errorOf(answer.status, await answer.text())
  return (
    answer.status === 206 && answer.headers.get('content-range')?.endsWith(`/${bytes}`) === true
  )
}

/** @throws SealError `upload-broken` where no answer comes, `cancelled` */
async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch {
    throw new SealError(init.signal?.aborted ? 'cancelled' : 'upload-broken')
  }
}

const headersOf = ({ csrf, language }: Caller): Record<string, string> => ({
  'accept-language': language === 'zh' ? 'zh-CN' : 'en',
  ...(csrf ? { 'x-csrf-token': csrf } : {}),
})

async function sendWhole({ lot, id, blob }: SealedBlob, line: Line): Promise<void> {
  const answer = await ask(`/api/lots/${lot}/blobs/${id}`, {
    method: 'PUT',
    headers: { ...headersOf(line.caller), 'content-type': 'application/octet-stream' },
    body: blob,
    signal: line.signal,
  })
  if (!answer.ok) throw errorOf(answer.status, await answer.text())
}

/** @returns false where it was paused: called again, it goes on from what arrived */
function sendPieces(
  one: SealedBlob,
  line: Line,
  onSent: (bytes: number) => void,
): Promise<boolean> {
  const { lot, id, blob } = one
  if (line.signal.aborted) return Promise.reject(new SealError('cancelled'))
  return new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      // Never both: one that can't be asked about for the moment would be begun anew from nothing.
      ...(one.url ? { uploadUrl: one.url } : { endpoint: '/uploads' }),
      chunkSize: pieceBytes,
      headers: headersOf(line.caller),
      metadata: { lot, blobId: id, bytes: String(blob.size) },
      retryDelays: [500, 2000],
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        if (!upload.url || upload.url === one.url) return
        one.url = upload.url
        one.onUrl?.(upload.url)
      },
      onChunkComplete: (_, accepted) => onSent(accepted),
      onProgress: (sent) => onSent(sent),
      onSuccess: () => end(() => resolve(true)),
      onError: (error) =>
        end(() => {
          const problem = tusError(error)
          // The platform has forgotten the upload: after days, or with its disk.
          if (problem.status === 404 || problem.status === 410) one.url = null
          reject(problem)
        }),
    })
    const endPause = line.onPause(() => void upload.abort().then(() => end(() => resolve(false))))
    const cancel = () =>
      void upload.abort().then(() => end(() => reject(new SealError('cancelled'))))
    line.signal.addEventListener('abort', cancel)
    const end = (run: () => void) => {
      endPause()
      line.signal.removeEventListener('abort', cancel)
      run()
    }
    upload.start()
  })
}

/**
 * All bytes arrived, but the platform may have failed to keep them just then: the protocol calls that
 * done. An empty piece at the end asks it to keep them once more.
 */
async function finish({ lot, id, blob, url }: SealedBlob, line: Line): Promise<void> {
  if (!url || (await isThere(lot, id, blob.size, line))) return
  const answer = await ask(url, {
    method: 'PATCH',
    headers: {
      ...headersOf(line.caller),
      'tus-resumable': '1.0.0',
      'upload-offset': String(blob.size),
      'content-type': 'application/offset+octet-stream',
    },
    signal: line.signal,
  })
  if (!answer.ok) throw errorOf(answer.status, await answer.text())
}

function tusError(error: unknown): SealError {
  const response = (
    error as { originalResponse?: { getStatus(): number; getBody(): string } | null }
  ).originalResponse
  return response
    ? errorOf(response.getStatus(), response.getBody())
    : new SealError('upload-broken')
}
