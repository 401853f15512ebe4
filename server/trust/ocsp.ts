import { equal, hex } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import { type HashName, readHash } from './algorithms.ts'
import { type Certificate, readCertificate, type TrustCache } from './certificate.ts'
import type { CrlEntry } from './crl.ts'
import { readExtensionList } from './extensions.ts'
import { keyId } from './issue.ts'
import { OCSP } from './issue-status.ts'
import { digest } from './keys.ts'
import { reading, TrustError } from './problems.ts'

/** OCSP answers, read. @source RFC 6960 §4.2 */
export interface OcspSingle {
  readonly hash: HashName
  readonly nameHash: Uint8Array
  readonly keyHash: Uint8Array
  readonly serial: string
  readonly status: 'good' | 'unknown' | CrlEntry
  readonly thisUpdate: number
  readonly nextUpdate: number | null
}

export interface OcspResponse {
  readonly tbs: Uint8Array
  /** The responder by DER of its name or by SHA-1 of its key. */
  readonly responder: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array }
  readonly producedAt: number
  readonly answers: readonly OcspSingle[]
  readonly nonce: Uint8Array | null
  readonly hasUnknownCritical: boolean
  readonly signatureAlgorithm: Der
  readonly signature: Uint8Array
  readonly certificates: readonly Certificate[]
}

const MAX_OCSP_BYTES = 256 * 1024

/** @throws TrustError `revocation-unknown` for a refusal (`tryLater`) or anything malformed */
export function readOcspResponse(bytes: Uint8Array, cache?: TrustCache): OcspResponse {
  if (bytes.length > MAX_OCSP_BYTES) throw new TrustError('revocation-unknown', 'too large')
  return reading('revocation-unknown', () => {
    const [status, body] = readDer(bytes).items(TAG.sequence, 1, 2) as [Der, Der | undefined]
    const code = status.smallInteger(TAG.enumerated)
    if (code !== 0 || !body) throw new TrustError('revocation-unknown', `answer ${code}`)
    const [type, content] = body.explicit(0).items(TAG.sequence, 2, 2) as [Der, Der]
    if (type.oid() !== OCSP.basic) throw new DerError('response type')
    return parseBasic(readDer(content.octets()), cache)
  })
}

function parseBasic(root: Der, cache?: TrustCache): OcspResponse {
  const [tbs, algorithm, signature, certificates] = root.items(TAG.sequence, 3, 4) as [
    Der,
    Der,
    Der,
    Der | undefined,
  ]
  const fields = [...tbs.items(TAG.sequence, 3, 5)]
  if (fields[0]!.tag === 0xa0) throw new DerError('version')
  const [responder, producedAt, answers, extensionNode] = fields as [Der, Der, Der, Der | undefined]
  const extensions = extensionNode ? readExtensionList(extensionNode.explicit(1)) : null
  const nonce = extensions?.get(OCSP.nonce)
  const unknown = [...(extensions ?? [])].some(([oid, e]) => e.critical && oid !== OCSP.nonce)
  const singles = answers.items(TAG.sequence, 1, 128).map(readSingle)
  return {
    tbs: tbs.bytes,
    responder: readResponder(responder),
    producedAt: producedAt.time(),
    answers: singles.map((single) => single.answer),
    nonce: nonce ? nonceBytes(nonce.value) : null,
    hasUnknownCritical: unknown || singles.some((single) => single.unknown),
    signatureAlgorithm: algorithm,
    signature: signature.bits(),
    certificates: certificates
      ? certificates
          .explicit(0)
          .items(TAG.sequence, 0, 8)
          .map((c) => readCertificate(c.bytes, cache))
      : [],
  }
}

/** RFC 8954 wants an OCTET STRING inside; older responders echo the bytes bare. */
function nonceBytes(value: Uint8Array): Uint8Array {
  try {
    return readDer(value).octets()
  } catch {
    return value
  }
}

function readResponder(node: Der): OcspResponse['responder'] {
  if (node.tag === 0xa1) return { name: node.explicit(1).bytes }
  return { keyHash: node.explicit(2).octets() }
}

function readSingle(node: Der): { answer: OcspSingle; unknown: boolean } {
  const [id, status, thisUpdate, ...rest] = node.items(TAG.sequence, 3, 5) as [
    Der,
    Der,
    Der,
    ...Der[],
  ]
  const [hash, nameHash, keyHash, serial] = id.items(TAG.sequence, 4, 4) as [Der, Der, Der, Der]
  const next = rest.find((f) => f.tag === 0xa0)
  const extensions = rest.find((f) => f.tag === 0xa1)
  const list = extensions ? [...readExtensionList(extensions.explicit(1)).values()] : []
  const answer = {
    hash: readHash(hash),
    nameHash: nameHash.octets(),
    keyHash: keyHash.octets(),
    serial: hex(serial.integerBytes()),
    status: readStatus(status),
    thisUpdate: thisUpdate.time(),
    nextUpdate: next ? next.explicit(0).time() : null,
  }
  return { answer, unknown: list.some((e) => e.critical) }
}

function readStatus(node: Der): OcspSingle['status'] {
  if (node.tag === 0x80 && node.content.length === 0) return 'good'
  if (node.tag === 0x82 && node.content.length === 0) return 'unknown'
  const [revokedAt, reason] = node.items(0xa1, 1, 2) as [Der, Der | undefined]
  return {
    revokedAt: revokedAt.time(),
    reason: reason ? reason.explicit(0).smallInteger(TAG.enumerated) : null,
    invalidityDate: null,
  }
}

/** Whether an answer is about this certificate: CertID computed again from the issuer. */
export function isAbout(
  answer: OcspSingle,
  certificate: Certificate,
  issuer: Certificate,
): boolean {
  const keyBits = readDer(issuer.publicKey.spki).items(TAG.sequence, 2, 2)[1]!.bits()
  return (
    answer.serial === hex(certificate.serial) &&
    equal(answer.nameHash, digest(answer.hash, certificate.issuer.der)) &&
    equal(answer.keyHash, digest(answer.hash, keyBits))
  )
}

/** Whether a certificate is the responder that the answer names. */
export function isResponder(response: OcspResponse, certificate: Certificate): boolean {
  const { responder } = response
  if ('name' in responder) return equal(responder.name, certificate.subject.der)
  return equal(responder.keyHash, keyId(certificate.publicKey.spki))
}
