import { sha1 } from '@noble/hashes/legacy.js'
import { concat } from '../formats/bytes.ts'
import { readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { schemeIdentifier } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { EXTENSION, KEY_USAGE } from './extensions.ts'
import { NAME } from './names.ts'
import type { Signer } from './signer.ts'

/**
 * The demo authority's certificates: pure builders, given keys, serials and times. Production never
 * issues; it lists licensed authorities.
 * @source RFC 5280 §4; EN 319 412-1 §5.1.4; GM/T 0015 (places of codes)
 */
export type CertificateProfile = 'root' | 'ca' | 'sign' | 'encrypt' | 'tsa' | 'ocsp'

export interface CertificateParts {
  readonly profile: CertificateProfile
  /** Positive, at most 19 bytes: unpredictable in practice, drawn by the caller. */
  readonly serial: Uint8Array
  /** Attribute type and text, in order. `partySubject` and `personSubject` make the usual ones. */
  readonly subject: readonly (readonly [oid: string, text: string])[]
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** First and last moment, ms. */
  readonly notBefore: number
  readonly notAfter: number
  /** The issuing certificate; null makes it self-signed. */
  readonly issuer: Certificate | null
  readonly signer: Signer
  /** Unified social credit code, for 1.2.156.10260.4.1.4. */
  readonly uscc?: string
  /** A person's id number, for 1.2.156.10260.4.1.1. */
  readonly idNumber?: string
  readonly crlUrl?: string
  readonly ocspUrl?: string
  readonly policies?: readonly string[]
}

/** Subject of an organisation's certificate: its name, and its code as EN 319 412-1 writes it. */
export const partySubject = (name: string, uscc: string): [string, string][] => [
  [NAME.country, 'CN'],
  [NAME.organization, name],
  [NAME.organizationIdentifier, `NTRCN-${uscc}`],
  [NAME.commonName, name],
]

/** Subject of a person's certificate, for an organisation or for no one. */
export const personSubject = (person: string, organisation?: string): [string, string][] => [
  [NAME.country, 'CN'],
  ...(organisation ? [[NAME.organization, organisation] as [string, string]] : []),
  [NAME.commonName, person],
]

/** The DER of a name, one attribute a part: UTF8String, country as PrintableString. */
export function nameDer(parts: readonly (readonly [oid: string, text: string])[]): Uint8Array {
  return write.sequence(
    ...parts.map(([oid, text]) => {
      const value =
        oid === NAME.country ? write.asciiString(text, TAG.printableString) : write.utf8String(text)
      return write.tlv(TAG.set, write.sequence(write.oid(oid), value))
    }),
  )
}

const USAGE: Readonly<Record<CertificateProfile, readonly (keyof typeof KEY_USAGE)[]>> = {
  root: ['keyCertSign', 'crlSign'],
  ca: ['keyCertSign', 'crlSign'],
  sign: ['digitalSignature', 'nonRepudiation'],
  encrypt: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'],
  tsa: ['digitalSignature'],
  ocsp: ['digitalSignature'],
}

const EXTENDED_USAGE: Partial<Record<CertificateProfile, string>> = {
  tsa: '1.3.6.1.5.5.7.3.8',
  ocsp: '1.3.6.1.5.5.7.3.9',
}
const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5'
const OCSP_ACCESS = '1.3.6.1.5.5.7.48.1'

export function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  const flag = critical ? [write.booleanTrue()] : []
  return write.sequence(write.oid(oid), ...flag, write.octetString(value))
}

/** SHA-1 of the key bits, as everyone computes it: a name for finding, no security rests on it. */
export function keyId(spki: Uint8Array): Uint8Array {
  return sha1(readDer(spki).items(TAG.sequence, 2, 2)[1]!.bits())
}

function pointers({ crlUrl, ocspUrl }: CertificateParts): Uint8Array[] {
  const uri = (text: string) => write.asciiString(text, 0x86)
  const list: Uint8Array[] = []
  if (crlUrl) {
    const point = write.sequence(write.explicit(0, write.tlv(0xa0, uri(crlUrl))))
    list.push(extension(EXTENSION.crlDistributionPoints, write.sequence(point)))
  }
  if (ocspUrl) {
    const access = write.sequence(write.oid(OCSP_ACCESS), uri(ocspUrl))
    list.push(extension(EXTENSION.authorityInfoAccess, write.sequence(access)))
  }
  return list
}

function extensionsOf(parts: CertificateParts): Uint8Array[] {
  const { profile, issuer, spki, uscc, idNumber, policies } = parts
  const isCa = profile === 'root' || profile === 'ca'
  const basic = isCa
    ? write.sequence(write.booleanTrue(), ...(profile === 'ca' ? [write.integer(0)] : []))
    : write.sequence()
  const list = [
    extension(EXTENSION.basicConstraints, basic, true),
    extension(
      EXTENSION.keyUsage,
      write.namedBits(USAGE[profile].map((name) => KEY_USAGE[name])),
      true,
    ),
    extension(EXTENSION.subjectKeyId, write.octetString(keyId(spki))),
  ]
  if (issuer) {
    const id = issuer.extensions.subjectKeyId ?? keyId(issuer.publicKey.spki)
    list.push(extension(EXTENSION.authorityKeyId, write.sequence(write.tlv(0x80, id))))
  }
  const purpose = EXTENDED_USAGE[profile]
  if (purpose) {
    const critical = profile === 'tsa'
    list.push(extension(EXTENSION.extendedKeyUsage, write.sequence(write.oid(purpose)), critical))
  }
  if (profile === 'ocsp') list.push(extension(OCSP_NO_CHECK, write.nullValue()))
  if (policies?.length) {
    const infos = policies.map((policy) => write.sequence(write.oid(policy)))
    list.push(extension(EXTENSION.policies, write.sequence(...infos)))
  }
  list.push(...pointers(parts))
  const text = (value: string) => write.asciiString(value, TAG.printableString)
  if (uscc) list.push(extension('1.2.156.10260.4.1.4', text(uscc)))
  if (idNumber) list.push(extension('1.2.156.10260.4.1.1', text(idNumber)))
  return list
}

/**
 * Signs a body: SEQUENCE of body, algorithm, signature, the form of certificates, CRLs and
 * requests.
 */
export async function signedBody(body: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const signature = await signer.sign(body)
  return write.sequence(body, schemeIdentifier(signer.scheme), write.bitString(signature))
}

/**
 * Makes one certificate. The signer's key must be the issuer's, or for a root the subject's own.
 */
export function makeCertificate(parts: CertificateParts): Promise<Uint8Array> {
  const subject = nameDer(parts.subject)
  const body = write.sequence(
    write.explicit(0, write.integer(2)),
    write.unsignedInteger(parts.serial),
    schemeIdentifier(parts.signer.scheme),
    parts.issuer ? parts.issuer.subject.der : subject,
    write.sequence(write.time(parts.notBefore), write.time(parts.notAfter)),
    subject,
    parts.spki,
    write.explicit(3, write.sequence(...extensionsOf(parts))),
  )
  return signedBody(body, parts.signer)
}

/** A serial number from 16 random bytes: positive, never zero. */
export function serialOf(random: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x40 | (random[0]! & 0x3f)), random.subarray(1, 16))
}

/** The SubjectPublicKeyInfo of an SM2 public key 04‖x‖y. */
export function sm2Spki(publicKey: Uint8Array): Uint8Array {
  const algorithm = write.sequence(write.oid('1.2.840.10045.2.1'), write.oid('1.2.156.10197.1.301'))
  return write.sequence(algorithm, write.bitString(publicKey))
}
