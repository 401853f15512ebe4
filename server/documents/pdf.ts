import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PrintedDocument } from './layout.ts'

/** A PDF could not be made; the record it was of is whole all the same. */
export class PdfError extends Error {}

interface Waiting {
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

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

/** Renders a definition in the warm worker thread. @throws PdfError */
export function renderPdf(document: PrintedDocument): Promise<Uint8Array> {
  const id = next++
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    warmWorker().postMessage({ id, ...document })
  })
}
