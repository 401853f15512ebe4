import fs from 'node:fs'
import path from 'node:path'
import { concat, utf8 } from '../../../server/formats/bytes.ts'
import type { FileRole } from '../../../server/sealing/index.ts'
import type { BidInput } from './input.ts'

type FileInput = BidInput['files'][number]

/** By name, as `examples/README.md` says. */
export function roleOfFile(name: string): FileRole {
  const roles: [string, FileRole][] = [
    ['资格', 'qualification'],
    ['技术', 'technical'],
    ['商务', 'business'],
    ['报价', 'price'],
  ]
  return roles.find(([word]) => name.includes(word))?.[1] ?? 'other'
}

/** So many pseudo-random bytes of a seed (xorshift), in pieces of 256 KiB. */
function* bytesOfSeed(bytes: number, seed: number): Generator<Uint8Array> {
  let x = (seed ^ 0x9e3779b9) | 1
  for (let left = bytes; left > 0; ) {
    const words = new Uint32Array(Math.ceil(Math.min(left, 262_144) / 4))
    for (let i = 0; i < words.length; i++) {
      x ^= x << 13
      x ^= x >>> 17
      x ^= x << 5
      words[i] = x
    }
    const piece = new Uint8Array(words.buffer).subarray(0, Math.min(left, 262_144))
    left -= piece.length
    yield piece
  }
}

/** A sample paper, and what a later part of it must refer to (ISO 32000-1 §7.5.6). */
interface Sample {
  readonly bytes: Uint8Array
  readonly objects: number
  readonly root: string
  readonly tableAt: number
}
const samples = new Map<string, Sample>()

function sampleOf(role: FileRole): Sample {
  const name = role === 'qualification' || role === 'technical' ? role : 'other'
  const known = samples.get(name)
  if (known) return known
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const bytes = fs.readFileSync(path.join(project, 'db', 'seed', 'papers', `${name}.pdf`))
  const end = bytes.subarray(-1024).toString('latin1')
  const [, objects] = /\/Size (\d+)/.exec(end) ?? []
  const [, root] = /\/Root (\d+ 0 R)/.exec(end) ?? []
  const [, tableAt] = /startxref\s+(\d+)/.exec(end) ?? []
  const sample = { bytes, objects: Number(objects), root, tableAt: Number(tableAt) }
  samples.set(name, sample)
  return sample
}

/** What follows a sample so that the whole has its length: an object of filling that no page shows. */
function filling(
  sample: Sample,
  bytes: number,
): { head: string; fill: number; tail: string } | null {
  const { objects, root, tableAt } = sample
  const begin = sample.bytes.length + 1
  const parts = (fill: number) => {
    const head = `\n${objects} 0 obj\n<< /Length ${fill} >>\nstream\n`
    const close = '\nendstream\nendobj\n'
    const table = sample.bytes.length + head.length + fill + close.length
    const tail =
      `${close}xref\n${objects} 1\n${String(begin).padStart(10, '0')} 00000 n \n` +
      `trailer\n<< /Size ${objects + 1} /Root ${root} /Prev ${tableAt} >>\n` +
      `startxref\n${table}\n%%EOF\n`
    return { head, fill, tail, total: sample.bytes.length + head.length + fill + tail.length }
  }
  let fill = bytes - parts(bytes).total + bytes
  while (fill >= 0 && parts(fill + 1).total <= bytes) fill++
  if (fill < 0) return null
  const { head, tail, total } = parts(fill)
  return { head, fill, tail: tail + '\n'.repeat(bytes - total) }
}

/**
 * The content of a file of `bids.json`, of just its length: a paper of a few pages that says it is
 * demo data, filled up by its seed. One too short for that, or no PDF by its name, is filling alone.
 */
export function* paperOf({ name, bytes, seed }: FileInput): Generator<Uint8Array> {
  const sample = name.toLowerCase().endsWith('.pdf') ? sampleOf(roleOfFile(name)) : null
  const rest = sample && filling(sample, bytes)
  if (!sample || !rest) return yield* bytesOfSeed(bytes, seed)
  yield concat(sample.bytes, utf8(rest.head))
  yield* bytesOfSeed(rest.fill, seed)
  yield utf8(rest.tail)
}
