import { readDer } from '../formats/der.ts'
import type { Certificate } from './certificate.ts'
import type { Finding } from './findings.ts'
import { NAME, stringText, texts } from './names.ts'

/**
 * Which party a certificate stands for. All places that may hold its code are read, and all that
 * hold one must agree; a name never identifies.
 * @source GB 32100-2015 (code and check character); EN 319 412-1 §5.1.4; GM/T 0015; GB/T 20518
 */
export interface PartyRule {
  readonly place: 'subject' | 'extension'
  readonly oid: string
  /** An expression of the trust list, anchored; its first group is the code. */
  readonly pattern?: string
}

/** The places of the usual families; a service may name fewer, or an expression for its own. */
export const PARTY_RULES: readonly PartyRule[] = [
  { place: 'subject', oid: NAME.organizationIdentifier },
  { place: 'extension', oid: '1.2.156.10260.4.1.4' },
  { place: 'extension', oid: '1.2.156.10260.4.1.3' },
  { place: 'extension', oid: '1.2.156.10260.4.1.5' },
  { place: 'extension', oid: '1.2.156.10260.4.4' },
  { place: 'extension', oid: '1.2.86.11.7.4' },
  { place: 'extension', oid: '1.2.86.11.7.3' },
  { place: 'extension', oid: '1.2.86.11.7.5' },
  { place: 'extension', oid: '1.2.156.1.8888.148' },
  { place: 'extension', oid: '1.2.156.112570.11.205' },
]

/** Where a person's id number stands. Keep only a keyed hash of it. */
export const ID_NUMBER_OIDS = [
  '1.2.156.10260.4.1.1',
  '1.2.156.10260.4.1.1.1',
  '1.2.86.11.7.1',
] as const

export interface Party {
  /** The unified social credit code, if all places agree on one. */
  readonly uscc: string | null
  /** The person's name, where the certificate is a person's. */
  readonly person: string | null
  /** A person's id number in the clear: hash it with the platform's key and drop it. */
  readonly idNumber: string | null
  /** The organisation's name as the certificate writes it, for showing. */
  readonly organisation: string | null
  /** Why there is no code to rely on. */
  readonly finding: Finding | null
}

const USCC = /^[0-9A-HJ-NPQRTUWXY]{18}$/
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether a text is a unified social credit code with the right check character (GB 32100). */
export function isUscc(code: string): boolean {
  if (!USCC.test(code)) return false
  let sum = 0
  let weight = 1
  for (const char of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(char) * weight
    weight = (weight * 3) % 31
  }
  return (31 - (sum % 31)) % 31 === ALPHABET.indexOf(code[17]!)
}

/** A value in an extension: a DER string, or bare text as some CAs write it. */
function extensionText(value: Uint8Array): string | null {
  try {
    const text = stringText(readDer(value))
    if (text !== null) return text
  } catch {
    // Not DER: bare text, or nothing that can be read.
  }
  const bare = String.fromCharCode(...value.subarray(0, 256))
  return value.length <= 256 && /^[\x21-\x7e]+$/.test(bare) ? bare : null
}

type Hit =
  | { readonly code: string }
  | { readonly problem: 'party-code-unreadable' | 'party-code-invalid' }

function hit(text: string | null, pattern?: string): Hit | null {
  if (text === null) return { problem: 'party-code-unreadable' }
  let code = text.normalize('NFKC').toUpperCase().trim()
  if (pattern !== undefined) {
    const match = new RegExp(pattern, 'u').exec(code)
    if (!match) return null
    code = match[1] ?? match[0]
  }
  code = code.replace(/^NTRCN-/, '')
  // Registration and tax numbers of older kinds, and 9-character codes, are hints, never identity.
  if (code.length !== 18) return null
  return isUscc(code) ? { code } : { problem: 'party-code-invalid' }
}

function valuesAt(certificate: Certificate, rule: PartyRule): (string | null)[] {
  if (rule.place === 'extension') {
    const extension = certificate.allExtensions.get(rule.oid)
    return extension ? [extensionText(extension.value)] : []
  }
  return certificate.subject.rdns
    .flat()
    .flatMap((attribute) => (attribute.oid === rule.oid ? [attribute.text] : []))
}

/** Reads party and person from a certificate by a service's rules. */
export function partyOf(
  certificate: Certificate,
  rules: readonly PartyRule[] = PARTY_RULES,
): Party {
  const hits = rules.flatMap((rule) =>
    valuesAt(certificate, rule).flatMap((text) => hit(text, rule.pattern) ?? []),
  )
  const codes = new Set(hits.flatMap((h) => ('code' in h ? [h.code] : [])))
  const problem = hits.find((h): h is Exclude<Hit, { code: string }> => 'problem' in h)
  const slug =
    problem?.problem ??
    (codes.size > 1 ? 'party-code-conflict' : codes.size === 0 ? 'party-code-missing' : null)
  const idNumber = ID_NUMBER_OIDS.flatMap((oid) => {
    const extension = certificate.allExtensions.get(oid)
    return extension ? [extensionText(extension.value)] : []
  })[0]
  const [commonName] = texts(certificate.subject, NAME.commonName)
  const [organisation] = texts(certificate.subject, NAME.organization)
  const isPerson =
    idNumber !== undefined || (organisation !== undefined && commonName !== organisation)
  return {
    uscc: slug ? null : [...codes][0]!,
    person: isPerson ? (commonName ?? null) : null,
    idNumber: idNumber?.normalize('NFKC').toUpperCase().trim() ?? null,
    organisation: organisation ?? (isPerson ? null : (commonName ?? null)),
    finding: slug && { slug },
  }
}
