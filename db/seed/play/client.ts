import { randomUUID } from 'node:crypto'
import type { ActForm, Purpose } from '../../../server/acts/forms.ts'
import { type ActSigner, prepareAct, signPrepared } from '../../../server/acts/sign.ts'
import { fromBase64 } from '../../../server/formats/bytes.ts'
import { type KeyFileEntry, openPkcs12 } from '../../../server/trust/index.ts'

/** A problem that the server answered, with its slug. */
export class ServerProblem extends Error {
  readonly slug: string
  readonly status: number
  readonly body: Record<string, unknown>
  constructor(status: number, body: Record<string, unknown>) {
    super(`${String(body.type ?? status)}: ${String(body.detail ?? '')}`)
    this.slug = String(body.type ?? '').replace('/problems/', '')
    this.status = status
    this.body = body
  }
}
/** The server does not answer at all. */
export class Unreachable extends Error {}

export interface Identity {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly party: { readonly id: string; readonly name: string; readonly uscc: string | null }
  readonly capacity: ActSigner['capacity']
}

const isClosed = ({ cause }: Error) =>
  ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(String((cause as { code?: unknown })?.code))

/** One person at the platform's HTTP interface: a session, and keys where it has any. */
export class Person {
  readonly url: string
  readonly identity: Identity | null
  private cookie = ''
  private csrf = ''
  private keys: { sign: KeyFileEntry; encrypt: KeyFileEntry } | null = null
  private platformId = ''
  private clockAheadMs = 0

  private constructor(url: string, identity: Identity | null) {
    this.url = url
    this.identity = identity
  }

  /** The public: no session. */
  static nobody(url: string): Person {
    return new Person(url, null)
  }

  static async signIn(url: string, identity: Identity): Promise<Person> {
    const person = new Person(url, identity)
    const answer = await person.send('POST', '/api/demo/sessions', { identity: identity.id })
    person.csrf = String((answer as { csrf: string }).csrf)
    return person
  }

  private async fetch(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookie) headers.set('cookie', this.cookie)
    if (this.csrf && method !== 'GET') headers.set('x-csrf-token', this.csrf)
    headers.set('accept-language', 'zh-CN')
    const ask = () => fetch(new URL(path, this.url), { ...init, method, headers })
    const response = await ask().catch((error) => {
      // A kept connection that the server closed meanwhile; a repeated act has the same key.
      if (isClosed(error)) return ask().catch((again) => this.away(again))
      return this.away(error)
    })
    const set = response.headers.get('set-cookie')
    if (set) this.cookie = set.split(';')[0]
    return response
  }

  private away(error: Error): never {
    throw new Unreachable(`${this.url}: ${error.message}`)
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const response = await this.fetch(method, path, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
    })
    const json = this.jsonOf(await response.text())
    if (!response.ok)
      throw new ServerProblem(response.status, (json ?? {}) as Record<string, unknown>)
    return json
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path) as Promise<T>
  }

  post<T>(path: string, body: unknown, key: string = randomUUID()): Promise<T> {
    return this.send('POST', path, body, { 'idempotency-key': key }) as Promise<T>
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send('PUT', path, body) as Promise<T>
  }

  /** The raw answer of a GET: files and bags. */
  async raw(path: string): Promise<Response> {
    const response = await this.fetch('GET', path)
    if (!response.ok) throw new ServerProblem(response.status, {})
    return response
  }

  /** A request as it is, with session and token; whatever comes back. */
  request(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    return this.fetch(method, path, init)
  }

  /** Sends bytes as they are. */
  async upload<T>(
    method: string,
    path: string,
    bytes: Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await this.fetch(method, path, {
      body: bytes as Uint8Array<ArrayBuffer>,
      headers,
    })
    const json = this.jsonOf(await response.text())
    if (!response.ok)
      throw new ServerProblem(response.status, (json ?? {}) as Record<string, unknown>)
    return json as T
  }

  /** @throws Unreachable where something else than the platform answers at that address */
  private jsonOf(text: string): unknown {
    try {
      return text ? JSON.parse(text) : null
    } catch {
      throw new Unreachable(`${this.url}: something else answers there, not in JSON`)
    }
  }

  /** The key file of a demo identity, opened. */
  async openKeys(): Promise<{ sign: KeyFileEntry; encrypt: KeyFileEntry }> {
    if (this.keys) return this.keys
    if (!this.identity) throw new Error('nobody has keys')
    const file = await this.raw(`/api/demo/identities/${this.identity.id}/p12`)
    const entries = await openPkcs12(new Uint8Array(await file.arrayBuffer()), 'demo')
    const of = (name: string) => {
      const found = entries.find((e) => e.friendlyName === name)
      if (!found) throw new Error(`the key file has no ${name}`)
      return found
    }
    this.keys = { sign: of('sign'), encrypt: of('encrypt') }
    return this.keys
  }

  async signer(): Promise<ActSigner> {
    const { sign } = await this.openKeys()
    const identity = this.identity as Identity
    return {
      party: identity.party.id,
      capacity: identity.capacity,
      certificate: sign.certificate,
      chain: sign.chain.slice(0, 1),
      signer: await sign.key.signer(),
    }
  }

  /** Platform id and server clock, read once. */
  async platform(): Promise<string> {
    if (this.platformId) return this.platformId
    const health = await this.get<{ log: { origin: string }; now: string }>('/healthz')
    this.platformId = health.log.origin.replace(/\/log$/, '')
    this.clockAheadMs = Date.parse(health.now) - Date.now()
    return this.platformId
  }

  async checkpoint(): Promise<{ size: number; root: string }> {
    const text = await (await this.raw('/log/checkpoint')).text()
    const [, size, root] = text.split('\n')
    return { size: Number(size), root: Buffer.from(fromBase64(root)).toString('base64url') }
  }

  /** Builds and signs an act: the body of a signed operation. */
  async sign<P extends Purpose>(
    purpose: P,
    own: ActForm<P>,
    tender?: string,
    lot?: string,
  ): Promise<{ act: string; signature: string }> {
    const platform = await this.platform()
    const who = await this.signer()
    const nowMs = Date.now() + this.clockAheadMs
    const prepared = prepareAct(
      purpose,
      own,
      {
        platform,
        prior: await this.checkpoint(),
        nowMs,
        ...(tender ? { tender } : {}),
        ...(lot ? { lot } : {}),
      },
      who,
    )
    return signPrepared(prepared, who, nowMs)
  }

  /** A signed operation in one go. */
  async act<P extends Purpose, T>(
    path: string,
    purpose: P,
    own: ActForm<P>,
    place: { tender?: string; lot?: string; with?: unknown; key?: string } = {},
  ): Promise<T> {
    const signed = await this.sign(purpose, own, place.tender, place.lot)
    const body = place.with === undefined ? signed : { ...signed, with: place.with }
    return this.post<T>(path, body, place.key)
  }
}
