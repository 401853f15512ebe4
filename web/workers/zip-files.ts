import { type BagFiles, UnreadableBag } from '../../server/archive/verify/bag.ts'
import { fromUtf8 } from '../../server/formats/bytes.ts'

/**
 * The files of a zip that lies on the reader's device, each read only when it is asked for: a bag of
 * gigabytes takes no more memory than its largest piece.
 * @source APPNOTE.TXT §4.3 (records), 4.5.3 (zip64)
 */
interface Entry {
  readonly at: number
  readonly packedBytes: number
  readonly bytes: number
  readonly method: number
}

/** As the command line bounds it: a zip bomb ends here. */
const maxFiles = 500_000
const maxBytes = 64 * 1024 ** 3
const pieceBytes = 1024 * 1024
const endBytes = 22
const maxCommentBytes = 65_535

/** @throws UnreadableBag */
export async function openZipFile(file: Blob): Promise<BagFiles> {
  const entries = await readEntries(file)
  return {
    paths: [...entries.keys()],
    stream: (path) => {
      const entry = entries.get(path)
      if (!entry) throw new Error(`${path} is not in the bag`)
      return contentOf(file, path, entry)
    },
  }
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView> {
  if (from < 0 || to > file.size || from > to) throw new UnreadableBag('the zip is cut off')
  return new DataView(await file.slice(from, to).arrayBuffer())
}

const big = (view: DataView, at: number): number => {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new UnreadableBag('a size past all bounds')
  return Number(value)
}

/** Where the central directory lies and how many entries it has. */
async function directoryOf(file: Blob): Promise<{ at: number; bytes: number; count: number }> {
  const from = Math.max(0, file.size - endBytes - maxCommentBytes)
  const tail = await viewOf(file, from, file.size)
  for (let i = tail.byteLength - endBytes; i >= 0; i--) {
    if (tail.getUint32(i, true) !== 0x06054b50) continue
    const end = {
      count: tail.getUint16(i + 10, true),
      bytes: tail.getUint32(i + 12, true),
      at: tail.getUint32(i + 16, true),
    }
    const needs64 = end.count === 0xffff || end.bytes === 0xffffffff || end.at === 0xffffffff
    return needs64 ? directory64(file, from + i) : end
  }
  throw new UnreadableBag('this is no zip')
}

async function directory64(file: Blob, endAt: number) {
  const locator = await viewOf(file, endAt - 20, endAt)
  if (locator.getUint32(0, true) !== 0x07064b50) throw new UnreadableBag('zip64 without its end')
  const at = big(locator, 8)
  const end = await viewOf(file, at, at + 56)
  if (end.getUint32(0, true) !== 0x06064b50) throw new UnreadableBag('zip64 without its end')
  return { count: big(end, 32), bytes: big(end, 40), at: big(end, 48) }
}

async function readEntries(file: Blob): Promise<Map<string, Entry>> {
  const { at, bytes, count } = await directoryOf(file)
  if (count > maxFiles || bytes > 256 * 1024 * 1024) throw new UnreadableBag('too many files')
  const view = await viewOf(file, at, at + bytes)
  const entries = new Map<string, Entry>()
  let total = 0
  let here = 0
  for (let i = 0; i < count; i++) {
    const { name, entry, next } = readEntry(view, here)
    total += entry.bytes
    if (total > maxBytes) throw new UnreadableBag('larger than a bag may be')
    if (entries.has(name)) throw new UnreadableBag(`${name} is there twice`)
    if (!name.endsWith('/')) entries.set(name, entry)
    here = next
  }
  return entries
}

function readEntry(view: DataView, here: number): { name: string; entry: Entry; next: number } {
  try {
    if (view.getUint32(here, true) !== 0x02014b50) throw new UnreadableBag('a broken directory')
    const nameBytes = view.getUint16(here + 28, true)
    const extraBytes = view.getUint16(here + 30, true)
    const commentBytes = view.getUint16(here + 32, true)
    const raw = new Uint8Array(view.buffer, here + 46, nameBytes)
    const extra = new DataView(view.buffer, here + 46 + nameBytes, extraBytes)
    const entry = withZip64(extra, {
      method: view.getUint16(here + 10, true),
      packedBytes: view.getUint32(here + 20, true),
      bytes: view.getUint32(here + 24, true),
      at: view.getUint32(here + 42, true),
    })
    return { name: fromUtf8(raw), entry, next: here + 46 + nameBytes + extraBytes + commentBytes }
  } catch (error) {
    if (error instanceof UnreadableBag) throw error
    throw new UnreadableBag('a broken directory')
  }
}

/** Sizes past 4 GiB stand in an extra field, in this order, each only where it is needed. */
function withZip64(extra: DataView, entry: Entry): Entry {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const bytes = extra.getUint16(at + 2, true)
    if (extra.getUint16(at, true) !== 1) {
      at += 4 + bytes
      continue
    }
    let field = at + 4
    const take = (value: number) => {
      if (value !== 0xffffffff) return value
      field += 8
      return big(extra, field - 8)
    }
    return {
      method: entry.method,
      bytes: take(entry.bytes),
      packedBytes: take(entry.packedBytes),
      at: take(entry.at),
    }
  }
  return entry
}

async function* contentOf(file: Blob, path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  const head = await viewOf(file, entry.at, entry.at + 30)
  if (head.getUint32(0, true) !== 0x04034b50) throw new Error(`${path}: no file where it should be`)
  const from = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  const packed = file.slice(from, from + entry.packedBytes)
  if (entry.method === 0) yield* pieces(packed)
  else if (entry.method === 8) yield* inflated(path, packed, entry.bytes)
  else throw new Error(`${path}: packed in a way that is not read here`)
}

async function* pieces(part: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < part.size; at += pieceBytes)
    yield new Uint8Array(await part.slice(at, at + pieceBytes).arrayBuffer())
}

/** By the browser's own inflater. @throws Error where the packed bytes are broken */
async function* inflated(path: string, packed: Blob, bytes: number): AsyncGenerator<Uint8Array> {
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  let given = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      given += value.length
      if (given > bytes) throw new Error(`${path} is larger than its directory says`)
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
  if (given !== bytes) throw new Error(`${path} is cut off`)
}
