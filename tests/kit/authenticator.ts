import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/**
 * A passkey device in software: makes P-256 keys for an origin, and signs as a browser and its
 * authenticator would. What a test wants wrong it says in `wish`.
 */
export interface Wish {
  readonly origin?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly rpId?: string
  readonly userVerified?: boolean
  /** Sets the count instead of raising it: a copied device. */
  readonly counter?: number
  readonly challenge?: string
}

interface Options {
  readonly challenge: string
  readonly rp?: { readonly id?: string }
  readonly rpId?: string
  readonly user?: { readonly id: string }
}

const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** CBOR of the few kinds that WebAuthn needs. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer => {
    if (n < 24) return Buffer.from([(major << 5) | n])
    if (n < 256) return Buffer.from([(major << 5) | 24, n])
    return Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  }
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([k, v]) => [cbor(k), cbor(v)]),
  ])
}

export class SoftAuthenticator {
  readonly origin: string
  readonly id = randomBytes(16)
  private readonly key: KeyObject
  private readonly publicKey: Map<number, unknown>
  private userHandle = ''
  counter = 0

  constructor(origin: string) {
    this.origin = origin
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.key = pair.privateKey
    const jwk = pair.publicKey.export({ format: 'jwk' })
    const bytes = (text: unknown) => Buffer.from(String(text), 'base64url')
    this.publicKey = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(jwk.x)],
      [-3, bytes(jwk.y)],
    ])
  }

  private authData(
    rpId: string,
    { userVerified = true, counter }: Wish,
    attested: boolean,
  ): Buffer {
    this.counter = counter ?? this.counter + 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(this.counter)
    const flags = 0x01 | (userVerified ? 0x04 : 0) | (attested ? 0x40 : 0)
    const parts: Uint8Array[] = [sha256(rpId), Buffer.from([flags]), count]
    if (attested) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(this.id.length)
      parts.push(Buffer.alloc(16), length, this.id, cbor(this.publicKey))
    }
    return Buffer.concat(parts)
  }

  private clientData(type: string, challenge: string, wish: Wish): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: wish.challenge ?? challenge,
        origin: wish.origin ?? this.origin,
        crossOrigin: wish.crossOrigin ?? false,
        ...(wish.topOrigin ? { topOrigin: wish.topOrigin } : {}),
      }),
    )
  }

  /** What `navigator.credentials.create` gives. */
  create(options: Options, wish: Wish = {}): RegistrationResponseJSON {
    this.userHandle = options.user?.id ?? ''
    const rpId = wish.rpId ?? options.rp?.id ?? new URL(this.origin).hostname
    const authData = this.authData(rpId, wish, true)
    const object = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return {
      id: b64u(this.id),
      rawId: b64u(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: b64u(this.clientData('webauthn.create', options.challenge, wish)),
        attestationObject: b64u(cbor(object)),
        transports: ['internal'],
      },
    }
  }

  /** What `navigator.credentials.get` gives. */
  get(options: Options, wish: Wish = {}): AuthenticationResponseJSON {
    const rpId = wish.rpId ?? options.rpId ?? new URL(this.origin).hostname
    const authData = this.authData(rpId, wish, false)
    const clientData = this.clientData('webauthn.get', options.challenge, wish)
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.key)
    return {
      id: b64u(this.id),
      rawId: b64u(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: b64u(clientData),
        authenticatorData: b64u(authData),
        signature: b64u(signature),
        ...(this.userHandle ? { userHandle: this.userHandle } : {}),
      },
    }
  }
}
