import { ed25519 } from '@noble/curves/ed25519.js'
import {
  assert,
  base64,
  concat,
  equal,
  FormatError,
  fromBase64,
  fromHex,
  hex,
  readU64,
  sha256,
  u64,
  utf8,
} from '../formats/index.ts'

/** Kinds of note signatures that this library makes and checks. @source C2SP signed-note */
export const keyTypes = { ed25519: 1, cosignature: 4 } as const

/** Who may sign notes: `name+hash+base64(type ‖ key)`. */
export interface Vkey {
  readonly name: string
  /** First four bytes of SHA-256(name ‖ "\n" ‖ type ‖ key): finds the key, proves nothing. */
  readonly id: Uint8Array
  readonly type: number
  readonly publicKey: Uint8Array
}

/** A text and the lines under it. */
export interface Note {
  /** Ends with a newline; the signatures cover it whole. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  /** What follows the key id. */
  readonly bytes: Uint8Array
}

/** A signature by a key kept elsewhere (an HSM), or the seed itself: 32 bytes. */
export type Signer = Uint8Array | ((message: Uint8Array) => Uint8Array | Promise<Uint8Array>)

/** Ed25519 over the message, 64 bytes. */
export async function sign(signer: Signer, message: Uint8Array): Promise<Uint8Array> {
  const signature =
    typeof signer === 'function' ? await signer(message) : ed25519.sign(message, signer)
  assert(signature.length === 64, 'an Ed25519 signature has 64 bytes')
  return signature
}

/** True for a good Ed25519 signature, strict (RFC 8032, no mixed-order points); never throws. */
export function isSignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

/** The public key of a seed of 32 bytes. */
export const publicKeyOf = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed)

/** The key under a name, with its id computed. */
export function makeVkey(
  name: string,
  publicKey: Uint8Array,
  type: number = keyTypes.ed25519,
): Vkey {
  assert(isKeyName(name), 'a key name has no space and no plus')
  const typed = concat(Uint8Array.of(type), publicKey)
  const id = sha256(concat(utf8(`${name}\n`), typed)).slice(0, 4)
  return { name, id, type, publicKey }
}

export const formatVkey = ({ name, id, type, publicKey }: Vkey): string =>
  `${name}+${hex(id)}+${base64(concat(Uint8Array.of(type), publicKey))}`

/**
 * Reads a vkey. Split at the first two pluses alone: base64 may hold more.
 * @throws FormatError `vkey-malformed`, also where the hash is not the key's or the type is unknown
 */
export function parseVkey(text: string): Vkey {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text)
  if (parts === null || !isKeyName(parts[1]!)) throw new FormatError('vkey-malformed')
  let typed: Uint8Array
  try {
    typed = fromBase64(parts[3]!)
  } catch {
    throw new FormatError('vkey-malformed')
  }
  const type = typed[0]
  const known = type === keyTypes.ed25519 || type === keyTypes.cosignature
  if (!known || typed.length !== 33) throw new FormatError('vkey-malformed')
  const vkey = makeVkey(parts[1]!, typed.slice(1), type)
  if (!equal(vkey.id, fromHex(parts[2]!))) throw new FormatError('vkey-malformed')
  return vkey
}

const isKeyName = (name: string) => name !== '' && !/[\s+\p{Cc}\p{Surrogate}]/u.test(name)

/** At most so many signature lines: log, rotation's second key, witnesses. */
const maxSignatures = 64

/**
 * Reads a signed note; unknown signers are kept, nothing is verified.
 * @throws FormatError `note-malformed`
 */
export function parseNote(note: string): Note {
  const malformed = new FormatError('note-malformed')
  const cut = note.lastIndexOf('\n\n')
  if (cut < 1 || !note.endsWith('\n')) throw malformed
  const text = note.slice(0, cut + 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note holds none but the newline
  if (/[\u0000-\u0009\u000b-\u001f\u007f\p{Surrogate}]/u.test(note)) throw malformed
  const lines = note.slice(cut + 2, -1).split('\n')
  if (lines.length > maxSignatures) throw malformed
  const signatures = lines.map((line) => {
    const parts = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line)
    if (parts === null || !isKeyName(parts[1]!)) throw malformed
    const bytes = noteBase64(parts[2]!)
    if (bytes.length < 5) throw malformed
    return { name: parts[1]!, keyId: bytes.slice(0, 4), bytes: bytes.slice(4) }
  })
  return { text, signatures }
}

function noteBase64(text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch {
    throw new FormatError('note-malformed')
  }
}

export function formatNote({ text, signatures }: Note): string {
  assert(text.endsWith('\n'), 'a note text ends with a newline')
  const lines = signatures.map(
    ({ name, keyId, bytes }) => `\u2014 ${name} ${base64(concat(keyId, bytes))}\n`,
  )
  return `${text}\n${lines.join('')}`
}

/** The key's plain signature over a note text. */
export async function signNote(text: string, vkey: Vkey, signer: Signer): Promise<NoteSignature> {
  assert(vkey.type === keyTypes.ed25519, 'a plain signature is by a plain key')
  return { name: vkey.name, keyId: vkey.id, bytes: await sign(signer, utf8(text)) }
}

/**
 * A witness's cosignature/v1: it has seen this checkpoint extend every one it saw before.
 * @param atSeconds since 1970
 * @source C2SP tlog-cosignature
 */
export async function cosignNote(
  text: string,
  vkey: Vkey,
  atSeconds: number,
  signer: Signer,
): Promise<NoteSignature> {
  assert(vkey.type === keyTypes.cosignature, 'a cosignature is by a cosigner key')
  const bytes = concat(u64(atSeconds), await sign(signer, cosigned(text, atSeconds)))
  return { name: vkey.name, keyId: vkey.id, bytes }
}

const cosigned = (text: string, atSeconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${atSeconds}\n${text}`)

/** The lines of a note that name this key: a rotated key of the same name has another id. */
export const signaturesBy = (note: Note, vkey: Vkey): NoteSignature[] =>
  note.signatures.filter((s) => s.name === vkey.name && equal(s.keyId, vkey.id))

/** True for a good signature by this key, plain or cosignature by the key's own type. */
export function isSignedBy(text: string, signature: NoteSignature, vkey: Vkey): boolean {
  if (vkey.type === keyTypes.ed25519) {
    return isSignature(vkey.publicKey, utf8(text), signature.bytes)
  }
  const at = cosignedAt(signature)
  if (vkey.type !== keyTypes.cosignature || at === null) return false
  return isSignature(vkey.publicKey, cosigned(text, at), signature.bytes.subarray(8))
}

/** When a witness cosigned, seconds since 1970; null where the bytes hold no time. */
export function cosignedAt(signature: NoteSignature): number | null {
  if (signature.bytes.length !== 72) return null
  try {
    return readU64(signature.bytes, 0)
  } catch {
    return null
  }
}
