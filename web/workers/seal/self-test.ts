import { equal, fromB64u } from '../../../server/formats/bytes.ts'
import { canonicalBytes } from '../../../server/formats/jcs.ts'
import {
  blobAad,
  blobMagic,
  blobScope,
  chunkRange,
  chunkReader,
  headBytes,
  openBid,
  p256Suite,
  parseEnvelope,
  plainBytes,
} from '../../../server/sealing/index.ts'
import { keyHolder, unwrapSecret } from '../../../server/trust/enveloped.ts'
import { errorOf, SealError } from './failure.ts'
import type { TestResult } from './messages.ts'
import { type Line, patiently } from './patience.ts'
import type { Sealed } from './session.ts'

const mostTries = 6

/**
 * The self-test before the act: opens what was sealed as the opening will, with the real key, and
 * fetches a random piece of each file back from the platform to compare it with the file here.
 * @throws SealError `test-wrap`, `test-text`, `test-file`
 */
export async function selfTest(
  sealed: Sealed,
  key: CryptoKey | null,
  line: Line,
): Promise<TestResult> {
  const isUnwrapped = key !== null && sealed.wrap !== null
  const s = isUnwrapped ? await unwrapped(sealed, key) : sealed.s
  if (!equal(s, sealed.s)) throw new SealError('test-wrap')
  const parsed = parseEnvelope(sealed.envelope)
  if (parsed.problem !== undefined) throw new SealError('test-text')
  const opened = await openBid(p256Suite, parsed.envelope, { s })
  const quotation = opened.value?.quotation.value
  const list = opened.value?.files.value
  if (quotation === undefined || !list) throw new SealError('test-text')
  if (!equal(canonicalBytes(quotation), canonicalBytes(sealed.wish.quotation)))
    throw new SealError('test-text')
  for (const { row, file, blob } of sealed.files) {
    const listed = list.files.find((one) => one.blob === file.blob)
    if (!listed || listed.root !== file.root || listed.name !== file.name)
      throw new SealError('test-text')
    const test = () => testFile(sealed, row, blob.id, blob.bytes, listed.key)
    await patiently(line, test, { tries: 0 }, mostTries)
  }
  return { isUnwrapped, files: sealed.files.length }
}

async function unwrapped(sealed: Sealed, key: CryptoKey): Promise<Uint8Array> {
  try {
    return await unwrapSecret(sealed.wrap as Uint8Array, keyHolder(key))
  } catch {
    throw new SealError('test-wrap')
  }
}

async function testFile(
  { wish }: Sealed,
  row: string,
  id: string,
  bytes: number,
  key: string,
): Promise<void> {
  const { context } = wish
  const { chunkBytes, lot } = context
  const file = wish.files.find((one) => one.row === row)?.file
  const head = await piece(lot, id, 0, blobMagic.length + headBytes)
  if (!equal(head.subarray(0, blobMagic.length), blobMagic)) throw new SealError('test-file')
  const aad = blobAad(p256Suite, blobScope(context), id)
  const read = await chunkReader(
    p256Suite,
    { key: fromB64u(key, 32), aad },
    head.slice(blobMagic.length),
  )
  const plain = plainBytes(p256Suite, bytes - blobMagic.length, chunkBytes)
  if (!read || !file || plain === null) throw new SealError('test-file')
  const chunks = Math.max(1, Math.ceil(plain / chunkBytes))
  const filled = Math.max(1, Math.ceil(file.size / chunkBytes))
  const index = crypto.getRandomValues(new Uint32Array(1))[0] % filled
  const range = chunkRange(p256Suite, index, chunkBytes)
  const from = blobMagic.length + range.start
  const sealedChunk = await piece(lot, id, from, Math.min(bytes, blobMagic.length + range.end))
  const opened = await read(index, index === chunks - 1, sealedChunk)
  const start = index * chunkBytes
  const here = new Uint8Array(await file.slice(start, start + chunkBytes).arrayBuffer())
  if (!opened || !equal(opened.subarray(0, here.length), here)) throw new SealError('test-file')
}

/** Bytes of an own blob, from the platform. */
async function piece(lot: string, id: string, from: number, to: number): Promise<Uint8Array> {
  const answer = await fetch(`/api/lots/${lot}/blobs/${id}`, {
    headers: { range: `bytes=${from}-${to - 1}` },
    cache: 'no-store',
  }).catch(() => null)
  if (!answer) throw new SealError('upload-broken')
  if (answer.status !== 206) throw errorOf(answer.status, await answer.text())
  return new Uint8Array(await answer.arrayBuffer())
}
