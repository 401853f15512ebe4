import { p256, p384 } from '@noble/curves/nist.js'
import { type Bytes, b64u, bigint, equal } from '../formats/bytes.ts'
import { type Der, readDer, TAG } from '../formats/der.ts'
import { sm2PublicKey } from '../formats/sm2.ts'
import type { KeyHolder } from './enveloped.ts'
import { keyHolder } from './enveloped.ts'
import { OID } from './keys.ts'
import { TrustError } from './problems.ts'
import type { PublicKey } from './public-key.ts'
import { type Signer, sm2Signer, webCryptoSigner } from './signer.ts'

/**
 * A private key out of a key file. It leaves only as a signer or a key holder; WebCrypto keys are
 * not extractable.
 * @source RFC 5958 (PKCS#8); RFC 5915 (EC)
 */
export interface PrivateKey {
  readonly kind: 'rsa' | 'p256' | 'p384' | 'sm2'
  matches(key: PublicKey): boolean
  /** The WebCrypto key for one use; null for SM2, which WebCrypto doesn't know. */
  webKey(use: 'sign' | 'encrypt'): Promise<CryptoKey | null>
  signer(): Promise<Signer>
  /** @throws TrustError `algorithm-not-accepted` for SM2 and P-384 */
  holder(): Promise<KeyHolder>
}

const { subtle } = crypto

/** @throws TrustError `pkcs12-unsupported` for another kind of key; DerError */
export function readPrivateKey(pkcs8: Uint8Array): PrivateKey {
  const [, algorithm, body] = readDer(Uint8Array.from(pkcs8)).items(TAG.sequence, 3, 5) as [
    Der,
    Der,
    Der,
  ]
  const [oid, parameters] = algorithm.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  if (oid.oid() === OID.rsaEncryption) return rsaPrivateKey(Uint8Array.from(pkcs8), body.octets())
  const curve = oid.oid() === OID.ecPublicKey ? parameters?.oid() : oid.oid()
  const d = readDer(body.octets()).items(TAG.sequence, 2, 4)[1]!.octets().slice()
  if (curve === OID.p256) return nistPrivateKey('p256', d)
  if (curve === OID.p384) return nistPrivateKey('p384', d)
  if (curve === OID.sm2) return sm2PrivateKey(d)
  throw new TrustError('pkcs12-unsupported', curve)
}

function rsaPrivateKey(pkcs8: Bytes, body: Uint8Array): PrivateKey {
  const fields = readDer(body).items(TAG.sequence, 9, 10)
  const modulus = fields[1]!.bytes.slice()
  const webKey = (use: 'sign' | 'encrypt') => {
    const name = use === 'sign' ? 'RSASSA-PKCS1-v1_5' : 'RSA-OAEP'
    const usages: KeyUsage[] = use === 'sign' ? ['sign'] : ['decrypt']
    return subtle.importKey('pkcs8', pkcs8, { name, hash: 'SHA-256' }, false, usages)
  }
  return {
    kind: 'rsa',
    matches: (key) =>
      key.kind === 'rsa' && equal(readDer(key.key).items(TAG.sequence, 2, 2)[0]!.bytes, modulus),
    webKey,
    signer: async () => webCryptoSigner(await webKey('sign')),
    holder: async () => keyHolder(await webKey('encrypt')),
  }
}

function nistPrivateKey(kind: 'p256' | 'p384', d: Uint8Array): PrivateKey {
  const curve = kind === 'p256' ? p256 : p384
  const point = curve.getPublicKey(d, false)
  const half = (point.length - 1) / 2
  const namedCurve = kind === 'p256' ? 'P-256' : 'P-384'
  // By JWK, since some browsers refuse PKCS#8 that leaves the public key out.
  const jwk = {
    kty: 'EC',
    crv: namedCurve,
    d: b64u(d),
    x: b64u(point.subarray(1, 1 + half)),
    y: b64u(point.subarray(1 + half)),
  }
  const webKey = (use: 'sign' | 'encrypt') => {
    const name = use === 'sign' ? 'ECDSA' : 'ECDH'
    const usages: KeyUsage[] = use === 'sign' ? ['sign'] : ['deriveBits']
    return subtle.importKey('jwk', jwk, { name, namedCurve }, false, usages)
  }
  return {
    kind,
    matches: (key) => key.kind === kind && equal(key.point, point),
    webKey,
    signer: async () => webCryptoSigner(await webKey('sign')),
    holder: async () => {
      if (kind === 'p384') throw new TrustError('algorithm-not-accepted', kind)
      return keyHolder(await webKey('encrypt'))
    },
  }
}

function sm2PrivateKey(d: Uint8Array): PrivateKey {
  const point = sm2PublicKey(bigint(d))
  return {
    kind: 'sm2',
    matches: (key) => key.kind === 'sm2' && equal(key.point, point),
    webKey: async () => null,
    signer: async () => sm2Signer(d),
    holder: async () => {
      throw new TrustError('algorithm-not-accepted', 'SM2 encryption')
    },
  }
}
