import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { openZip } from '../../server/archive/bag/zip-files.node.ts'
import { type BagFiles, readWhole } from '../../server/archive/verify/bag.ts'
import { fromB64u } from '../../server/formats/bytes.ts'
import { digestOf, type Event } from '../../server/kernel/event.ts'

/** An event's file in a bag. */
export interface EventFile {
  event: Event & { data: Record<string, unknown> }
  salt: string
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * A bag taken apart by someone who wants it to say something else: every file may be changed, and
 * `mended` makes the manifests fit again, so that a check beyond them has to find it.
 */
export class OpenBag {
  readonly files: Map<string, Uint8Array>

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.files = new Map(files)
  }

  static async read(file: string): Promise<OpenBag> {
    const zip = await openZip(file)
    const files = new Map<string, Uint8Array>()
    for (const path of zip.paths) files.set(path, await readWhole(zip, path))
    zip.close()
    return new OpenBag(files)
  }

  copy(): OpenBag {
    return new OpenBag(this.files)
  }

  /** Paths below `data/` that match, in order. */
  paths(pattern: RegExp): string[] {
    return [...this.files.keys()].filter((path) => pattern.test(path)).sort()
  }

  bytes(path: string): Uint8Array {
    const found = this.files.get(path)
    if (!found) throw new Error(`${path} is not in the bag`)
    return found
  }

  text(path: string): string {
    return Buffer.from(this.bytes(path)).toString('utf8')
  }

  json<T>(path: string): T {
    return JSON.parse(this.text(path)) as T
  }

  set(path: string, content: Uint8Array | string | object): void {
    const bytes =
      content instanceof Uint8Array
        ? content
        : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
    this.files.set(path, bytes)
  }

  remove(path: string): void {
    if (!this.files.delete(path)) throw new Error(`${path} is not in the bag`)
  }

  swap(a: string, b: string): void {
    const [first, second] = [this.bytes(a), this.bytes(b)]
    this.set(a, second)
    this.set(b, first)
  }

  /** Changes one bit of the byte there; a negative place counts from the end. */
  flip(path: string, at: number): void {
    const bytes = Uint8Array.from(this.bytes(path))
    bytes[at < 0 ? bytes.length + at : at] ^= 1
    this.set(path, bytes)
  }

  /** Changes JSON in place. */
  edit<T>(path: string, change: (value: T) => void): void {
    const value = this.json<T>(path)
    change(value)
    this.set(path, value as object)
  }

  /** The first event of that type, or the one that `which` picks. */
  eventPath(type: string, which: (e: EventFile) => boolean = () => true): string {
    const found = this.paths(/^data\/events\/.*\.json$/).find((path) => {
      const file = this.json<Partial<EventFile>>(path)
      return file.event?.type === type && which(file as EventFile)
    })
    if (!found) throw new Error(`the bag shows no ${type}`)
    return found
  }

  /**
   * Changes an event and mends the chain behind it, as far as the bag shows it: each later event of
   * the stream names the new digest before it.
   */
  editEvent(path: string, change: (event: EventFile['event']) => void): void {
    this.edit<EventFile>(path, (file) => change(file.event))
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    let prev: string | null = null
    for (const one of this.paths(/^data\/events\/.*\.json$/).filter((p) => p.startsWith(folder))) {
      const file = this.json<Partial<EventFile> & { digest?: string }>(one)
      if (one > path && file.event) {
        ;(file.event as { prev: string | null }).prev = prev
        this.set(one, file)
      }
      prev = file.event
        ? digestOf(file.event, fromB64u(file.salt as string, 32)).toString('base64url')
        : (file.digest as string)
    }
  }

  /** Manifests, sizes and tag manifest fit what is there now. */
  mended(): this {
    const payload = this.paths(/^data\//)
    const bytes = payload.reduce((sum, path) => sum + this.bytes(path).length, 0)
    this.set(
      'manifest-sha256.txt',
      `${payload.map((path) => `${sha256(this.bytes(path))}  ${path}`).join('\n')}\n`,
    )
    const oxum = `Payload-Oxum: ${bytes}.${payload.length}`
    this.set('bag-info.txt', this.text('bag-info.txt').replace(/^Payload-Oxum: .*$/m, oxum))
    this.mendTags()
    return this
  }

  mendTags(): void {
    const tags = this.paths(/^(?!data\/|tagmanifest)/)
    this.set(
      'tagmanifest-sha256.txt',
      `${tags.map((path) => `${sha256(this.bytes(path))}  ${path}`).join('\n')}\n`,
    )
  }

  /** As the verifier reads a bag. */
  asFiles(): BagFiles {
    const { files } = this
    return {
      paths: [...files.keys()],
      async *stream(path) {
        yield files.get(path) as Uint8Array
      },
    }
  }

  async write(file: string): Promise<void> {
    const zip = new yazl.ZipFile()
    for (const [path, bytes] of this.files) zip.addBuffer(Buffer.from(bytes), path)
    zip.end()
    await pipeline(zip.outputStream as unknown as NodeJS.ReadableStream, fs.createWriteStream(file))
  }
}
