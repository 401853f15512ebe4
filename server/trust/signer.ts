import { type Bytes, bigint, concat, scalar32 } from '../formats/bytes.ts'
import * as write from '../formats/der-write.ts'
import { sm2Sign } from '../formats/sm2.ts'
import type { Scheme } from './algorithms.ts'
import { TrustError } from './problems.ts'

/**
 * Whoever can sign bytes: a key in this browser, a local agent, a phone, a seal server. It gets the
 * bytes themselves, never a bare hash, and returns the signature as CMS and certificates hold it.
 */
export interface Signer {
  readonly scheme: Scheme
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** ECDSA as r‖s (WebCrypto) into the SEQUENCE that certificates and CMS hold. */
function pairSequence(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  return write.sequence(
    write.unsignedInteger(raw.subarray(0, half)),
    write.unsignedInteger(raw.subarray(half)),
  )
}

/**
 * A signer over a WebCrypto private key: RSASSA-PKCS1-v1_5, RSA-PSS, ECDSA on P-256 or P-384.
 * @throws TrustError `algorithm-not-accepted` for another key
 */
export function webCryptoSigner(key: CryptoKey): Signer {
  const { name } = key.algorithm
  const hash = (key.algorithm as RsaHashedKeyAlgorithm).hash?.name as Scheme['hash'] | undefined
  if (name === 'RSASSA-PKCS1-v1_5' && hash) {
    return { scheme: { family: 'rsa', hash }, sign: subtleSign(key, { name }) }
  }
  if (name === 'RSA-PSS' && hash) {
    const saltBytes = hash === 'SHA-512' ? 64 : hash === 'SHA-384' ? 48 : 32
    const sign = subtleSign(key, { name, saltLength: saltBytes })
    return { scheme: { family: 'rsa', hash, saltBytes }, sign }
  }
  if (name === 'ECDSA') {
    const large = (key.algorithm as EcKeyAlgorithm).namedCurve === 'P-384'
    const scheme: Scheme = { family: 'ecdsa', hash: large ? 'SHA-384' : 'SHA-256' }
    const raw = subtleSign(key, { name, hash: scheme.hash })
    return { scheme, sign: async (message) => pairSequence(await raw(message)) }
  }
  throw new TrustError('algorithm-not-accepted', name)
}

function subtleSign(key: CryptoKey, algorithm: AlgorithmIdentifier | EcdsaParams | RsaPssParams) {
  return async (message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign(algorithm, key, message as Bytes))
}

/**
 * A signer over a private number d of SM2, 32 bytes.
 * @param id the id in Z, only where the trust list names another than the default
 */
export function sm2Signer(privateKey: Uint8Array, id?: string): Signer {
  const d = bigint(privateKey)
  const random = () => crypto.getRandomValues(new Uint8Array(40))
  return {
    scheme: { family: 'sm2', hash: 'SM3' },
    sign: async (message) => {
      const { r, s } = sm2Sign(d, message, random, id)
      return pairSequence(concat(scalar32(r), scalar32(s)))
    },
  }
}
