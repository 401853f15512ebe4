import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat, fromHex, hex, leafHash, merkleRoot, utf8 } from '../formats/index.ts'
import {
  chunkRange,
  chunkReader,
  decoyCount,
  hkdfExpand,
  hkdfExtract,
  isPadded,
  openStream,
  p256Suite,
  paddedBytes,
  padme,
  plainBytes,
  productSizes,
  sealedBytes,
  sealStream,
  smSuite,
  streamRoot,
} from './index.ts'
import { collected, failure, flipBit, inPieces, suiteOf } from './sealing.fixture.ts'
import { sealStreamWithSalt } from './stream.ts'
import hkdf from './vectors/hkdf.json' with { type: 'json' }
import padding from './vectors/padding.json' with { type: 'json' }
import vectors from './vectors/stream.json' with { type: 'json' }

test.each(hkdf)('HKDF: $name', ({ hash, ikm, salt, info, prk, okm }) => {
  const suite = hash === 'sm3' ? smSuite : p256Suite
  const extracted = hkdfExtract(suite, fromHex(salt), fromHex(ikm))
  if (prk !== undefined) expect(hex(extracted)).toBe(prk)
  expect(hex(hkdfExpand(suite, extracted, fromHex(info), okm.length / 2))).toBe(okm)
})

test('padding is that of the vectors', () => {
  for (const [bytes, padded] of padding.padme as [number, number][]) {
    expect(padme(bytes)).toBe(padded)
    expect(isPadded(padded, 0)).toBe(true)
  }
  const { minFileBytes, minTextBytes } = productSizes
  for (const [bytes, padded] of padding.file as [number, number][]) {
    expect(paddedBytes(bytes, minFileBytes)).toBe(padded)
  }
  for (const [bytes, padded] of padding.inner as [number, number][]) {
    expect(paddedBytes(bytes, minTextBytes)).toBe(padded)
  }
  expect(productSizes.blobCounts).toEqual(padding.decoyCounts)
  expect([0, 4, 5, 256, 257].map((files) => decoyCount(files, productSizes))).toEqual([
    4,
    0,
    3,
    0,
    null,
  ])
})

const streams = vectors.streams.map((v) => ({
  ...v,
  suite: suiteOf(v.suite),
  keys: { key: fromHex(v.key), aad: fromHex(v.aad) },
  bytes: concat(fromHex(v.salt), fromHex(v.commitment), ...v.chunks.map(fromHex)),
}))
const shape = { chunkBytes: 64 }

test.each(streams)('$name is sealed as the vectors have it', async (v) => {
  for (const size of [1, 7, 64, 1000]) {
    const plain = inPieces(fromHex(v.plaintext), size)
    const stream = sealStreamWithSalt(v.suite, v.keys, plain, shape, fromHex(v.salt))
    const parts: Uint8Array[] = []
    let step = await stream.next()
    for (; !step.done; step = await stream.next()) parts.push(step.value)
    expect(hex(concat(...parts))).toBe(hex(v.bytes))
    expect(hex(step.value.root)).toBe(v.root)
    expect(step.value.bytes).toBe(sealedBytes(v.suite, v.plaintext.length / 2, 64))
  }
})

test.each(streams)('$name opens, in pieces of any size', async (v) => {
  for (const size of [1, 7, 64, 1000]) {
    const plain = await collected(openStream(v.suite, v.keys, inPieces(v.bytes, size), shape))
    expect(hex(plain)).toBe(v.plaintext)
    const read = await streamRoot(v.suite, inPieces(v.bytes, size), 64)
    expect({ ...read, root: hex(read.root) }).toEqual({ bytes: v.bytes.length, root: v.root })
  }
  expect(plainBytes(v.suite, v.bytes.length, 64)).toBe(v.plaintext.length / 2)
})

test('each tampering of the vectors has its name and index', async () => {
  const v = streams.find(({ name }) => name === vectors.tampered.of)!
  for (const { chunks, commitment, finding, index } of vectors.tampered.cases) {
    const head = [fromHex(v.salt), fromHex(commitment ?? v.commitment)]
    const bytes = concat(...head, ...chunks.map(fromHex))
    const opened = collected(openStream(v.suite, v.keys, [bytes], shape))
    expect(await failure(opened)).toEqual({ problem: finding, index })
  }
})

const anyStream = fc.record({
  suite: fc.constantFrom(p256Suite, smSuite),
  plain: fc.uint8Array({ maxLength: 400 }),
  piece: fc.integer({ min: 1, max: 200 }),
})
const keys = { key: new Uint8Array(32).fill(1), aad: new Uint8Array(32).fill(2) }

test('what is sealed opens again, and its roots are those of the RFC’s tree', () =>
  fc.assert(
    fc.asyncProperty(anyStream, async ({ suite, plain, piece }) => {
      const stream = sealStream(suite, keys, inPieces(plain, piece), {
        ...shape,
        hashContent: true,
      })
      const parts: Uint8Array[] = []
      let step = await stream.next()
      for (; !step.done; step = await stream.next()) parts.push(step.value)
      const leaves = parts.map((part) => leafHash(part, suite.hash))
      expect(step.value.root).toEqual(merkleRoot(leaves, suite.hash))
      expect(parts.slice(1, -1).every((part) => part.length === 64 + suite.tagBytes)).toBe(true)
      const contentLeaves = Array.from({ length: Math.ceil(plain.length / 64) }, (_, i) =>
        leafHash(plain.subarray(64 * i, 64 * i + 64), suite.hash),
      )
      expect(hex(step.value.content.root!)).toBe(hex(merkleRoot(contentLeaves, suite.hash)))
      expect(step.value.content.bytes).toBe(plain.length)
      const opened = openStream(suite, keys, inPieces(concat(...parts), piece), shape)
      expect(hex(await collected(opened))).toBe(hex(plain))
    }),
  ))

test('any flipped bit, key or aad fails: the head as commitment, a chunk by its index', () =>
  fc.assert(
    fc.asyncProperty(anyStream, fc.nat(), async ({ suite, plain, piece }, bit) => {
      const sealed = await collected(sealStream(suite, keys, [plain], shape))
      const at = (bit >> 3) % sealed.length
      const expected =
        at < 56
          ? { problem: 'commitment-differs', index: undefined }
          : { problem: 'chunk-altered', index: Math.floor((at - 56) / (64 + suite.tagBytes)) }
      const source = inPieces(flipBit(sealed, bit), piece)
      expect(await failure(collected(openStream(suite, keys, source, shape)))).toEqual(expected)
      for (const other of [
        { ...keys, key: flipBit(keys.key, bit) },
        { ...keys, aad: flipBit(keys.aad, bit) },
      ]) {
        const opened = collected(openStream(suite, other, [sealed], shape))
        expect((await failure(opened))?.problem).toBe('commitment-differs')
      }
    }),
    { numRuns: 60 },
  ))

test('any cut is named at the last chunk there is', () =>
  fc.assert(
    fc.asyncProperty(anyStream, fc.nat(), async ({ suite, plain }, where) => {
      const sealed = await collected(sealStream(suite, keys, [plain], shape))
      const cut = where % sealed.length
      const expectedBytes = sealed.length
      const source = [sealed.subarray(0, cut)]
      const opened = collected(openStream(suite, keys, source, { ...shape, expectedBytes }))
      const index = Math.max(0, Math.ceil((cut - 56) / (64 + suite.tagBytes)) - 1)
      expect(await failure(opened)).toEqual({ problem: 'truncated', index })
    }),
    { numRuns: 60 },
  ))

test('swapped and repeated chunks are named at the first that is out of place', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(3), fc.nat(3), async (a, b) => {
      const plain = Uint8Array.from({ length: 256 }, (_, i) => i)
      const sealed = await collected(sealStream(p256Suite, keys, [plain], shape))
      const chunk = (i: number) => {
        const { start, end } = chunkRange(p256Suite, i, 64)
        return sealed.subarray(start, end)
      }
      const order = [0, 1, 2, 3]
      order[a] = b
      order[b] = a
      const swapped = concat(sealed.subarray(0, 56), ...order.map(chunk))
      const opened = () => collected(openStream(p256Suite, keys, [swapped], shape))
      if (a !== b) {
        expect(await failure(opened())).toEqual({ problem: 'chunk-altered', index: Math.min(a, b) })
      }
      const repeated = concat(sealed.subarray(0, 56), ...[0, 1, 2, 3].map(chunk), chunk(a))
      expect(await failure(collected(openStream(p256Suite, keys, [repeated], shape)))).toEqual({
        problem: 'chunk-altered',
        index: 3,
      })
    }),
  ))

test('an empty last chunk after others is no second form of one content', async () => {
  const salt = new Uint8Array(24)
  const full = new Uint8Array(64)
  const long = sealStreamWithSalt(p256Suite, keys, [new Uint8Array(65)], shape, salt)
  const [head, first] = [(await long.next()).value, (await long.next()).value]
  const short = await collected(sealStreamWithSalt(p256Suite, keys, [full], shape, salt))
  expect(hex(short.subarray(0, 56))).toBe(hex(head as Uint8Array))
  const { prk } = { prk: hkdfExtract(p256Suite, salt, keys.key) }
  const info = concat(utf8(`yangguang/v1 ${p256Suite.id} key`), Uint8Array.of(0), keys.aad)
  const cipher = await p256Suite.cipher(hkdfExpand(p256Suite, prk, info, 32))
  const nonce = fromHex('000000000000000000000101')
  const empty = await cipher.seal(nonce, keys.aad, new Uint8Array())
  const forged = concat(head as Uint8Array, first as Uint8Array, empty)
  const opened = collected(openStream(p256Suite, keys, [forged], shape))
  expect(await failure(opened)).toEqual({ problem: 'chunk-altered', index: 1 })
})

test('a single chunk opens in its place alone', async () => {
  const plain = Uint8Array.from({ length: 200 }, (_, i) => i)
  const sealed = await collected(sealStream(p256Suite, keys, [plain], shape))
  const read = (await chunkReader(p256Suite, keys, sealed.subarray(0, 56)))!
  const chunk = (i: number) => {
    const { start, end } = chunkRange(p256Suite, i, 64)
    return sealed.subarray(start, end)
  }
  expect(await read(1, false, chunk(1))).toEqual(plain.subarray(64, 128))
  expect(await read(3, true, chunk(3))).toEqual(plain.subarray(192))
  expect(await read(2, false, chunk(1))).toBe(null)
  expect(await read(1, true, chunk(1))).toBe(null)
  const other = { ...keys, key: new Uint8Array(32) }
  expect(await chunkReader(p256Suite, other, sealed.subarray(0, 56))).toBe(null)
})

test('at most four chunks are ahead of the reader, and stopping lets go of the source', async () => {
  let taken = 0
  let isReleased = false
  async function* endless() {
    try {
      for (;;) {
        taken++
        yield new Uint8Array(64)
      }
    } finally {
      isReleased = true
    }
  }
  const stream = sealStream(p256Suite, keys, endless(), shape)
  for (let i = 0; i < 10; i++) await stream.next()
  expect(taken).toBeLessThanOrEqual(9 + 4 + 1) // 9 chunks read, 4 in flight, one to know the last
  await stream.return(undefined as never)
  expect(isReleased).toBe(true)
})

test('a ReadableStream is a source too, and is cancelled when sealing stops', async () => {
  const plain = Uint8Array.from({ length: 300 }, (_, i) => i)
  const readable = () => new Blob([plain]).stream() as ReadableStream<Uint8Array>
  const sealed = await collected(sealStream(p256Suite, keys, readable(), shape))
  expect(hex(await collected(openStream(p256Suite, keys, [sealed], shape)))).toBe(hex(plain))
  let isCancelled = false
  const old = {
    getReader: () => ({
      read: async () => ({ done: false, value: new Uint8Array(64) }),
      cancel: async () => {
        isCancelled = true
      },
      releaseLock: () => {},
    }),
  } as unknown as ReadableStream<Uint8Array>
  const stream = sealStream(p256Suite, keys, old, shape)
  await stream.next()
  await stream.next()
  await stream.return(undefined as never)
  expect(isCancelled).toBe(true)
})

test('a source that fails fails the sealing', async () => {
  const broken = async function* () {
    yield new Uint8Array(100)
    throw new Error('the disk is gone')
  }
  await expect(collected(sealStream(p256Suite, keys, broken(), shape))).rejects.toThrow('the disk')
})
