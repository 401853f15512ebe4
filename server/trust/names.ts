import { hex } from '../formats/bytes.ts'
import { type Der, TAG } from '../formats/der.ts'

/**
 * Distinguished names: the same text whatever string type a CA wrote it in, or no text at all.
 * Old Chinese CAs put GB18030 bytes into TeletexString; a guess that shows wrong characters would
 * name another firm, so what is doubtful is unreadable.
 * @source RFC 5280 §4.1.2.4, §7.1; GB 18030
 */

export interface Attribute {
  readonly oid: string
  /** null: no reading of the bytes that is beyond doubt. */
  readonly text: string | null
}

export interface Name {
  /** As received: what issuer fields and key identifiers hold. */
  readonly der: Uint8Array
  readonly rdns: readonly (readonly Attribute[])[]
  /** Equal for names that RFC 5280 §7.1 calls equal, part by part. */
  readonly keys: readonly string[]
}

export const NAME = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  organizationIdentifier: '2.5.4.97',
  email: '1.2.840.113549.1.9.1',
} as const

const decoders = {
  utf8: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
  utf16: new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }),
  gb18030: new TextDecoder('gb18030', { fatal: true }),
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function ascii(bytes: Uint8Array): string | null {
  return bytes.every((b) => b < 0x80) ? String.fromCharCode(...bytes) : null
}

/** Chinese text and its punctuation, full-width forms, ASCII: what GB18030 in a name may hold. */
const CHINESE =
  /^[\p{Script=Han}\p{ASCII}\u3000-\u303f\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7]*$/u
/** One hanzi stuck to Latin letters: far likelier a Latin-1 umlaut that happens to decode. */
const STRAY = /(^|[\p{ASCII}])\P{ASCII}(?=[A-Za-z])|[A-Za-z]\P{ASCII}($|(?=\p{ASCII}))/u

function teletex(bytes: Uint8Array): string | null {
  const plain = ascii(bytes)
  if (plain !== null) return plain
  const text = decoded(decoders.gb18030, bytes)
  return text !== null && CHINESE.test(text) && !STRAY.test(text) ? text : null
}

function utf32(bytes: Uint8Array): string | null {
  if (bytes.length % 4 !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at)
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null
    text += String.fromCodePoint(point)
  }
  return text
}

/** The text of a DER string in NFC, or null where it has no certain reading. */
export function stringText(node: Der): string | null {
  const { tag, content } = node
  if (content.length > 4096) return null
  const text = (() => {
    switch (tag) {
      case TAG.utf8String:
        return decoded(decoders.utf8, content)
      case TAG.bmpString:
        return decoded(decoders.utf16, content)
      case TAG.universalString:
        return utf32(content)
      case TAG.teletexString:
        return teletex(content)
      case TAG.printableString:
      case TAG.ia5String:
      case 0x12: // NumericString
      case 0x1a: // VisibleString
        return ascii(content)
      default:
        return null
    }
  })()
  return text === null ? null : text.normalize('NFC')
}

function attributeKey(oid: string, value: Der, text: string | null): string {
  if (text === null) return `${oid}#${hex(value.bytes)}`
  return `${oid}=${text.toLowerCase().trim().replace(/\s+/g, ' ')}`
}

/** @throws DerError on another shape */
export function readName(node: Der): Name {
  const keys: string[] = []
  const rdns = node.items(TAG.sequence, 0, 64).map((rdn) => {
    const parts = rdn.items(TAG.set, 1, 16).map((pair) => {
      const [type, value] = pair.items(TAG.sequence, 2, 2)
      const oid = type!.oid()
      const text = stringText(value!)
      return { oid, text, key: attributeKey(oid, value!, text) }
    })
    keys.push(
      parts
        .map((part) => part.key)
        .sort()
        .join('\n'),
    )
    return parts.map(({ oid, text }) => ({ oid, text }))
  })
  return { der: node.bytes, rdns, keys }
}

export function sameName(a: Name, b: Name): boolean {
  return a.keys.length === b.keys.length && a.keys.every((key, i) => key === b.keys[i])
}

/** Whether `name` lies in the subtree `base`: starts with all its parts. */
export function isWithin(name: Name, base: Name): boolean {
  return base.keys.length <= name.keys.length && base.keys.every((key, i) => key === name.keys[i])
}

/** All readable texts of one attribute type, in order. */
export function texts(name: Name, oid: string): string[] {
  return name.rdns.flat().flatMap((a) => (a.oid === oid && a.text !== null ? [a.text] : []))
}

export function isReadable(name: Name): boolean {
  return name.rdns.every((rdn) => rdn.every((attribute) => attribute.text !== null))
}

const LABEL: Readonly<Record<string, string>> = {
  [NAME.commonName]: 'CN',
  [NAME.country]: 'C',
  [NAME.organization]: 'O',
  [NAME.organizationalUnit]: 'OU',
  [NAME.serialNumber]: 'serialNumber',
  [NAME.organizationIdentifier]: 'organizationIdentifier',
  [NAME.email]: 'E',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
}

/** Bidi controls, other controls, zero-width and invisible characters: shown, never obeyed. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\u115f\u1160\u3164\uffa0\u2800]|\u034f/gu

/** A text as it may stand on a page or in a report. */
export function shown(text: string): string {
  return text.replace(HIDDEN, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
}

/** A name for people, most specific part last as written in the certificate. */
export function shownName(name: Name): string {
  const parts = name.rdns.flat().map((a) => {
    const value = a.text === null ? '?' : shown(a.text).replace(/[,\\=]/g, (c) => `\\${c}`)
    return `${LABEL[a.oid] ?? a.oid}=${value}`
  })
  return parts.join(', ')
}
