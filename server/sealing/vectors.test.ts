import { describe, expect, test } from 'vitest'
import { bigint, concat, fromHex, hex, scalar32, utf8 } from '../formats/index.ts'
import {
  type BidContext,
  bidKeys,
  bidPoints,
  bidScalar,
  blobAad,
  blobScope,
  boardSecret,
  contextDigest,
  type Envelope,
  encodeEnvelope,
  headerHash,
  isHeaderOpenable,
  openBid,
  openFile,
  openRecoveryFile,
  openWithFilesKey,
  openWithQuotationKey,
  p256Suite,
  parseEnvelope,
  proofLabel,
  readPoint,
  type Suite,
  secondGenerator,
  writePoint,
} from './index.ts'
import { proveWithNonce } from './proof.ts'
import { collected, failure, suiteOf } from './sealing.fixture.ts'
import { sealStreamWithSalt } from './stream.ts'
import { encodeText } from './text.ts'
import envelopes from './vectors/envelope.json' with { type: 'json' }
import recovery from './vectors/recovery.json' with { type: 'json' }

type Vector = (typeof envelopes.envelopes)[number]

function envelopeOf(v: Vector): Envelope {
  const parsed = parseEnvelope(fromHex(v.envelope))
  if (parsed.problem !== undefined) throw new Error(parsed.problem)
  return parsed.envelope
}

const title = (v: Vector) => `${v.suite}, ${v.board ? 'a board' : 'the bidder alone'}`
const boardKeyOf = (v: Vector) => (v.board ? fromHex(v.board.Y) : undefined)

describe.each(envelopes.envelopes.map((v) => [title(v), v] as const))('%s', (_, v) => {
  const suite: Suite = suiteOf(v.suite)
  const context = JSON.parse(v.context) as BidContext
  const ctx = contextDigest(suite, context)
  const s = fromHex(v.s)
  const r = bidScalar(suite, s, ctx)

  test('generator, points, keys and commitment are derived as the vectors have them', () => {
    const { Point, generator2 } = suite.group
    expect(hex(writePoint(generator2))).toBe(v.generator2.point)
    const curve = suite === p256Suite ? 'P-256' : 'SM2'
    expect(secondGenerator(Point, curve, suite.hash).equals(generator2)).toBe(true)
    expect(hex(ctx)).toBe(v.ctx)
    expect(hex(scalar32(r))).toBe(v.r)
    const { R, R2 } = bidPoints(suite, r)
    expect([hex(writePoint(R)), hex(writePoint(R2))]).toEqual([v.R, v.R2])
    const Y = v.board && readPoint(suite.group, fromHex(v.board.Y))
    const secret = Y ? boardSecret(Y, r) : s
    if (v.Z !== undefined) expect(hex(secret)).toBe(v.Z)
    const keys = bidKeys(suite, ctx, writePoint(R), secret)
    for (const name of ['prk', 'quotationKey', 'filesKey', 'commit'] as const) {
      expect(hex(keys[name])).toBe(v[name])
    }
  })

  test('the proof is made and checked as the vectors have it', () => {
    const { header } = envelopeOf(v)
    const label = proofLabel(suite, ctx, header)
    expect(hex(label)).toBe(v.label)
    const proof = proveWithNonce(suite, r, label, bigint(fromHex(v.w)))
    expect([hex(scalar32(proof.e)), hex(scalar32(proof.f))]).toEqual([v.e, v.f])
    expect(isHeaderOpenable(suite, header)).toBe(true)
  })

  test('the envelope is taken apart and made again byte by byte', async () => {
    const envelope = envelopeOf(v)
    expect(new TextDecoder().decode(envelope.headerBytes)).toBe(v.header)
    expect(hex(headerHash(suite, envelope.headerBytes))).toBe(v.headerHash)
    const { header, quotation, files } = envelope
    expect(hex(encodeEnvelope(header, quotation, files))).toBe(v.envelope)
    for (const [name, key, plaintext] of [
      ['quotation', v.quotationKey, v.quotationPlaintext],
      ['files', v.filesKey, v.filesPlaintext],
    ] as const) {
      const plain = fromHex(plaintext)
      const length = new DataView(plain.buffer).getUint32(0)
      const value = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + length)))
      expect(hex(encodeText(value, 256))).toBe(plaintext)
      const keys = { key: fromHex(key), aad: ctx }
      const salt = envelope[name].slice(0, 24)
      const sealed = sealStreamWithSalt(suite, keys, [plain], { chunkBytes: 64 }, salt)
      expect(hex(await collected(sealed))).toBe(hex(envelope[name]))
    }
  })

  test('it opens by its secret, the quotation also by its own key', async () => {
    const envelope = envelopeOf(v)
    const opened = (await openBid(suite, envelope, { s, boardKey: boardKeyOf(v) })).value!
    expect(opened.quotation.value).toMatchObject({ totalFen: 1234567890 })
    expect(opened.files.value!.files[0]).toMatchObject({ name: '投标函.txt', role: 'letter' })
    const byKey = await openWithQuotationKey(suite, envelope, fromHex(v.quotationKey))
    expect(byKey).toEqual(opened.quotation)
    expect(await openWithFilesKey(suite, envelope, fromHex(v.filesKey))).toEqual(opened.files)
    if (v.Z === undefined) return
    expect((await openBid(suite, envelope, { Z: fromHex(v.Z) })).value).toEqual(opened)
  })

  test('its file opens, whose aad binds it to its bidder', async () => {
    const { header, files } = envelopeOf(v)
    const { value } = await openWithFilesKey(
      suite,
      { ...envelopeOf(v), files },
      fromHex(v.filesKey),
    )
    const file = value!.files[0]!
    const blob = header.blobs.find(({ id }) => id === v.file.id)!
    const scope = blobScope(header.context)
    expect(hex(blobAad(suite, scope, v.file.id))).toBe(v.file.aad)
    const what = { scope, blob, file, chunkBytes: 64 }
    expect(hex(await collected(openFile(suite, what, [fromHex(v.file.blob)])))).toBe(
      v.file.plaintext,
    )
    const other = { ...what, scope: { ...scope, party: 'another' } }
    const opened = collected(openFile(suite, other, [fromHex(v.file.blob)]))
    expect((await failure(opened))?.problem).toBe('file-commitment-differs')
  })

  test('each tampering has its finding, index and fault', async () => {
    for (const case_ of v.tampered) {
      const changed = {
        ...envelopeOf(v),
        ...('quotation' in case_ && { quotation: fromHex(case_.quotation!) }),
        ...('files' in case_ && { files: fromHex(case_.files!) }),
      }
      const opened =
        case_.quotationKey !== undefined
          ? { quotation: await openWithQuotationKey(suite, changed, fromHex(case_.quotationKey)) }
          : case_.filesKey !== undefined
            ? { files: await openWithFilesKey(suite, changed, fromHex(case_.filesKey)) }
            : (await openBid(suite, changed, { s, boardKey: boardKeyOf(v) })).value!
      const found =
        'files' in opened && opened.files?.finding
          ? opened.files.finding
          : opened.quotation!.finding!
      expect({ change: case_.change, finding: found.problem, index: found.place.index }).toEqual({
        change: case_.change,
        finding: case_.finding,
        index: case_.index,
      })
      expect(found.fault).toBe(case_.fault ?? null)
      if ('files' in case_) expect(opened.quotation!.finding).toBeUndefined()
    }
  })
})

describe.each(recovery.files.map((v) => [v.suite, v] as const))('a recovery file, %s', (_, v) => {
  const suite = suiteOf(v.suite)
  const shape = { chunkBytes: 64 }

  test('opens by its pass phrase, also typed in another normal form', async () => {
    const key = await suite.stretch(utf8(v.passPhrase), fromHex(v.file).slice(8, 24), v.iterations)
    expect(hex(key)).toBe(v.key)
    const opened = await openRecoveryFile(suite, fromHex(v.file), v.passPhrase, shape)
    expect(opened).toEqual(JSON.parse(v.plaintext))
  })

  test('names a wrong pass phrase, a change and a cut', async () => {
    const file = fromHex(v.file)
    const at = (bytes: Uint8Array, phrase = v.passPhrase) =>
      failure(openRecoveryFile(suite, bytes, phrase, shape))
    expect((await at(file, '阳光'))?.problem).toBe('recovery-commitment-differs')
    expect((await at(concat(utf8('X'), file.subarray(1))))?.problem).toBe('recovery-unrecognised')
    const changed = file.slice()
    changed[84 + 64 + suite.tagBytes]! ^= 1
    expect(await at(changed)).toEqual({ problem: 'recovery-chunk-altered', index: 1 })
    expect((await at(file.subarray(0, 84 + 64 + suite.tagBytes)))?.problem).toBe(
      'recovery-truncated',
    )
    expect((await at(file.subarray(0, 20)))?.problem).toBe('recovery-truncated')
    const endless = file.slice()
    endless[24] = 0xff
    expect((await at(endless))?.problem).toBe('recovery-unrecognised')
  })
})
