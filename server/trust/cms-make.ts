import { readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { sha256 } from '../formats/sha256.ts'
import { hashIdentifier, schemeIdentifier } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { CMS, tokenAttribute } from './cms.ts'
import { digest } from './keys.ts'
import { reading } from './problems.ts'
import type { Signer } from './signer.ts'

export interface SignedDataParts {
  /** What is signed. Detached unless `attached`. */
  readonly content: Uint8Array
  readonly certificate: Certificate
  /** The certificates above it, without the root. */
  readonly chain?: readonly Certificate[]
  /** Moment of signing, ms; null leaves the attribute out (PDF). */
  readonly signingTime: number | null
  readonly signer: Signer
  /** Carry the content inside, as time-stamp tokens do. */
  readonly attached?: boolean
  readonly contentType?: string
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return write.sequence(write.oid(oid), write.tlv(TAG.set, value))
}

/** The signed attributes as the SET OF (0x31) over which the signature is made. */
export function signedAttributes(parts: SignedDataParts): Uint8Array {
  const { certificate, signingTime, signer, content } = parts
  const certificateId = write.sequence(
    write.octetString(sha256(certificate.der)),
    write.sequence(
      write.sequence(write.tlv(0xa4, certificate.issuer.der)),
      write.tlv(TAG.integer, certificate.serial),
    ),
  )
  const list = [
    attribute(CMS.contentType, write.oid(parts.contentType ?? CMS.data)),
    attribute(CMS.messageDigest, write.octetString(digest(signer.scheme.hash, content))),
    attribute(CMS.signingCertificateV2, write.sequence(write.sequence(certificateId))),
  ]
  if (signingTime !== null) list.push(attribute(CMS.signingTime, write.time(signingTime)))
  return write.setOf(...list)
}

/**
 * Makes the container of one signature (`cms.ts` says which shape). The signer gets the attributes'
 * SET OF bytes; its key must belong to `certificate`, which the caller knows.
 * @source RFC 5652 §5
 */
export async function makeSignedData(parts: SignedDataParts): Promise<Uint8Array> {
  const { certificate, chain = [], signer, content, contentType = CMS.data } = parts
  const attributes = signedAttributes(parts)
  const signature = await signer.sign(attributes)
  const stored = attributes.slice()
  stored[0] = 0xa0
  const hash = hashIdentifier(signer.scheme.hash)
  const info = write.sequence(
    write.integer(1),
    write.sequence(certificate.issuer.der, write.tlv(TAG.integer, certificate.serial)),
    hash,
    stored,
    schemeIdentifier(signer.scheme),
    write.octetString(signature),
  )
  const certificates = write.setOf(certificate.der, ...chain.map((c) => c.der))
  certificates[0] = 0xa0
  const inside = parts.attached ? [write.explicit(0, write.octetString(content))] : []
  const data = write.sequence(
    write.integer(contentType === CMS.data ? 1 : 3),
    write.tlv(TAG.set, hash),
    write.sequence(write.oid(contentType), ...inside),
    certificates,
    write.tlv(TAG.set, info),
  )
  return write.sequence(write.oid(CMS.signedData), write.explicit(0, data))
}

/**
 * Adds a time-stamp token over the signature, the one unsigned attribute a container may have.
 * @throws TrustError `container-malformed`
 */
export function withToken(container: Uint8Array, token: Uint8Array): Uint8Array {
  return reading('container-malformed', () => {
    const [type, wrapped] = readDer(container, 32).items(TAG.sequence, 2, 2)
    const fields = wrapped!.explicit(0).items(TAG.sequence, 4, 5)
    const info = fields.at(-1)!.items(TAG.set, 1, 1)[0]!.items(TAG.sequence, 6, 7)
    const stamped = write.sequence(...info.slice(0, 6).map((f) => f.bytes), tokenAttribute(token))
    const data = write.sequence(
      ...fields.slice(0, -1).map((f) => f.bytes),
      write.tlv(TAG.set, stamped),
    )
    return write.sequence(type!.bytes, write.explicit(0, data))
  })
}
