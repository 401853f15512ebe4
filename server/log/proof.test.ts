import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64, fromHex, hex, utf8 } from '../formats/index.ts'
import {
  addCheckpointRequest,
  buildBatch,
  checkCosignatures,
  consistencyProof,
  cosignNote,
  formatNote,
  formatProof,
  formatVkey,
  inclusionProof,
  isSignedStatement,
  keyTypes,
  makeVkey,
  parseNote,
  parseProof,
  parseVkey,
  publicKeyOf,
  type Receipt,
  signCheckpoint,
  signStatement,
  verifyCheckpoint,
  verifyProof,
} from './index.ts'
import { memoryLog, vectorEntries } from './log.fixture.ts'
import vectors from './vectors/checkpoint.json' with { type: 'json' }
import batches from './vectors/events-batch.json' with { type: 'json' }

const seed = fromHex(vectors.logSeed)
const vkey = parseVkey(vectors.logVkey)
const witness = parseVkey(vectors.witnessVkey)
const pinned = [{ vkey }]
const log = memoryLog(vectorEntries())
const digest = fromHex(batches.events[0]!.digest)

test('vkeys are read, checked and written as the vectors have them', () => {
  expect(formatVkey(makeVkey(vectors.origin, publicKeyOf(seed)))).toBe(vectors.logVkey)
  const name = 'witness.example/w1'
  const key = publicKeyOf(fromHex(vectors.witnessSeed))
  expect(formatVkey(makeVkey(name, key, keyTypes.cosignature))).toBe(vectors.witnessVkey)
  expect(witness.type).toBe(keyTypes.cosignature)
})

test('a vkey whose base64 holds pluses is split at the first two alone', () => {
  for (let n = 0; ; n++) {
    const text = formatVkey(makeVkey('log', publicKeyOf(new Uint8Array(32).fill(n))))
    if (text.split('+').length < 4) continue
    expect(formatVkey(parseVkey(text))).toBe(text)
    break
  }
})

test.each([
  vectors.logVkey.replace('5991dc82', '5991dc83'),
  vectors.logVkey.replace('5991dc82', '5991DC82'),
  vectors.logVkey.slice(0, -4),
  `a ${vectors.logVkey}`,
  'log',
  'log+00000000+',
])('a vkey that is not its own is refused: %s', (text) =>
  expect(() => parseVkey(text)).toThrow('vkey-malformed'),
)

test('checkpoints and the witness’s line are signed as the vectors have them', async () => {
  const at = async (size: number) =>
    signCheckpoint({ origin: vectors.origin, size, root: log.rootAt(size) }, { vkey, signer: seed })
  expect(await at(301)).toBe(vectors.checkpoint301)
  const note = parseNote(await at(520))
  const line = await cosignNote(
    note.text,
    witness,
    vectors.cosignatureTime,
    fromHex(vectors.witnessSeed),
  )
  const cosigned = { ...note, signatures: [...note.signatures, line] }
  expect(formatNote(cosigned)).toBe(vectors.checkpoint520)
  const consistency = await consistencyProof(301, 520, log.read)
  expect(addCheckpointRequest(301, consistency, await at(520))).toBe(vectors.addCheckpointRequest)
})

test('a checkpoint is good under a pinned key of its size alone', () => {
  const good = verifyCheckpoint(vectors.checkpoint520, pinned)
  expect(good).toMatchObject({ checkpoint: { origin: vectors.origin, size: 520 } })
  const stranger = makeVkey(vectors.origin, publicKeyOf(new Uint8Array(32)))
  for (const keys of [
    [],
    [{ vkey: stranger }],
    [{ vkey, fromSize: 521 }],
    [{ vkey, toSize: 519 }],
  ]) {
    expect(verifyCheckpoint(vectors.checkpoint520, keys).problem).toBe('checkpoint-key-unknown')
  }
})

test('a cosignature counts once a witness, and one of another checkpoint is wrong', () => {
  const note = parseNote(vectors.checkpoint520)
  expect(checkCosignatures(note, [witness, witness], 1)).toEqual({
    good: [{ name: 'witness.example/w1', atSeconds: vectors.cosignatureTime }],
    wrong: [],
    isQuorum: true,
  })
  const moved = { ...parseNote(vectors.checkpoint301), signatures: note.signatures }
  expect(checkCosignatures(moved, [witness], 1)).toEqual({
    good: [],
    wrong: ['witness.example/w1'],
    isQuorum: false,
  })
})

test('the vectors’ proof is made from tiles, read and verified', async () => {
  const built = buildBatch(
    batches.batch.slots.map((slot, i) => ({ slot, digest: fromHex(batches.events[i]!.digest) })),
    fromHex(batches.batch.secret),
  )
  const slot = batches.batch.slots[0]!
  const proof = formatProof({
    slot,
    batchPath: built.path(slot),
    entry: fromHex(batches.entry.bytes),
    index: 300,
    path: await inclusionProof(300, 520, log.read),
    checkpoint: vectors.checkpoint520,
  })
  expect(proof).toBe(vectors.proof)
  expect(formatProof(parseProof(proof))).toBe(proof)
  const verdict = verifyProof(proof, digest, pinned)
  expect(verdict).toMatchObject({ problems: [], entry: { atMs: batches.entry.at } })
})

const change = (fields: Partial<ReturnType<typeof parseProof>>) =>
  formatProof({ ...parseProof(vectors.proof), ...fields })

test('each thing wrong with a proof has its name', () => {
  const other = fromHex(batches.events[1]!.digest)
  expect(verifyProof(vectors.proof, other, pinned).problems).toEqual(['leaf-not-in-batch'])
  const moved = change({ index: 301 })
  expect(verifyProof(moved, digest, pinned).problems).toEqual(['inclusion-proof-wrong'])
  const otherRoot = vectors.checkpoint520.replace(base64(log.rootAt(520)), base64(log.rootAt(301)))
  expect(verifyProof(change({ checkpoint: otherRoot }), digest, pinned).problems).toEqual([
    'inclusion-proof-wrong',
    'checkpoint-signature-wrong',
  ])
  expect(verifyProof(vectors.proof, digest, []).problems).toEqual(['checkpoint-key-unknown'])
  expect(verifyProof(`${vectors.proof}x`, digest, pinned).problems).toEqual([
    'checkpoint-malformed',
  ])
  expect(verifyProof(vectors.proof.slice(1), digest, pinned).problems).toEqual(['proof-malformed'])
})

test('a proof under a stranger’s key of the same name names the key unknown', async () => {
  const stranger = new Uint8Array(32).fill(7)
  const checkpoint = await signCheckpoint(
    { origin: vectors.origin, size: 520, root: log.rootAt(520) },
    { vkey: makeVkey(vectors.origin, publicKeyOf(stranger)), signer: stranger },
  )
  const { problems } = verifyProof(change({ checkpoint }), digest, pinned)
  expect(problems).toEqual(['checkpoint-key-unknown'])
})

test('a proof with any changed byte above the witness’s line never verifies', () => {
  const bytes = utf8(vectors.proof)
  const end = vectors.proof.indexOf('\u2014 witness') // ASCII up to the log's own dash
  fc.assert(
    fc.property(fc.nat(end - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
      const changed = new TextDecoder().decode(bytes.with(at, bytes[at]! ^ flip))
      expect(verifyProof(changed, digest, pinned).problems).not.toEqual([])
    }),
    { numRuns: 300 },
  )
})

const receipt: Receipt = {
  v: 1,
  kind: 'receipt',
  event: { v: 1, type: 'BidSubmitted' },
  eventSalt: 'AA',
  actDigest: 'AA',
  parts: [{ part: 'whole', headerHash: 'AA' }],
  blobs: [{ id: 'AA', bytes: 262_216, root: 'AA' }],
  proofChecked: true,
  nonce: 'AA',
  receivedAt: '2026-03-23T01:29:50.123Z',
  recordedAt: '2026-11-25T01:59:50.123Z',
  deadline: '2026-03-23T01:30:00.000Z',
  tlogProof: vectors.proof,
}

test('a receipt is signed whole: no field can change, go or come, nor its kind', async () => {
  const signed = { ...(await signStatement(receipt, seed)) }
  expect(isSignedStatement({ ...signed }, [vkey])).toBe(true)
  expect(isSignedStatement({ ...signed }, [witness])).toBe(false)
  expect(isSignedStatement({ ...signed, deadline: '2026-03-23T01:29:00.000Z' }, [vkey])).toBe(false)
  expect(isSignedStatement({ ...signed, kind: 'refusal' }, [vkey])).toBe(false)
  expect(isSignedStatement({ ...signed, more: 1 }, [vkey])).toBe(false)
  expect(isSignedStatement({ ...signed, more: 0.5 }, [vkey])).toBe(false)
  const { nonce: _, ...fewer } = signed
  expect(isSignedStatement(fewer, [vkey])).toBe(false)
})

test('a key kept elsewhere signs the same bytes', async () => {
  const messages: Uint8Array[] = []
  const signed = await signStatement(receipt, (message) => {
    messages.push(message)
    return new Uint8Array(64)
  })
  expect(new TextDecoder().decode(messages[0]).slice(0, 41)).toBe(
    'yangguang/v1 receipt\n{"actDigest":"AA","b',
  )
  expect(isSignedStatement({ ...signed }, [vkey])).toBe(false)
  expect(hex(messages[0]!).length).toBeGreaterThan(100)
})
