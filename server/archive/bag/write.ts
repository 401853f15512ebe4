import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'

/** What a bag is about; written into `bag-info.txt`. */
export interface BagHead {
  readonly kind: 'full' | 'public'
  readonly trade: string
  readonly lot: string
  readonly origin: string
  readonly platform: string
  readonly at: string
}

type Content = { readonly bytes: Uint8Array } | { readonly file: string }

/** Collects payload files, then writes them as a BagIt bag in a zip. @source RFC 8493 */
export class BagWriter {
  private readonly payload = new Map<string, Content>()

  /** @param path below `data/` */
  add(path: string, content: string | Uint8Array | object): void {
    const bytes =
      content instanceof Uint8Array
        ? content
        : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
    this.payload.set(`data/${path}`, { bytes })
  }

  /** A file that is not there is left out: whoever verifies the bag finds it missing, by its name. */
  addFile(path: string, file: string): void {
    this.payload.set(`data/${path}`, { file })
  }

  /**
   * Writes the bag; it is at `to` whole or not at all.
   * @returns its digest and size
   */
  async write(to: string, head: BagHead): Promise<{ sha256: string; bytes: number }> {
    const zip = new yazl.ZipFile()
    const broken = new Promise<never>((_, reject) => zip.on('error', reject))
    broken.catch(() => {}) // told by the race below
    const manifest: string[] = []
    let payloadBytes = 0
    let payloadFiles = 0
    for (const [path, content] of [...this.payload].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const found = await digestOf(content)
      if (!found) continue
      manifest.push(`${found.digest}  ${path}`)
      payloadBytes += found.bytes
      payloadFiles += 1
      // Sealed bytes do not shrink; texts do.
      const options = { compress: !/envelope\.bin$|\/blobs\//.test(path), mtime: new Date(head.at) }
      if ('file' in content) zip.addFile(content.file, path, options)
      else zip.addBuffer(Buffer.from(content.bytes), path, options)
    }
    const tags: Record<string, string> = {
      'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
      'bag-info.txt': [
        `Bagging-Date: ${head.at.slice(0, 10)}`,
        `Payload-Oxum: ${payloadBytes}.${payloadFiles}`,
        `Yangguang-Kind: ${head.kind}`,
        `Yangguang-Trade: ${head.trade}`,
        `Yangguang-Lot: ${head.lot}`,
        `Yangguang-Origin: ${head.origin}`,
        `Yangguang-Platform: ${head.platform}`,
        '',
      ].join('\n'),
      'manifest-sha256.txt': `${manifest.join('\n')}\n`,
    }
    const tagManifest = Object.entries(tags).map(
      ([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}`,
    )
    tags['tagmanifest-sha256.txt'] = `${tagManifest.join('\n')}\n`
    for (const [name, text] of Object.entries(tags))
      zip.addBuffer(Buffer.from(text), name, { mtime: new Date(head.at) })
    zip.end()
    const part = `${to}.${process.pid}.part`
    // A full bag holds secrets and personal values.
    const sink = fs.createWriteStream(part, { mode: 0o600 })
    try {
      await Promise.race([broken, pipeline(zip.outputStream, sink)])
      const { digest, bytes } = await digestOfFile(part)
      fs.renameSync(part, to)
      return { sha256: digest, bytes }
    } catch (error) {
      sink.destroy()
      fs.rmSync(part, { force: true })
      throw error
    }
  }
}

interface Measured {
  readonly digest: string
  readonly bytes: number
}

/** Null for a file that is not there. */
async function digestOf(content: Content): Promise<Measured | null> {
  if ('file' in content)
    return digestOfFile(content.file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
  const digest = createHash('sha256').update(content.bytes).digest('hex')
  return { digest, bytes: content.bytes.length }
}

async function digestOfFile(file: string): Promise<Measured> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of fs.createReadStream(file)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { digest: hash.digest('hex'), bytes }
}
