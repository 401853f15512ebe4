import { Upload } from 'tus-js-client'
import { errorOf, SealError } from './failure.ts'
import type { Caller } from './messages.ts'

/**
 * Sends sealed blobs up: small ones in one request, others by the tus protocol in pieces, so that a
 * broken line loses a piece at most. Only ciphertext passes here.
 */
const wholeBytes = 1024 * 1024
const pieceBytes = 8 * 1024 * 1024
const retryMs = 4000

/** Whether to go on, shared by all that is sent for one bid. */
export interface Line {
  caller: Caller
  readonly signal: AbortSignal
  /** Resolves once nothing is paused. */
  readonly whenOpen: () => Promise<void>
  readonly onPause: (run: () => void) => () => void
  readonly say: (state: 'running' | 'broken') => void
}

export interface SealedBlob {
  readonly lot: string
  readonly id: string
  readonly blob: Blob
}

/**
 * Sends one blob whole; breaks of the line are waited out.
 * @param onSent bytes that the platform has
 * @throws SealError a refusal of the platform; `cancelled`
 */
export async function sendBlob(
  one: SealedBlob,
  line: Line,
  onSent: (bytes: number) => void,
): Promise<void> {
  const state: { url: string | null } = { url: null }
  for (;;) {
    await line.whenOpen()
    if (line.signal.aborted) throw new SealError('cancelled')
    try {
      const isDone =
        one.blob.size <= wholeBytes
          ? await sendWhole(one, line)
          : await sendPieces(one, line, state, onSent)
      if (!isDone) continue // paused
      onSent(one.blob.size)
      line.say('running')
      return
    } catch (error) {
      if (!(error instanceof SealError) || error.slug !== 'upload-broken') throw error
      line.say('broken')
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}

const headersOf = ({ csrf, language }: Caller): Record<string, string> => ({
  'accept-language': language === 'zh' ? 'zh-CN' : 'en',
  ...(csrf ? { 'x-csrf-token': csrf } : {}),
})

async function sendWhole({ lot, id, blob }: SealedBlob, line: Line): Promise<boolean> {
  let answer: Response
  try {
    answer = await fetch(`/api/lots/${lot}/blobs/${id}`, {
      method: 'PUT',
      headers: { ...headersOf(line.caller), 'content-type': 'application/octet-stream' },
      body: blob,
      signal: line.signal,
    })
  } catch {
    throw new SealError(line.signal.aborted ? 'cancelled' : 'upload-broken')
  }
  if (!answer.ok) throw errorOf(answer.status, await answer.text())
  return true
}

/** @returns false where it was paused: called again, it goes on from what arrived */
function sendPieces(
  { lot, id, blob }: SealedBlob,
  line: Line,
  state: { url: string | null },
  onSent: (bytes: number) => void,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      endpoint: '/uploads',
      ...(state.url ? { uploadUrl: state.url } : {}),
      chunkSize: pieceBytes,
      headers: headersOf(line.caller),
      metadata: { lot, blobId: id, bytes: String(blob.size) },
      retryDelays: [500, 2000],
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        state.url = upload.url
      },
      onChunkComplete: (_, accepted) => onSent(accepted),
      onProgress: (sent) => onSent(sent),
      onSuccess: () => end(() => resolve(true)),
      onError: (error) => end(() => reject(tusError(error))),
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

function tusError(error: unknown): SealError {
  const response = (
    error as { originalResponse?: { getStatus(): number; getBody(): string } | null }
  ).originalResponse
  return response
    ? errorOf(response.getStatus(), response.getBody())
    : new SealError('upload-broken')
}
