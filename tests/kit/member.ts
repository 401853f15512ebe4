import { randomInt, randomUUID } from 'node:crypto'
import { ServerProblem } from '../../db/seed/play/client.ts'
import type { ActForm, Purpose } from '../../server/acts/forms.ts'
import { type ActSigner, prepareAct, signPrepared } from '../../server/acts/sign.ts'
import { b64u, fromB64u, fromBase64 } from '../../server/formats/bytes.ts'
import type { Viewer } from '../../server/kernel/viewer.ts'
import {
  type Certificate,
  certSha256,
  keyHolder,
  type Signer,
  unwrapSecret,
} from '../../server/trust/index.ts'
import { SoftAuthenticator, type Wish } from './authenticator.ts'

/** A key with its certificate and what stands above it, without the root. */
export interface SigningKey {
  readonly certificate: Certificate
  readonly chain: readonly Certificate[]
  readonly signer: Signer
}

/** One browser at the platform's HTTP interface: cookies, page token, a passkey device. */
export class Browser {
  readonly url: string
  readonly device: SoftAuthenticator
  viewer: Viewer | null = null
  csrf = ''
  private readonly cookies = new Map<string, string>()
  /** Where it stands, each elsewhere: a platform that trusts a proxy bounds each by itself. */
  private readonly source = `198.18.${randomInt(256)}.${randomInt(256)}`

  /** @param origin what the browser shows in its address bar */
  constructor(url: string, origin = url) {
    this.url = url
    this.device = new SoftAuthenticator(origin)
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('x-forwarded-for', this.source)
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '))
    if (this.csrf && method !== 'GET') headers.set('x-csrf-token', this.csrf)
    const response = await fetch(new URL(path, this.url), {
      ...init,
      method,
      headers,
      redirect: 'manual',
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      const at = pair.indexOf('=')
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  async send<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const response = await this.raw(method, path, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        ...(method === 'GET' ? {} : { 'idempotency-key': key ?? randomUUID() }),
      },
    })
    const text = await response.text()
    const json = text ? JSON.parse(text) : null
    if (!response.ok) throw new ServerProblem(response.status, json ?? {})
    return json as T
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path)
  }
  post<T>(path: string, body?: unknown, key?: string): Promise<T> {
    return this.send('POST', path, body ?? {}, key)
  }
  put<T>(path: string, body: unknown): Promise<T> {
    return this.send('PUT', path, body)
  }
  remove<T>(path: string): Promise<T> {
    return this.send('DELETE', path)
  }

  /** Keeps who one is after a way in. */
  entered(answer: { csrf: string; viewer: Viewer }): Viewer {
    this.csrf = answer.csrf
    this.viewer = answer.viewer
    return answer.viewer
  }

  async useLink(url: string): Promise<Viewer> {
    const token = url.slice(url.indexOf('#') + 1)
    return this.entered(await this.post('/api/session/link', { token }))
  }

  /** Accepts the invitation that a link is, as whoever one is signed in as. */
  async accept(url: string): Promise<Viewer> {
    const token = url.slice(url.indexOf('#') + 1)
    const { viewer } = await this.post<{ viewer: Viewer }>('/api/session/memberships', { token })
    this.viewer = viewer
    return viewer
  }

  async addPasskey(wish: Wish = {}): Promise<void> {
    const options = await this.post<{ challenge: string }>('/api/passkeys/options')
    await this.post('/api/passkeys', this.device.create(options, wish))
  }

  async signInByPasskey(wish: Wish = {}): Promise<{ viewer: Viewer; choices: unknown[] }> {
    const options = await this.post<{ challenge: string }>('/api/passkeys/challenges')
    const answer = await this.post<{ csrf: string; viewer: Viewer; choices: unknown[] }>(
      '/api/passkeys/sessions',
      this.device.get(options, wish),
    )
    this.entered(answer)
    return answer
  }

  async choose(party: string, capacity: Viewer['capacity']): Promise<Viewer> {
    const { viewer } = await this.post<{ viewer: Viewer }>('/api/session/capacity', {
      party,
      capacity,
    })
    this.viewer = viewer
    return viewer
  }

  /** The newest checkpoint; the first one comes within a second of the start. */
  private async checkpoint(): Promise<string> {
    for (;;) {
      const response = await fetch(new URL('/log/checkpoint', this.url))
      if (response.ok) return response.text()
      await new Promise((r) => setTimeout(r, 50))
    }
  }

  /** Builds and signs an act, as whoever is named or as the viewer. */
  async sign<P extends Purpose>(
    purpose: P,
    own: ActForm<P>,
    key: SigningKey,
    more: {
      nonce?: string
      tender?: string
      lot?: string
      as?: { party: string; person?: string; capacity: Viewer['capacity'] }
    } = {},
  ): Promise<{ act: string; signature: string }> {
    const health = (await (await fetch(new URL('/healthz', this.url))).json()) as {
      now: string
      log: { origin: string }
    }
    const [, size, root] = (await this.checkpoint()).split('\n')
    const { nonce, as = this.viewer as Viewer, tender, lot } = more
    const who: ActSigner = { ...key, party: as.party, capacity: as.capacity }
    const nowMs = Date.parse(health.now)
    const prepared = prepareAct(
      purpose,
      own,
      {
        platform: health.log.origin.replace(/\/log$/, ''),
        prior: { size: Number(size), root: b64u(fromBase64(root)) },
        nowMs,
        ...(tender ? { tender } : {}),
        ...(lot ? { lot } : {}),
        ...(nonce ? { nonce } : {}),
      },
      who,
    )
    return signPrepared(prepared, who, nowMs)
  }

  /** Signs in by certificate; `as` says for whom, in what capacity. */
  async signInByCertificate(
    key: SigningKey,
    as: { party: string; person?: string; capacity: Viewer['capacity'] },
  ): Promise<Viewer> {
    const { nonce } = await this.post<{ nonce: string }>('/api/session/challenges')
    const signed = await this.sign('log-in', {}, key, { nonce, as })
    return this.entered(await this.post('/api/session', signed))
  }

  /** Binds a signing certificate by itself, or an encryption certificate by its opened secret. */
  async bind(
    key: SigningKey,
    encrypt?: { certificate: Certificate; privateKey: CryptoKey },
  ): Promise<void> {
    const certificate = encrypt?.certificate ?? key.certificate
    const asked = await this.post<{ nonce: string; use: 'sign' | 'encrypt'; wrap: string | null }>(
      '/api/party/certificate-challenges',
      { certificate: b64u(certificate.der) },
    )
    const proof =
      asked.wrap && encrypt
        ? b64u(await unwrapSecret(fromB64u(asked.wrap), keyHolder(encrypt.privateKey)))
        : null
    const own = { use: asked.use, certificateSha256: certSha256(certificate.der), proof }
    const signed = await this.sign('bind-certificate', own, key, { nonce: asked.nonce })
    await this.post('/api/party/certificates', signed)
  }
}

/** The refusal that a call ends with. */
export async function refusalOf(answer: Promise<unknown>): Promise<ServerProblem> {
  const error = await answer.then(
    () => null,
    (e) => e,
  )
  if (!(error instanceof ServerProblem)) throw error ?? new Error('it was taken')
  return error
}
