import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import yauzl from 'yauzl'
import type { BagFiles } from '../verify/bag.ts'
import { UnreadableBag } from '../verify/bag.ts'

/** Most a bag may unpack to, and how many files it may hold: a zip bomb ends here. */
const maxFiles = 500_000
const maxBytes = 64 * 1024 ** 3

/** Texts shrink to a tenth, sealed bytes not at all: what shrinks far more was made to fill a disk. */
const isBomb = ({ uncompressedSize, compressedSize }: yauzl.Entry): boolean =>
  uncompressedSize > 64 * 1024 * 1024 && uncompressedSize > compressedSize * 100

/** Opens a zip on disk as the files of a bag. @throws UnreadableBag */
export async function openZip(
  file: string,
): Promise<BagFiles & { close(): void; sha256: string; bytes: number }> {
  let zip: yauzl.ZipFile
  try {
    zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
      yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, z) =>
        error || !z ? reject(error ?? new Error('no zip')) : resolve(z),
      ),
    )
  } catch (error) {
    throw new UnreadableBag(`${file}: ${(error as Error).message}`)
  }
  const entries = await readEntries(zip, file)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return {
    paths: [...entries.keys()],
    stream: async function* (path) {
      const entry = entries.get(path)
      if (!entry) throw new Error(`${path} is not in the bag`)
      const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
        zip.openReadStream(entry, (error, s) =>
          error || !s
            ? reject(new UnreadableBag(`${file}: ${path}: ${error?.message ?? 'no stream'}`))
            : resolve(s),
        ),
      )
      try {
        for await (const chunk of stream) yield chunk as Buffer
      } catch (error) {
        throw new UnreadableBag(`${file}: ${path}: ${(error as Error).message}`)
      }
    },
    close: () => zip.close(),
    sha256: hash.digest('hex'),
    bytes: statSync(file).size,
  }
}

function readEntries(zip: yauzl.ZipFile, file: string): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  let bytes = 0
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      bytes += entry.uncompressedSize
      if (entries.size >= maxFiles || bytes > maxBytes)
        return reject(new UnreadableBag(`${file}: larger than a bag may be`))
      if (isBomb(entry))
        return reject(new UnreadableBag(`${file}: ${entry.fileName} unpacks to too much`))
      if (entries.has(entry.fileName))
        return reject(new UnreadableBag(`${file}: ${entry.fileName} is there twice`))
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (error: Error) => reject(new UnreadableBag(`${file}: ${error.message}`)))
    zip.readEntry()
  })
}
