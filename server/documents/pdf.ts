import { createHash } from 'node:crypto'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { ProblemError } from '../kernel/problem.ts'
import type { PrintedDocument } from './layout.ts'

/** A PDF could not be made; the record it was of is whole all the same. */
export class PdfError extends Error {}

interface Waiting {
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

/** Documents that wait for the one thread; a long one takes half a second. */
export const mostWaiting = 16
/** PDFs kept in memory: anyone may ask for a record, as often as he likes. */
const mostKeptBytes = 64 * 1024 * 1024

let worker: Worker | null = null
let next = 0
const waiting = new Map<number, Waiting>()

function warmWorker(): Worker {
  if (worker) return worker
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const started = new Worker(path.join(project, 'server', 'documents', 'pdf-worker.mjs'))
  started.unref()
  started.on(
    'message',
    ({ id, bytes, error }: { id: number; bytes?: Uint8Array; error?: string }) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (error !== undefined) one?.reject(new PdfError(error))
      else one?.resolve(bytes as Uint8Array)
    },
  )
  started.on('error', (error) => {
    worker = null
    for (const one of waiting.values()) one.reject(new PdfError(error.message))
    waiting.clear()
  })
  worker = started
  return started
}

/** By what they print, the one that was asked for last at the end. */
const kept = new Map<string, Uint8Array>()
let keptBytes = 0
const beingMade = new Map<string, Promise<Uint8Array>>()

/**
 * The PDF of a document, laid out once for all who ask.
 * @throws ProblemError `busy` where too many others wait; PdfError
 */
export async function pdfOf(document: PrintedDocument): Promise<Uint8Array> {
  const name = createHash('sha256').update(JSON.stringify(document)).digest('base64url')
  const known = kept.get(name)
  if (known) {
    kept.delete(name)
    kept.set(name, known)
    return known
  }
  const making = beingMade.get(name)
  if (making) return making
  const made = renderPdf(document).then((bytes) => keep(name, bytes))
  beingMade.set(name, made)
  return made.finally(() => beingMade.delete(name))
}

function keep(name: string, bytes: Uint8Array): Uint8Array {
  kept.set(name, bytes)
  keptBytes += bytes.length
  for (const [oldest, { length }] of kept) {
    if (keptBytes <= mostKeptBytes) break
    kept.delete(oldest)
    keptBytes -= length
  }
  return bytes
}

/**
 * Renders a definition in the warm worker thread.
 * @throws ProblemError `busy` where too many others wait; PdfError
 */
export async function renderPdf(document: PrintedDocument): Promise<Uint8Array> {
  if (waiting.size >= mostWaiting) throw new ProblemError('busy')
  const id = next++
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    warmWorker().postMessage({ id, ...document })
  })
}
