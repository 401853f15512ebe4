import http from 'node:http'
import type { JsonObject } from '../../server/formats/jcs.ts'
import { eventDigest, isSignedStatement, parseVkey, verifyProof } from '../../server/log/index.ts'
import { type Handlers, monotonicMs, sleep } from './process.ts'

/** The bidders of `rush`: each sends at its own moment; latency counts from that moment. */
export interface RushWish {
  readonly port: number
  readonly path: string
  readonly vkey: string
  readonly bidders: number
  readonly spanMs: number
  readonly startInMs: number
}
export interface RushAnswer {
  readonly committed: number[]
  readonly receipts: number[]
  readonly late: number
  readonly failed: string[]
}

const mostSockets = 256
/** Of the receipts this many are checked against the log's key. */
const checkedReceipts = 200

export async function rushLoad(): Promise<Handlers> {
  const run = async ({ port, path, vkey, bidders, spanMs, startInMs = 50 }: RushWish) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: mostSockets })
    const committed: number[] = []
    const receipts: number[] = []
    const texts: string[] = []
    const failed: string[] = []
    let late = 0
    const started = monotonicMs() + startInMs
    const take = (lines: string[], intended: number, first: number) => {
      if (lines[0] === 'bid-too-late') late += 1
      else if (lines[0] !== 'committed') failed.push(lines.join(' '))
      else {
        committed.push(first - intended)
        if (!lines[1]) return
        if (!lines[1].startsWith('{')) failed.push(lines[1])
        receipts.push(monotonicMs() - intended)
        texts.push(lines[1])
      }
    }
    const under: Promise<void>[] = []
    for (const [i, at] of momentsOf(bidders, spanMs).entries()) {
      const intended = started + at
      const wait = intended - monotonicMs()
      if (wait > 0) await sleep(wait)
      under.push(send({ agent, port, path: `${path}?bidder=${i}` }, (l, f) => take(l, intended, f)))
    }
    await Promise.all(under)
    agent.destroy()
    for (const text of texts.slice(-checkedReceipts)) checkReceipt(text, vkey)
    return { committed, receipts, late, failed } satisfies RushAnswer
  }
  return { run } as Handlers
}

/** Seven in ten evenly over nine tenths of the time, three in ten over the last tenth. */
function momentsOf(bidders: number, spanMs: number): number[] {
  const early = Math.floor(bidders * 0.7)
  const lastMs = Math.min(1000, spanMs / 10)
  return Array.from({ length: bidders }, (_, i) =>
    i < early
      ? (i / early) * (spanMs - lastMs)
      : spanMs - lastMs + ((i - early) / (bidders - early)) * lastMs,
  )
}

function send(
  to: { agent: http.Agent; port: number; path: string },
  take: (lines: string[], firstAt: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request({ ...to, host: '127.0.0.1', method: 'POST' }, (answer) => {
      let text = ''
      let firstAt = 0
      answer.on('data', (piece: Buffer) => {
        firstAt ||= monotonicMs()
        text += piece.toString('utf8')
      })
      answer.on('end', () => {
        take(text.trimEnd().split('\n'), firstAt)
        resolve()
      })
    })
    request.on('error', (error) => {
      take([String(error)], 0)
      resolve()
    })
    request.end()
  })
}

/** @throws Error where the receipt is not the log's, or its event is not in the log */
function checkReceipt(text: string, vkey: string): void {
  const receipt = JSON.parse(text)
  const key = parseVkey(vkey)
  if (!isSignedStatement(receipt as JsonObject, [key])) throw new Error('a receipt is not signed')
  const salt = new Uint8Array(Buffer.from(receipt.eventSalt, 'base64url'))
  const { problems } = verifyProof(receipt.tlogProof, eventDigest(receipt.event, salt), [
    { vkey: key },
  ])
  if (problems.length > 0) throw new Error(`a receipt's proof: ${problems.join(', ')}`)
}
