import { fromUtf8, hex } from '../../formats/bytes.ts'
import { parseJson } from '../../formats/json.ts'
import { sha256Hasher } from '../../formats/sha256.ts'
import type { Report } from './report.ts'

/** A bag's files, wherever they are: a zip on disk, or one dropped on a page. */
export interface BagFiles {
  readonly paths: readonly string[]
  /** Chunks of any size. @throws Error where the bytes cannot be read */
  stream(path: string): AsyncIterable<Uint8Array>
}

/** Whether a bag has a file of that path. */
export function hasFile(files: BagFiles, path: string): boolean {
  const known = pathSets.get(files.paths) ?? new Set(files.paths)
  pathSets.set(files.paths, known)
  return known.has(path)
}
const pathSets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Whole bytes of a file of bounded size. */
export async function readWhole(files: BagFiles, path: string, most = 64 * 1024 * 1024) {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of files.stream(path)) {
    size += part.length
    if (size > most) throw new UnreadableBag(`${path} is larger than ${most} bytes`)
    parts.push(part)
  }
  // Most files come in one piece. A plain view of it: a Buffer's own `slice` would share its bytes.
  const [only] = parts
  if (only && parts.length === 1)
    return new Uint8Array(only.buffer as ArrayBuffer, only.byteOffset, only.length)
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Text of a file; bytes that are none become U+FFFD, which no form of ours has. */
export async function readText(files: BagFiles, path: string): Promise<string> {
  return lenient.decode(await readWhole(files, path))
}
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** JSON of a file of ours, read so that no other reader can see another value; null where it is none. */
export async function readJsonFile<T>(files: BagFiles, path: string): Promise<T | null> {
  try {
    const bytes = await readWhole(files, path)
    const text = fromUtf8(bytes)
    // As ours are written: a key that is there twice would be gone.
    const value: unknown = JSON.parse(text)
    if (JSON.stringify(value) === text) return value as T
    const parsed = parseJson(bytes, { maxBytes: bytes.length, maxDepth: 64, normalize: false })
    return parsed.problem === undefined ? (parsed.value as T) : null
  } catch {
    return null
  }
}

export interface BagInfo {
  readonly kind: 'full' | 'public'
  readonly trade: string
  readonly lot: string
  readonly origin: string
  readonly platform: string
}

/** The bag is not one at all: nothing can be said about it. */
export class UnreadableBag extends Error {}

/** @throws UnreadableBag */
export async function readBagInfo(files: BagFiles): Promise<BagInfo> {
  if (!hasFile(files, 'bagit.txt') || !hasFile(files, 'bag-info.txt'))
    throw new UnreadableBag('no bagit.txt or bag-info.txt')
  const lines = (await readText(files, 'bag-info.txt')).split('\n')
  const value = (name: string) =>
    lines
      .find((l) => l.startsWith(`${name}: `))
      ?.slice(name.length + 2)
      .trim() ?? ''
  const kind = value('Yangguang-Kind')
  if (kind !== 'full' && kind !== 'public') throw new UnreadableBag('bag-info.txt names no kind')
  return {
    kind,
    trade: value('Yangguang-Trade'),
    lot: value('Yangguang-Lot'),
    origin: value('Yangguang-Origin'),
    platform: value('Yangguang-Platform'),
  }
}

function manifestOf(text: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line)
    if (match) entries.set(match[2], match[1])
  }
  return entries
}

async function digestOf(files: BagFiles, path: string): Promise<{ digest: string; bytes: number }> {
  const hasher = sha256Hasher()
  let bytes = 0
  for await (const part of files.stream(path)) {
    hasher.update(part)
    bytes += part.length
  }
  return { digest: hex(hasher.digest()), bytes }
}

/**
 * BagIt: every payload file is in the manifest, every manifest entry is there, and digests agree.
 * @source RFC 8493 §2.1.3, 2.4, 3
 */
export async function checkBag(files: BagFiles, report: Report): Promise<void> {
  await checkForm(files, report)
  let [payloadBytes, payloadFiles] = [0, 0]
  for (const [manifest, covers] of [
    ['manifest-sha256.txt', (p: string) => p.startsWith('data/')],
    [
      'tagmanifest-sha256.txt',
      (p: string) => !p.startsWith('data/') && !p.startsWith('tagmanifest'),
    ],
  ] as const) {
    if (!hasFile(files, manifest)) {
      report.fail('bag', 'manifest-missing', { path: manifest })
      continue
    }
    const entries = manifestOf(await readText(files, manifest))
    for (const path of files.paths)
      if (covers(path) && !entries.has(path)) report.fail('bag', 'file-not-in-manifest', { path })
    for (const [path, expected] of entries) {
      if (!hasFile(files, path)) {
        report.fail('bag', 'file-missing', { path })
        continue
      }
      const { digest: found, bytes } = await digestOf(files, path)
      if (path.startsWith('data/'))
        [payloadBytes, payloadFiles] = [payloadBytes + bytes, payloadFiles + 1]
      if (found === expected) report.pass('bag')
      else report.fail('bag', 'file-digest-differs', { path }, { expected, found })
    }
  }
  const path = 'bag-info.txt'
  const found = /^Payload-Oxum: *([\d.]+)\r?$/m.exec(await readText(files, path))?.[1]
  const expected = `${payloadBytes}.${payloadFiles}`
  if (found !== undefined && found !== expected)
    report.fail('bag', 'payload-oxum-differs', { path }, { expected, found })
}

/** What the bag says of its own form. @source RFC 8493 §2.1.1 */
async function checkForm(files: BagFiles, report: Report): Promise<void> {
  const path = 'bagit.txt'
  const expected = 'BagIt-Version: 1.0 Tag-File-Character-Encoding: UTF-8'
  const found = (await readText(files, path)).trim().split(/\s*\n/).join(' ')
  if (found !== expected) report.fail('bag', 'bag-form-unknown', { path }, { expected, found })
}
