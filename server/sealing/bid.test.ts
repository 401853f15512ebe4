import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { b64u, concat, fromB64u, hex, u32, utf8 } from '../formats/index.ts'
import {
  blobScope,
  checkSubmission,
  type EnvelopeHeader,
  encodeEnvelope,
  newBidSecret,
  openBid,
  openFile,
  p256Suite,
  parseEnvelope,
  type Release,
  type Suite,
  smSuite,
  writePoint,
} from './index.ts'
import {
  collected,
  context,
  expected,
  failure,
  flipBit,
  inPieces,
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

describe.each([p256Suite, smSuite])('a bid under $id', (suite: Suite) => {
  test('is accepted as sealed, opens by its secret, and each file comes back', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 300 }),
        async (contents, piece) => {
          const bid = await sealedBid(contents, suite)
          const checked = await check(bid)
          expect(checked.problem).toBeUndefined()
          expect('headerHash' in checked && hex(checked.headerHash)).toBe(hex(bid.headerHash))
          expect(smallSizes.blobCounts).toContain(bid.header.blobs.length)
          const opened = (await openAll(bid)).value!
          expect(opened.quotation.value).toEqual(quotation)
          expect(opened.files.value!.files).toEqual(bid.files.map(({ file }) => file))
          for (const [i, content] of contents.entries()) {
            const blob = bid.store.blob(bid.files[i]!.blob.id)
            const plain = openFile(suite, fileOf(bid, i), inPieces(blob, piece))
            expect(hex(await collected(plain))).toBe(hex(content))
          }
        },
      ),
      { numRuns: 12 },
    ))

  test('under a board opens by its secret or by Z, and by no other', async () => {
    const Y = writePoint(suite.group.Point.BASE.multiply(7n))
    const bid = await sealedBid([], suite, context({ suite: suite.id, board: 'b-1' }), Y)
    expect((await check(bid)).problem).toBeUndefined()
    const opened = await openAll(bid, { s: bid.s, boardKey: Y })
    const R = suite.group.Point.fromBytes(fromB64u(bid.header.R))
    expect(await openAll(bid, { Z: writePoint(R.multiply(7n)) })).toEqual(opened)
    const other = await openAll(bid, { Z: writePoint(R.multiply(8n)) })
    expect(other.finding).toMatchObject({ problem: 'bid-commitment-differs', fault: 'bidder' })
    const stranger = await openAll(bid, { s: newBidSecret(), boardKey: Y })
    expect(stranger.finding).toMatchObject({ problem: 'key-not-this-bid', fault: 'bidder' })
  })
})

const bid = await sealedBid([utf8('阳光'.repeat(30)), utf8('x'), new Uint8Array(300)])

/** The envelope with another header, shaped and written as it should be. */
function withHeader(changes: Partial<EnvelopeHeader>): Uint8Array {
  const { envelope } = parseEnvelope(bid.envelope) as {
    envelope: { quotation: Uint8Array; files: Uint8Array }
  }
  return encodeEnvelope({ ...bid.header, ...changes }, envelope.quotation, envelope.files)
}

const spaced = (text: string) => {
  const header = utf8(text)
  return concat(bid.envelope.subarray(0, 8), u32(header.length), header)
}
const headerText = () => {
  const length = new DataView(bid.envelope.buffer, bid.envelope.byteOffset).getUint32(8)
  return new TextDecoder().decode(bid.envelope.subarray(12, 12 + length))
}

test.each([
  ['nothing', new Uint8Array(), 'envelope-truncated'],
  ['another file', utf8('%PDF-1.7'), 'envelope-unrecognised'],
  ['another version', concat(utf8('YGSEAL'), Uint8Array.of(2, 10)), 'envelope-unrecognised'],
  ['its first half', bid.envelope.subarray(0, bid.envelope.length >> 1), 'envelope-truncated'],
  ['all but a byte', bid.envelope.subarray(0, -1), 'envelope-truncated'],
  ['a byte more', concat(bid.envelope, new Uint8Array(1)), 'envelope-trailing-bytes'],
  ['a vast header', concat(bid.envelope.subarray(0, 8), u32(65_537)), 'header-too-large'],
  ['a spaced header', spaced(headerText().replace(':', ': ')), 'header-not-canonical'],
  ['a field more', spaced(headerText().replace(/}$/, ',"w":1}')), 'header-not-canonical'],
  ['a field twice', spaced(headerText().replace('"v":1', '"v":1,"v":1')), 'header-not-canonical'],
  ['no object', spaced('[]'), 'header-not-canonical'],
  [
    'blobs out of order',
    withHeader({ blobs: bid.header.blobs.toReversed() }),
    'header-not-canonical',
  ],
  [
    'a blob twice',
    withHeader({ blobs: [bid.header.blobs[0]!, bid.header.blobs[0]!] }),
    'header-not-canonical',
  ],
  [
    'R off the curve',
    withHeader({ R: b64u(new Uint8Array(33).fill(2).fill(0xff, 1)) }),
    'point-invalid',
  ],
  [
    'R2 of another prefix',
    withHeader({ R2: b64u(fromB64u(bid.header.R2).with(0, 4)) }),
    'point-invalid',
  ],
  [
    'points exchanged',
    withHeader({ R: bid.header.R2, R2: bid.header.R }),
    'openability-proof-wrong',
  ],
  ['another commitment', withHeader({ commit: sha('A') }), 'openability-proof-wrong'],
  [
    'f of the order and more',
    withHeader({ f: b64u(new Uint8Array(32).fill(0xff)) }),
    'openability-proof-wrong',
  ],
  ['a blob less', withHeader({ blobs: bid.header.blobs.slice(1) }), 'openability-proof-wrong'],
])('an envelope that is %s is refused', async (_, bytes, problem) =>
  expect((await check(bid, bytes)).problem).toBe(problem),
)

test.each([
  [{ platform: 'another' }, 'wrong-platform'],
  [{ tender: 'T-2', lot: 'L2' }, 'wrong-tender'],
  [{ lot: 'L2', part: 'price' }, 'wrong-lot'],
  [{ part: 'price' }, 'wrong-part'],
  [{ document: { version: 2, sha256: sha('A') } }, 'document-version-stale'],
  [{ document: { version: 1, sha256: sha('E') } }, 'document-version-stale'],
  [{ bidder: { party: 'B', certSha256: sha('E') } }, 'wrong-bidder'],
  [{ bidder: { party: '91330100MA27XY0001', certSha256: sha('A') } }, 'wrong-bidder'],
  [{ board: 'b-1' }, 'wrong-board'],
  [{ suites: [] }, 'suite-not-allowed'],
])('a bid for a tender that expects %j is refused: %s', async (changes, problem) =>
  expect((await check(bid, bid.envelope, changes)).problem).toBe(problem),
)

test('another’s header with one’s own name has no proof', async () => {
  const mine = { party: '91371302MA3C000116', certSha256: sha('I') }
  const copied = withHeader({ context: { ...bid.context, bidder: mine } })
  expect((await check(bid, copied, { bidder: mine })).problem).toBe('openability-proof-wrong')
})

test('a point that another envelope has is refused', async () => {
  const facts = { isPointUsed: (R: string) => R === bid.header.R }
  expect((await check(bid, bid.envelope, {}, facts)).problem).toBe('point-reused')
})

test('blobs that are missing, altered or another’s are named', async () => {
  const { id } = bid.header.blobs[1]!
  const present = bid.present.get(id)!
  const having = (changed: object | null) => ({
    blob: (asked: string) =>
      asked === id ? changed && { ...present, ...changed } : bid.present.get(asked)!,
  })
  const found = (changed: object | null) => check(bid, bid.envelope, {}, having(changed))
  expect(await found(null)).toEqual({ problem: 'blob-missing', blob: id })
  expect(await found({ root: sha('A') })).toEqual({ problem: 'blob-altered', blob: id })
  expect(await found({ bytes: 1 })).toEqual({ problem: 'blob-altered', blob: id })
  expect(await found({ isForeign: true })).toEqual({ problem: 'blob-foreign', blob: id })
})

test('sizes that are not padded, and too large ones, are refused', async () => {
  const at = async (sizes: object) =>
    (
      await checkSubmission(
        bid.envelope,
        expected(bid.context),
        { blob: (id) => bid.present.get(id) ?? null },
        { ...smallSizes, ...sizes },
      )
    ).problem
  expect(await at({ minTextBytes: 4096 })).toBe('size-unpadded')
  expect(await at({ minFileBytes: 1024 })).toBe('size-unpadded')
  expect(await at({ blobCounts: [5] })).toBe('size-unpadded')
  expect(await at({ maxFileBytes: 200 })).toBe('bid-too-large')
  expect(await at({ maxBidBytes: 1000 })).toBe('bid-too-large')
  expect(await at({ chunkBytes: 128 })).toBe('suite-not-allowed')
})

test('a file, a bid or a number of files beyond the bounds is not sealed', async () => {
  const big = await failure(sealedBid([new Uint8Array(smallSizes.maxFileBytes + 1)]))
  expect(big?.problem).toBe('bid-too-large')
  const many = await failure(sealedBid(Array.from({ length: 9 }, () => new Uint8Array(1))))
  expect(many?.problem).toBe('bid-too-large')
  const full = await failure(sealedBid(Array.from({ length: 5 }, () => new Uint8Array(4000))))
  expect(full?.problem).toBe('bid-too-large')
})

test('any flipped bit of an envelope is refused by name', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(bid.envelope.length * 8 - 1), async (bit) => {
      const changed = await check(bid, flipBit(bid.envelope, bit))
      expect(changed.problem).toMatch(
        /^(envelope|header|suite|wrong|document|point|openability|quotation|files)-/,
      )
    }),
    { numRuns: 150 },
  ))
