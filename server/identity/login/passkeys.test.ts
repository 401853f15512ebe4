import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SoftAuthenticator, type Wish } from '../../../tests/kit/authenticator.ts'
import { challengeOf, verifyNewPasskey, verifyPasskey } from './passkeys.ts'

const origin = 'https://example.org'
const challenge = 'AAECAwQFBgcICQoLDA0ODw'

async function registered(device = new SoftAuthenticator(origin)) {
  const made = device.create({ challenge, user: { id: 'cA' } })
  return { device, passkey: await verifyNewPasskey(origin, made, challenge) }
}

test('a new passkey is taken, and then opens, and its count is kept', async () => {
  const { device, passkey } = await registered()
  expect(passkey).toMatchObject({ counter: 1, transports: ['internal'] })
  const used = device.get({ challenge })
  expect(challengeOf(used.response.clientDataJSON)).toBe(challenge)
  expect(await verifyPasskey(origin, used, challenge, passkey, passkey.counter)).toBe(2)
})

test.each<[string, Wish, string]>([
  ['another origin', { origin: 'https://example.com' }, 'passkey-invalid'],
  ['a port more in the origin', { origin: 'https://example.org:8443' }, 'passkey-invalid'],
  ['another relying party', { rpId: 'example.com' }, 'passkey-invalid'],
  ['a user who was not verified', { userVerified: false }, 'passkey-invalid'],
  ['another challenge', { challenge: 'AAAA' }, 'passkey-invalid'],
  ['a frame of another site', { crossOrigin: true }, 'passkey-cross-origin'],
  ['a top origin', { topOrigin: 'https://evil.example' }, 'passkey-cross-origin'],
])('%s is refused, at registration and at log-in', async (_, wish, slug) => {
  const fresh = new SoftAuthenticator(origin)
  const made = fresh.create({ challenge }, wish)
  await expect(verifyNewPasskey(origin, made, challenge)).rejects.toMatchObject({ slug })
  const { device, passkey } = await registered()
  const used = device.get({ challenge }, wish)
  await expect(verifyPasskey(origin, used, challenge, passkey, 1)).rejects.toMatchObject({ slug })
})

test('a count that falls back or stands still tells of a copy', async () => {
  const { device, passkey } = await registered()
  for (const counter of [0, 4, 5]) {
    const used = device.get({ challenge }, { counter })
    await expect(verifyPasskey(origin, used, challenge, passkey, 5)).rejects.toMatchObject({
      slug: 'passkey-copied',
    })
  }
  const none = device.get({ challenge }, { counter: 0 })
  expect(await verifyPasskey(origin, none, challenge, passkey, 0)).toBe(0)
})

test('a signature by another device is refused', async () => {
  const { passkey } = await registered()
  const other = new SoftAuthenticator(origin)
  const used = { ...other.get({ challenge }), id: passkey.id, rawId: passkey.id }
  await expect(verifyPasskey(origin, used, challenge, passkey, 0)).rejects.toMatchObject({
    slug: 'passkey-invalid',
  })
})

test.each(['', 'e30', 'bm90IGpzb24', 'W10', 'eyJhIjoxLCJhIjoyfQ'])(
  'client data %j is no challenge',
  (text) => {
    expect(() => challengeOf(text)).toThrowError('passkey-invalid')
  },
)

const file = '../shared/vectors/webauthn/w3c-level3.json'
interface Ceremony {
  readonly challenge: string
  readonly credential_id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
  readonly authenticatorData: string
  readonly signature: string
}
interface Vector {
  readonly name: string
  readonly registration?: Ceremony
  readonly authentication?: Ceremony
}

/** Ceremonies that our rules refuse although the standard allows them, and why. */
const stricter = (hex: string): boolean => {
  const { crossOrigin, topOrigin } = JSON.parse(Buffer.from(hex, 'hex').toString('utf8'))
  return crossOrigin === true || topOrigin !== undefined
}

describe.skipIf(!fs.existsSync(file))('published ceremonies (../shared/vectors/webauthn)', () => {
  const { vectors } = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as { vectors: Vector[] })
    : { vectors: [] }
  const b64u = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
  const counted = { registered: 0, used: 0, framed: 0, refused: 0 }

  test.each(vectors.filter((v) => v.registration && v.authentication))('$name', async (vector) => {
    const [made, used] = [vector.registration as Ceremony, vector.authentication as Ceremony]
    const id = b64u(made.credential_id)
    const common = { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} }
    const registration = verifyNewPasskey(
      origin,
      {
        ...common,
        response: {
          clientDataJSON: b64u(made.clientDataJSON),
          attestationObject: b64u(made.attestationObject),
        },
      },
      b64u(made.challenge),
    )
    if (stricter(made.clientDataJSON)) {
      counted.framed += 1
      await expect(registration).rejects.toMatchObject({ slug: 'passkey-cross-origin' })
      return
    }
    const passkey = await registration.catch((error) => {
      expect(error.slug).toBe('passkey-invalid')
      return null
    })
    if (!passkey) {
      counted.refused += 1
      return
    }
    counted.registered += 1
    const authentication = verifyPasskey(
      origin,
      {
        ...common,
        response: {
          clientDataJSON: b64u(used.clientDataJSON),
          authenticatorData: b64u(used.authenticatorData),
          signature: b64u(used.signature),
        },
      },
      b64u(used.challenge),
      passkey,
      0,
    )
    if (stricter(used.clientDataJSON))
      await expect(authentication).rejects.toMatchObject({ slug: 'passkey-cross-origin' })
    else {
      const isVerified = Buffer.from(used.authenticatorData, 'hex')[32] & 4
      if (isVerified) {
        counted.used += 1
        expect(await authentication).toBe(0)
      } else await expect(authentication).rejects.toMatchObject({ slug: 'passkey-invalid' })
    }
  })

  test('those that our rules allow are taken', () => {
    // The rest lacks user verification or uses an algorithm that we do not offer.
    expect(counted).toEqual({ registered: 3, used: 1, framed: 0, refused: 3 })
  })
})
