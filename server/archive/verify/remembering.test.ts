import { expect, test } from 'vitest'
import { type BagFiles, readWhole } from './bag.ts'
import { remembering } from './remembering.ts'

/** Files in memory that count how often each was read. */
function counting(contents: Readonly<Record<string, Uint8Array[]>>) {
  const reads: string[] = []
  const files: BagFiles = {
    paths: Object.keys(contents),
    stream: async function* (path) {
      reads.push(path)
      yield* contents[path]
    },
  }
  return { files, reads }
}
const piece = (bytes: number, fill: number) => new Uint8Array(bytes).fill(fill)

test('a small file is read once, a large one each time, and both are whole', async () => {
  const large = [piece(40_000, 1), piece(40_000, 2)]
  const { files, reads } = counting({ small: [piece(10, 3), piece(5, 4)], large, empty: [] })
  const known = remembering(files)
  for (let i = 0; i < 3; i++) {
    expect([...(await readWhole(known, 'small'))]).toEqual([...piece(10, 3), ...piece(5, 4)])
    expect(await readWhole(known, 'large')).toHaveLength(80_000)
    expect(await readWhole(known, 'empty')).toHaveLength(0)
  }
  expect(reads.sort()).toEqual(['empty', 'large', 'large', 'large', 'small'])
})

test('no more is kept than it may hold, and nothing that was not read to its end', async () => {
  const { files, reads } = counting({ a: [piece(60, 1)], b: [piece(60, 2)], c: [piece(30, 3)] })
  const known = remembering(files, 100)
  for await (const _ of known.stream('c')) break
  for (const path of ['a', 'b', 'c', 'a', 'b', 'c']) await readWhole(known, path)
  expect(reads).toEqual(['c', 'a', 'b', 'c', 'b'])
})

test('a file that cannot be read fails each time', async () => {
  const known = remembering({
    paths: ['broken'],
    // biome-ignore lint/correctness/useYield: it fails before its first piece
    stream: async function* () {
      throw new Error('broken')
    },
  })
  for (let i = 0; i < 2; i++) await expect(readWhole(known, 'broken')).rejects.toThrow('broken')
})
