import {
  asObject,
  b64u,
  canonicalBytes,
  concat,
  type Json,
  type JsonObject,
  parseCanonical,
  readU32,
  u32,
} from '../formats/index.ts'
import { isBytes } from './envelope.ts'
import { paddedBytes } from './padding.ts'

/** Roles that a bidder picks for a file; access goes by them. */
export const fileRoles = [
  'letter',
  'qualification',
  'business',
  'technical',
  'price',
  'other',
] as const
export type FileRole = (typeof fileRoles)[number]

/** A file as its bidder lists it. Names exist only here. */
export interface FileRecord {
  /** Id of its blob. */
  readonly blob: string
  /** base64url of the file's own 32 byte key. */
  readonly key: string
  /** Of the file, without padding. */
  readonly bytes: number
  readonly mediaType: string
  readonly name: string
  readonly role: FileRole
  /** Tree hash over plaintext chunks. */
  readonly root: string
}

/** What the `files` stream holds. */
export interface FileList {
  readonly v: 1
  readonly ctx: string
  readonly files: readonly FileRecord[]
  /** Ids of blobs that hide how many files there are. */
  readonly decoys: readonly string[]
  readonly sealedWith: { readonly bundleSha256: string; readonly version: string }
}

/** The most that a sealed text may hold: a price list of some 100,000 lines. */
export const maxTextBytes = 16 * 1024 * 1024

/** `u32 length ‖ JCS ‖ zeros`, padded. @throws FormatError for what has no canonical form */
export function encodeText(value: JsonObject, minBytes: number): Uint8Array {
  const text = canonicalBytes(value)
  const out = new Uint8Array(paddedBytes(4 + text.length, minBytes))
  out.set(concat(u32(text.length), text))
  return out
}

/**
 * The object of a sealed text, bound to a context.
 * @param keys all that the object must have
 * @param ctx what its field `ctx` must be
 */
export function decodeText(
  plain: Uint8Array,
  keys: readonly string[],
  ctx: Uint8Array,
):
  | { readonly value: JsonObject; readonly problem?: undefined }
  | { readonly problem: 'padding-not-zero' | 'not-canonical' | 'wrong-context' } {
  if (plain.length < 4) return { problem: 'not-canonical' }
  const end = 4 + readU32(plain)
  if (plain.subarray(end).some((byte) => byte !== 0)) return { problem: 'padding-not-zero' }
  if (end > plain.length) return { problem: 'not-canonical' }
  const parsed = parseCanonical(plain.subarray(4, end), { maxBytes: maxTextBytes })
  const value = parsed.problem === undefined ? asObject(parsed.value) : null
  const isWhole = value !== null && keys.every((key) => Object.hasOwn(value, key))
  if (!isWhole || Object.keys(value).length !== keys.length || value.v !== 1) {
    return { problem: 'not-canonical' }
  }
  return value.ctx === b64u(ctx) ? { value } : { problem: 'wrong-context' }
}

export const quotationKeys = ['v', 'ctx', 'quotation']
export const fileListKeys = ['v', 'ctx', 'files', 'decoys', 'sealedWith']

/** The file list, or null where a field has another shape. */
export function readFileList(value: JsonObject): FileList | null {
  const sealedWith = asObject(value.sealedWith)
  const isWhole =
    Array.isArray(value.files) &&
    value.files.every(isFileRecord) &&
    Array.isArray(value.decoys) &&
    value.decoys.every((id: Json) => isBytes(id, 16)) &&
    sealedWith !== null &&
    Object.keys(sealedWith).sort().join() === 'bundleSha256,version' &&
    isBytes(sealedWith.bundleSha256, 32) &&
    typeof sealedWith.version === 'string'
  return isWhole ? (value as unknown as FileList) : null
}

function isFileRecord(value: Json): boolean {
  const file = asObject(value)
  return (
    file !== null &&
    Object.keys(file).sort().join() === 'blob,bytes,key,mediaType,name,role,root' &&
    isBytes(file.blob, 16) &&
    isBytes(file.key, 32) &&
    Number.isSafeInteger(file.bytes) &&
    (file.bytes as number) >= 0 &&
    typeof file.mediaType === 'string' &&
    typeof file.name === 'string' &&
    file.name !== '' &&
    fileRoles.includes(file.role as FileRole) &&
    isBytes(file.root, 32)
  )
}

/** True where files and decoys are the header's blobs, each once. */
export function areBlobsOf(list: FileList, blobs: readonly { readonly id: string }[]): boolean {
  const listed = [...list.files.map((file) => file.blob), ...list.decoys].sort()
  const signed = blobs.map((blob) => blob.id).sort()
  return listed.length === signed.length && listed.every((id, i) => id === signed[i])
}
