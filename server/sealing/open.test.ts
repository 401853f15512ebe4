import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat, equal, utf8 } from '../formats/index.ts'
import {
  blobMagic,
  blobScope,
  checkSubmission,
  fileChunks,
  fileHeadBytes,
  openBid,
  openFile,
  p256Suite,
  parseEnvelope,
  type Release,
  sealEnvelope,
} from './index.ts'
import {
  blobOf,
  collected,
  context,
  expected,
  flipBit,
  quotation,
  sealedBid,
  sha,
  smallSizes,
} from './sealing.fixture.ts'

type Bid = Awaited<ReturnType<typeof sealedBid>>

const check = (bid: Bid, envelope = bid.envelope, changes = {}, facts = {}) =>
  checkSubmission(
    envelope,
    { ...expected(bid.context), ...changes },
    { blob: (id) => bid.present.get(id) ?? null, ...facts },
    smallSizes,
  )

async function openAll(bid: Bid, release: Release = { s: bid.s }) {
  const parsed = parseEnvelope(bid.envelope)
  if (parsed.problem !== undefined) throw new Error(parsed.problem)
  return openBid(bid.suite, parsed.envelope, release)
}

const fileOf = (bid: Bid, i: number) => {
  const { blob, file } = bid.files[i]!
  return { scope: blobScope(bid.context), blob, file, chunkBytes: smallSizes.chunkBytes }
}

const bid = await sealedBid([utf8('阳光'.repeat(30)), utf8('x'), new Uint8Array(300)])

test('any flipped bit of a stream stops its opening, as the platform’s fault', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom('quotation', 'files'), fc.nat(), async (name, bit) => {
      const parsed = parseEnvelope(bid.envelope)
      if (parsed.problem !== undefined) throw new Error(parsed.problem)
      const { envelope } = parsed
      const changed = { ...envelope, [name]: flipBit(envelope[name as 'files'], bit) }
      const opened = (await openBid(p256Suite, changed, { s: bid.s })).value!
      const at = (bit >> 3) % envelope[name as 'files'].length
      expect(opened[name as 'files'].finding).toEqual({
        problem: `${name}-${at < 56 ? 'commitment-differs' : 'chunk-altered'}`,
        place: at < 56 ? {} : { index: Math.floor((at - 56) / 80) },
        fault: 'platform',
      })
      const other = name === 'files' ? 'quotation' : 'files'
      expect(opened[other].finding).toBeUndefined()
    }),
    { numRuns: 60 },
  ))

test('any flipped bit or cut of a blob is named, as the platform’s fault', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(), async (i, bit, cut) => {
      const { id } = bid.files[i]!.blob
      const blob = bid.store.blob(id)
      const error = async (bytes: Uint8Array) =>
        collected(openFile(p256Suite, fileOf(bid, i), [bytes])).then(
          () => null,
          ({ problem, place, fault }) => ({ problem, place, fault }),
        )
      const at = (bit >> 3) % blob.length
      const index = Math.max(0, Math.floor((at - 64) / 80))
      const isHead = at >= 8 && at < 64
      expect(await error(flipBit(blob, bit))).toEqual({
        problem: isHead ? 'file-commitment-differs' : 'file-chunk-altered',
        place: isHead ? { field: id } : { field: id, index },
        fault: 'platform',
      })
      const short = await error(blob.subarray(0, cut % blob.length))
      expect(short).toMatchObject({ problem: 'file-truncated', fault: 'platform' })
    }),
    { numRuns: 60 },
  ))

test('any chunk of a file opens by itself, in its place alone', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(), async (i, bit, other) => {
      const { file, blob: record } = bid.files[i]!
      const blob = bid.store.blob(record.id)
      const head = blob.subarray(0, fileHeadBytes)
      const chunks = await fileChunks(p256Suite, fileOf(bid, i), head)
      const count = Math.ceil((blob.length - fileHeadBytes) / (chunks.chunkBytes + 16))
      const sealed = (at: number) => blob.subarray(chunks.place(at).start, chunks.place(at).end)
      const parts = await Promise.all(
        Array.from({ length: count }, (_, at) => chunks.open(at, sealed(at))),
      )
      const whole = concat(...parts)
      expect(whole.length).toBe(file.bytes)
      expect(equal(whole, await collected(openFile(p256Suite, fileOf(bid, i), [blob])))).toBe(true)
      const at = other % count
      const altered = { problem: 'file-chunk-altered', place: { field: record.id, index: at } }
      await expect(chunks.open(at, flipBit(sealed(at), bit))).rejects.toMatchObject(altered)
      if (count > 1)
        await expect(chunks.open(at, sealed((at + 1) % count))).rejects.toMatchObject(altered)
      const wrong = fileChunks(p256Suite, fileOf(bid, i), flipBit(head, bit))
      await expect(wrong).rejects.toMatchObject({ place: { field: record.id } })
    }),
    { numRuns: 60 },
  ))

/** A bid sealed by a cheat: what it lists is not what its blobs hold, but all roots are signed. */
async function cheat(change: (file: Bid['files'][0]) => Bid['files'][0]) {
  const decoys = bid.header.blobs.filter((b) => !bid.files.some(({ blob }) => blob.id === b.id))
  const files = bid.files.map((file, i) => (i === 0 ? change(file) : file))
  const { context: bidContext, s } = bid
  const sealed = await sealEnvelope(
    p256Suite,
    {
      ...{ context: bidContext, s, boardKey: null, quotation, files, decoys },
      sealedWith: { bundleSha256: sha('I'), version: '0.1.0' },
    },
    smallSizes,
  )
  return { ...bid, ...sealed, files }
}
const openFirst = async (forged: Bid) => {
  const blob = forged.store.blob(bid.files[0]!.blob.id)
  return collected(openFile(p256Suite, fileOf(forged, 0), [blob])).then(
    () => null,
    ({ problem, fault }) => ({ problem, fault }),
  )
}

test('a file list that lies about its files is the bidder’s fault', async () => {
  const wrongKey = await cheat((f) => ({ ...f, file: { ...f.file, key: sha('A') } }))
  expect((await check(wrongKey)).problem).toBeUndefined() // nobody can see it before opening
  expect(await openFirst(wrongKey)).toEqual({ problem: 'file-commitment-differs', fault: 'bidder' })
  const wrongRoot = await cheat((f) => ({ ...f, file: { ...f.file, root: sha('A') } }))
  expect(await openFirst(wrongRoot)).toEqual({ problem: 'file-digest-differs', fault: 'bidder' })
  const shorter = await cheat((f) => ({ ...f, file: { ...f.file, bytes: f.file.bytes - 1 } }))
  expect(await openFirst(shorter)).toEqual({ problem: 'file-digest-differs', fault: 'bidder' })
  const longer = await cheat((f) => ({ ...f, file: { ...f.file, bytes: 10_000 } }))
  expect(await openFirst(longer)).toEqual({ problem: 'file-digest-differs', fault: 'bidder' })
})

test('files that are not the signed blobs, each once, are named', async () => {
  const other = bid.files[1]!.blob.id
  const twice = await cheat((f) => ({ ...f, file: { ...f.file, blob: other } }))
  const opened = (await openAll(twice)).value!
  expect(opened.files.finding).toMatchObject({ problem: 'files-blobs-differ', fault: 'bidder' })
  expect(opened.quotation.value).toEqual(quotation)
})

test('a quotation that is not of the tender’s form is named, the files still open', async () => {
  const parsed = parseEnvelope(bid.envelope)
  if (parsed.problem !== undefined) throw new Error(parsed.problem)
  const opened = (await openBid(p256Suite, parsed.envelope, { s: bid.s }, () => false)).value!
  expect(opened.quotation.finding).toMatchObject({ problem: 'quotation-invalid', fault: 'bidder' })
  expect(opened.files.value).toBeDefined()
})

test('a part without prices has the quotation null', async () => {
  const sealed = await sealEnvelope(
    p256Suite,
    {
      ...{ context: context({ part: 'technical' }), s: bid.s, boardKey: null, quotation: null },
      ...{ files: [], decoys: [], sealedWith: { bundleSha256: sha('I'), version: '0.1.0' } },
    },
    smallSizes,
  )
  const opened = await openAll({ ...bid, envelope: sealed.envelope })
  expect(opened.value!.quotation).toEqual({ value: null })
})

test('nothing repeats between two sealings of the same bid', async () => {
  const again = await cheat((f) => f)
  expect(equal(again.envelope, bid.envelope)).toBe(false)
  expect(again.header.R).toBe(bid.header.R) // the same s: a caller who reuses it is seen
  expect(again.header.quotation.root).not.toBe(bid.header.quotation.root)
  expect(again.header.f).not.toBe(bid.header.f)
})

test('a blob begins with its magic and is padded', () => {
  for (const { id, bytes } of bid.header.blobs) {
    const blob = bid.store.blob(id)
    expect(equal(blob.subarray(0, 8), blobMagic)).toBe(true)
    expect(blobOf(bid.header.blobs, id).bytes).toBe(blob.length)
    expect(bytes).toBe(blob.length)
  }
})
