import { sha1 } from '@noble/hashes/legacy.js'
import { type Der, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { schemeIdentifier } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { EXTENSION, readExtensionList } from './extensions.ts'
import { extension, keyId, signedBody } from './issue.ts'
import { reading } from './problems.ts'
import type { Signer } from './signer.ts'

/**
 * The demo authority's answers about revocation, and the request that asks for one.
 * @source RFC 5280 §5 (CRL); RFC 6960 (OCSP); RFC 9654 (nonce)
 */
export interface RevokedEntry {
  /** Content of the serial INTEGER. */
  readonly serial: Uint8Array
  readonly revokedAt: number
  /**
   * CRLReason: 1 keyCompromise, 3 affiliationChanged, 4 superseded, 5 cessation, 6 certificateHold.
   */
  readonly reason?: number
  /** When the key is thought to have been compromised, ms. */
  readonly invalidityDate?: number
}

export interface CrlParts {
  readonly issuer: Certificate
  readonly signer: Signer
  /** Rises with each list. */
  readonly number: number
  readonly thisUpdate: number
  readonly nextUpdate: number
  readonly revoked: readonly RevokedEntry[]
}

const reasonValue = (reason: number) => write.integer(reason, TAG.enumerated)

function revokedEntry(entry: RevokedEntry): Uint8Array {
  const extensions: Uint8Array[] = []
  if (entry.reason !== undefined) {
    extensions.push(extension(EXTENSION.reasonCode, reasonValue(entry.reason)))
  }
  if (entry.invalidityDate !== undefined) {
    const date = write.generalizedTime(entry.invalidityDate)
    extensions.push(extension(EXTENSION.invalidityDate, date))
  }
  return write.sequence(
    write.tlv(TAG.integer, entry.serial),
    write.time(entry.revokedAt),
    ...(extensions.length ? [write.sequence(...extensions)] : []),
  )
}

/** Makes a complete CRL. */
export function makeCrl(parts: CrlParts): Promise<Uint8Array> {
  const { issuer, revoked } = parts
  const id = issuer.extensions.subjectKeyId ?? keyId(issuer.publicKey.spki)
  const body = write.sequence(
    write.integer(1),
    schemeIdentifier(parts.signer.scheme),
    issuer.subject.der,
    write.time(parts.thisUpdate),
    write.time(parts.nextUpdate),
    ...(revoked.length ? [write.sequence(...revoked.map(revokedEntry))] : []),
    write.explicit(
      0,
      write.sequence(
        extension(EXTENSION.authorityKeyId, write.sequence(write.tlv(0x80, id))),
        extension(EXTENSION.crlNumber, write.integer(parts.number)),
      ),
    ),
  )
  return signedBody(body, parts.signer)
}

export const OCSP = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
} as const

/**
 * CertID by SHA-1, the one hash that every responder knows; it only names, the answer is signed.
 */
export function certId(issuer: Certificate, serial: Uint8Array): Uint8Array {
  return write.sequence(
    write.sequence(write.oid('1.3.14.3.2.26'), write.nullValue()),
    write.octetString(sha1(issuer.subject.der)),
    write.octetString(keyId(issuer.publicKey.spki)),
    write.tlv(TAG.integer, serial),
  )
}

/** A request about one certificate, with a nonce of 16 to 32 bytes. */
export function makeOcspRequest(
  issuer: Certificate,
  serial: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const request = write.sequence(certId(issuer, serial))
  const nonceExtension = extension(OCSP.nonce, write.octetString(nonce))
  const body = write.sequence(
    write.sequence(request),
    write.explicit(2, write.sequence(nonceExtension)),
  )
  return write.sequence(body)
}

export interface OcspQuestion {
  /** The CertID as asked, given back in the answer. */
  readonly certId: Uint8Array
  readonly serial: Uint8Array
}

/** @throws TrustError `container-malformed` */
export function readOcspRequest(bytes: Uint8Array): {
  questions: readonly OcspQuestion[]
  nonce: Uint8Array | null
} {
  return reading('container-malformed', () => {
    const [body] = readDer(bytes.subarray(0, 16 * 1024)).items(TAG.sequence, 1, 2) as [Der]
    const fields = body.items(TAG.sequence, 1, 4)
    const list = fields.find((f) => f.tag === TAG.sequence)
    const questions = (list?.items(TAG.sequence, 1, 32) ?? []).map((request) => {
      const id = request.items(TAG.sequence, 1, 2)[0]!
      const serial = id.items(TAG.sequence, 4, 4)[3]!.integerBytes()
      return { certId: id.bytes, serial }
    })
    const extensions = fields.find((f) => f.tag === 0xa2)
    const nonce = extensions && readExtensionList(extensions.explicit(2)).get(OCSP.nonce)
    return { questions, nonce: nonce ? readDer(nonce.value).octets() : null }
  })
}

export interface OcspAnswer {
  readonly certId: Uint8Array
  /** `unknown`: never issued by this CA. */
  readonly status: 'good' | 'unknown' | { readonly revokedAt: number; readonly reason?: number }
}

export interface OcspParts {
  readonly responder: Certificate
  readonly signer: Signer
  readonly answers: readonly OcspAnswer[]
  readonly producedAt: number
  readonly thisUpdate: number
  readonly nextUpdate: number
  readonly nonce: Uint8Array | null
  /** Embed the responder's certificate: always, unless it is the CA itself. */
  readonly embed: boolean
}

function singleAnswer(answer: OcspAnswer, parts: OcspParts): Uint8Array {
  const { status } = answer
  const reason = (n?: number) => (n === undefined ? [] : [write.explicit(0, reasonValue(n))])
  const value =
    status === 'good'
      ? Uint8Array.of(0x80, 0)
      : status === 'unknown'
        ? Uint8Array.of(0x82, 0)
        : write.tlv(0xa1, write.generalizedTime(status.revokedAt), ...reason(status.reason))
  return write.sequence(
    answer.certId,
    value,
    write.generalizedTime(parts.thisUpdate),
    write.explicit(0, write.generalizedTime(parts.nextUpdate)),
  )
}

/** Makes a successful OCSP answer. */
export async function makeOcspResponse(parts: OcspParts): Promise<Uint8Array> {
  const { responder, signer, nonce } = parts
  const nonceExtension = nonce && extension(OCSP.nonce, write.octetString(nonce))
  const data = write.sequence(
    write.explicit(2, write.octetString(keyId(responder.publicKey.spki))),
    write.generalizedTime(parts.producedAt),
    write.sequence(...parts.answers.map((answer) => singleAnswer(answer, parts))),
    ...(nonceExtension ? [write.explicit(1, write.sequence(nonceExtension))] : []),
  )
  const basic = write.sequence(
    data,
    schemeIdentifier(signer.scheme),
    write.bitString(await signer.sign(data)),
    ...(parts.embed ? [write.explicit(0, write.sequence(responder.der))] : []),
  )
  const response = write.sequence(write.oid(OCSP.basic), write.octetString(basic))
  return write.sequence(write.integer(0, TAG.enumerated), write.explicit(0, response))
}

/** An answer without answer: 2 internalError, 3 tryLater, 6 unauthorized. */
export function makeOcspRefusal(status: 1 | 2 | 3 | 5 | 6): Uint8Array {
  return write.sequence(write.integer(status, TAG.enumerated))
}
