import net from 'node:net'
import { type Handlers, monotonicMs, sleep } from './process.ts'

/**
 * Clients of a server-sent stream, as many as asked for, in one process: bare sockets that note when
 * each frame came. A frame begins with its `id: `; nothing else of it is looked at.
 */
interface Client {
  readonly socket: net.Socket
  greeted: boolean
  arrivals: number[]
  rest: string
}

export interface ListenWish {
  readonly port: number
  readonly path: string
  readonly count: number
  /** Demo identities, one session each, that some of the clients share in turn; the rest is nobody. */
  readonly identities?: readonly string[]
  readonly signedIn?: number
}

/** What came since the last look: for each client its moments, in order. */
export interface Arrivals {
  readonly moments: readonly number[][]
  readonly frameBytes: number
}

const openedAtOnce = 100
const patienceMs = 30_000

export async function listeners(): Promise<Handlers> {
  const groups = new Map<string, Client[]>()
  let frameBytes = 0
  const take = (client: Client, piece: Buffer): void => {
    const now = monotonicMs()
    const text = client.rest + piece.toString('latin1')
    if (!client.greeted) client.greeted = text.includes('event: hello')
    for (let at = text.indexOf('id: '); at >= 0; at = text.indexOf('id: ', at + 4)) {
      client.arrivals.push(now)
      frameBytes ||= frameLength(text, at)
    }
    client.rest = text.slice(-3)
  }
  const open = async ({ port, path, count, identities = [], signedIn = 0 }: ListenWish) => {
    const cookies = await Promise.all(identities.map((id) => cookieOf(port, id)))
    const group: Client[] = []
    for (let i = 0; i < count; i++) {
      const cookie = i < signedIn ? cookies[i % cookies.length] : null
      const socket = net.connect(port, '127.0.0.1')
      const client: Client = { socket, greeted: false, arrivals: [], rest: '' }
      socket.on('data', (piece) => take(client, piece))
      socket.on('error', () => {}) // seen as frames that do not come
      const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`]
      socket.write(`${[...lines, ...(cookie ? [`Cookie: ${cookie}`] : [])].join('\r\n')}\r\n\r\n`)
      group.push(client)
      if (group.length % openedAtOnce === 0) await until(() => group.every((c) => c.greeted))
    }
    await until(() => group.every((c) => c.greeted))
    groups.set(`${port}`, group)
  }
  const collect = async ({ port, frames }: { port: number; frames: number }): Promise<Arrivals> => {
    const group = groups.get(`${port}`) ?? []
    await until(() => group.every((c) => c.arrivals.length >= frames)).catch(() => {})
    const moments = group.map((c) => c.arrivals)
    for (const client of group) client.arrivals = []
    return { moments, frameBytes }
  }
  const close = async () => {
    for (const group of groups.values()) for (const { socket } of group) socket.destroy()
    groups.clear()
  }
  return { open, collect, close } as Handlers
}

const frameLength = (text: string, at: number): number => {
  const end = text.indexOf('\n\n', at)
  return end < 0 ? 0 : end + 2 - at
}

async function cookieOf(port: number, identity: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/demo/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity }),
  })
  if (!answer.ok) throw new Error(`${identity} could not sign in: ${answer.status}`)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0]
}

async function until(isDone: () => boolean): Promise<void> {
  const end = monotonicMs() + patienceMs
  while (!isDone()) {
    if (monotonicMs() > end) throw new Error('clients were not served in time')
    await sleep(5)
  }
}
