import { type Der, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { type HashName, hashIdentifier, readHash } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { CMS } from './cms.ts'
import { makeSignedData } from './cms-make.ts'
import { digest } from './keys.ts'
import { reading } from './problems.ts'
import type { Signer } from './signer.ts'

/**
 * Time-stamps: the request, and the demo authority's token and response.
 * @source RFC 3161 §2.4
 */
export interface TokenRequest {
  readonly hash: HashName
  readonly imprint: Uint8Array
  /** Content of the nonce INTEGER, given back; null if none was sent. */
  readonly nonce: Uint8Array | null
  readonly policy: string | null
  readonly wantsCertificates: boolean
}

function messageImprint(hash: HashName, imprint: Uint8Array): Uint8Array {
  return write.sequence(hashIdentifier(hash), write.octetString(imprint))
}

/**
 * A request for a token over a CMS signature's octets.
 * @param nonce 8 random bytes
 */
export function makeTokenRequest(
  signature: Uint8Array,
  nonce: Uint8Array,
  hash: HashName = 'SHA-256',
): Uint8Array {
  return write.sequence(
    write.integer(1),
    messageImprint(hash, digest(hash, signature)),
    write.unsignedInteger(nonce),
    write.booleanTrue(),
  )
}

/** @throws TrustError `container-malformed`, `algorithm-not-accepted` */
export function readTokenRequest(bytes: Uint8Array): TokenRequest {
  return reading('container-malformed', () => {
    const fields = readDer(bytes.subarray(0, 4096)).items(TAG.sequence, 2, 6)
    fields[0]!.smallInteger()
    const [hash, imprint] = fields[1]!.items(TAG.sequence, 2, 2) as [Der, Der]
    const rest = fields.slice(2)
    return {
      hash: readHash(hash),
      imprint: imprint.octets(),
      policy: rest.find((f) => f.tag === TAG.oid)?.oid() ?? null,
      nonce: rest.find((f) => f.tag === TAG.integer)?.integerBytes() ?? null,
      wantsCertificates: rest.find((f) => f.tag === TAG.boolean)?.boolean() ?? false,
    }
  })
}

export interface TokenParts {
  readonly request: Pick<TokenRequest, 'hash' | 'imprint' | 'nonce'>
  readonly policy: string
  /** From a sequence: no two tokens share one. */
  readonly serial: number | bigint
  readonly genTime: number
  readonly certificate: Certificate
  readonly chain?: readonly Certificate[]
  readonly signer: Signer
}

/** Makes a time-stamp token: CMS over TSTInfo, carried inside. */
export function makeToken(parts: TokenParts): Promise<Uint8Array> {
  const { request, genTime } = parts
  const content = write.sequence(
    write.integer(1),
    write.oid(parts.policy),
    messageImprint(request.hash, request.imprint),
    write.integer(parts.serial),
    write.generalizedTime(genTime),
    ...(request.nonce ? [write.tlv(TAG.integer, request.nonce)] : []),
  )
  return makeSignedData({
    content,
    certificate: parts.certificate,
    chain: parts.chain ?? [],
    signingTime: genTime,
    signer: parts.signer,
    attached: true,
    contentType: CMS.tstInfo,
  })
}

/** The response that carries a token: status granted. */
export function makeTokenResponse(token: Uint8Array): Uint8Array {
  return write.sequence(write.sequence(write.integer(0)), token)
}

/** The token in a response. @throws TrustError `container-malformed` where none was granted */
export function tokenOfResponse(bytes: Uint8Array): Uint8Array {
  return reading('container-malformed', () => {
    const [status, token] = readDer(bytes).items(TAG.sequence, 2, 2) as [Der, Der]
    const code = status.items(TAG.sequence, 1, 3)[0]!.smallInteger()
    return (code <= 1 ? token : token.expect(0)).bytes
  })
}
