import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { readWhole, UnreadableBag } from '../../server/archive/verify/bag.ts'
import { openZipFile } from './zip-files.ts'

async function zip(add: (file: yazl.ZipFile) => void): Promise<Blob> {
  const file = new yazl.ZipFile()
  add(file)
  file.end()
  return new Blob([new Uint8Array(await buffer(file.outputStream as NodeJS.ReadableStream))])
}
const text = Buffer.from('阳光 '.repeat(200_000))
const bag = () =>
  zip((file) => {
    file.addBuffer(text, 'data/包.txt')
    file.addBuffer(text, 'data/stored.txt', { compress: false })
    file.addBuffer(Buffer.alloc(0), 'bagit.txt')
    file.addEmptyDirectory('data/empty')
  })

test('packed and stored files come out as they went in', async () => {
  const files = await openZipFile(await bag())
  expect([...files.paths].sort()).toEqual(['bagit.txt', 'data/stored.txt', 'data/包.txt'])
  for (const path of ['data/包.txt', 'data/stored.txt'])
    expect(Buffer.from(await readWhole(files, path)).equals(text)).toBe(true)
  expect((await readWhole(files, 'bagit.txt')).length).toBe(0)
})

test('sizes in zip64 fields are read', async () => {
  const made = await zip((file) =>
    file.addBuffer(text, 'a.txt', { forceZip64Format: true } as Partial<yazl.Options>),
  )
  const files = await openZipFile(made)
  expect(Buffer.from(await readWhole(files, 'a.txt')).equals(text)).toBe(true)
})

test('what is no zip, or is cut off, is named unreadable', async () => {
  await expect(openZipFile(new Blob(['no zip']))).rejects.toThrow(UnreadableBag)
  const whole = await bag()
  await expect(openZipFile(whole.slice(0, whole.size - 30))).rejects.toThrow(UnreadableBag)
})

test('a file that holds more or less than its directory says is refused', async () => {
  const bytes = new Uint8Array(await (await bag()).arrayBuffer())
  const view = new DataView(bytes.buffer)
  const at = bytes.findIndex(
    (_, i) => i + 4 < bytes.length && view.getUint32(i, true) === 0x02014b50,
  )
  view.setUint32(at + 24, text.length - 1, true)
  const files = await openZipFile(new Blob([bytes]))
  await expect(readWhole(files, 'data/包.txt')).rejects.toThrow('larger')
})
