import type { FileRole } from '../../../server/sealing/index.ts'
import type { PdfFacts } from '../../kit/pdf.ts'

/** Files of a bid before they are sealed: roles by name, what can't be taken, what is odd. */
export interface BidFile {
  /** Of this row, the same while the file is. */
  readonly row: string
  readonly name: string
  readonly bytes: number
  readonly role: FileRole
  /** Null after a reload in a browser that kept no file: it is chosen again. */
  readonly file: File | null
  /** Hexadecimal SHA-256, once it is known. */
  readonly sha256: string | null
  /** Pages of a PDF, once they are counted; null or absent where they are not. */
  readonly pages?: number | null
  readonly problem: FileProblem | null
  readonly isOdd: boolean
}
export type FileProblem = 'empty' | 'too-large' | 'encrypted' | 'unreadable' | 'missing'

/** As the platform bounds it (`bid-too-large`). */
export const maxFileBytes = 2 ** 31
export const maxFiles = 256

/** What names of bid files say, first match first. */
const roleWords: readonly (readonly [FileRole, RegExp])[] = [
  ['qualification', /资格|资质|营业执照|许可证|声明函|信用|qualif|licen[cs]e|certificat/i],
  ['price', /报价|清单|价格|分项|预算|price|quot|bill/i],
  ['technical', /技术|施工组织|方案|设计|参数|偏离|technical|method|design/i],
  ['business', /商务|业绩|合同|财务|business|commercial|contract|reference/i],
  ['letter', /投标函|开标一览|授权|letter|form of tender/i],
]

export const roleOfName = (name: string): FileRole =>
  roleWords.find(([, words]) => words.test(name))?.[0] ?? 'other'

const usual = /\.(pdf|ofd|docx?|xlsx?|pptx?|jpe?g|png|tiff?|zip|txt|md|dwg|xml)$/i
/** A type that evaluators may not be able to open: said, never refused. */
export const isOddType = (name: string): boolean => !usual.test(name)

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
  txt: 'text/plain',
  md: 'text/markdown',
}
export const mediaTypeOf = (name: string, given: string): string =>
  given || (mediaTypes[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream')

/** Names in one form, so that the sealed list has one. */
export const plainName = (name: string): string => name.normalize('NFC').slice(0, 200)

/** Why a file can't be sealed as it is. */
export async function fileProblem(file: File): Promise<FileProblem | null> {
  if (file.size === 0) return 'empty'
  if (file.size > maxFileBytes) return 'too-large'
  try {
    return (await isEncryptedPdf(file)) && (await isLocked(file)) ? 'encrypted' : null
  } catch {
    return 'unreadable'
  }
}

/** pdf.js has room for all of a file at once: larger ones are not asked about. */
const maxLookedAtBytes = 256 * 1024 * 1024

async function factsOf(file: Blob): Promise<PdfFacts | null> {
  if (file.size > maxLookedAtBytes) return null
  try {
    const { pdfFacts } = await import('../../kit/pdf.ts')
    return await pdfFacts(file)
  } catch {
    return null // no PDF after all, or nothing to look at it with: nothing is held against it
  }
}

const isLocked = async (file: Blob): Promise<boolean> => (await factsOf(file))?.isLocked ?? false

/** Pages of a PDF; null where they can't be told. */
export async function pagesOf(file: File): Promise<number | null> {
  if (!/[.]pdf$/i.test(file.name) && file.type !== 'application/pdf') return null
  return (await factsOf(file))?.pages ?? null
}

const tailBytes = 256 * 1024
const headBytes = 4 * 1024

/**
 * A PDF under a password: its trailer, or the dictionary of its cross-reference stream, names an
 * `/Encrypt` dictionary. Where the password only limits printing or copying, it opens without one
 * and is as good as any; where it is asked for at opening, nobody could read it at the evaluation.
 * @source ISO 32000-1 §7.5.5, 7.5.8, 7.6.1
 */
async function isEncryptedPdf(file: Blob): Promise<boolean> {
  const head = await latin1(file.slice(0, headBytes))
  if (!head.slice(0, 1024).includes('%PDF-')) return false
  const tail = await latin1(file.slice(Math.max(0, file.size - tailBytes)))
  const at = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? -1)
  const table = at >= 0 ? await latin1(file.slice(at, at + headBytes)) : ''
  const trailer = tail.slice(Math.max(0, tail.lastIndexOf('trailer')))
  return [head, table, trailer].some((text) => /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(text))
}

async function latin1(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer())
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192)
    text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}
