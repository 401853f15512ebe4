import { b64u, concat, fromB64u } from '../../server/formats/bytes.ts'
import { blobAad } from '../../server/sealing/derive.ts'
import {
  blobMagic,
  type FileToSeal,
  newBlobId,
  openStream,
  p256Suite,
  productSizes,
  type SealedFile,
  sealFile,
  streamRoot,
} from '../../server/sealing/index.ts'

/** What is asked of the place where sealing runs: the same code in Node and in a worker. */
const { chunkBytes } = productSizes
const chunksPerMib = 1024 ** 2 / chunkBytes
const scope = {
  platform: `yg-${'a'.repeat(26)}`,
  tender: 'YG-20260302-BENCH2',
  lot: 'YG-20260302-BENCH2-1',
  party: 'bench',
}
const piece = crypto.getRandomValues(new Uint8Array(65_536))
const chunk = new Uint8Array(chunkBytes).map((_, i) => piece[i % piece.length])

/** The same chunk again and again: reading costs nothing. */
async function* repeated(mib: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < mib * chunksPerMib; i++) yield chunk
}

async function seal(
  mib: number,
  id: string,
  take: (bytes: Uint8Array) => void,
): Promise<SealedFile> {
  const file: FileToSeal = {
    source: repeated(mib),
    name: 'a.pdf',
    mediaType: 'application/pdf',
    role: 'technical',
  }
  return sealFile(p256Suite, scope, id, file, take, productSizes)
}

/** Four at a time over all chunks, and nothing else. */
async function primitives(
  mib: number,
  work: (key: CryptoKey) => Promise<unknown>,
): Promise<number> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const started = performance.now()
  let left = mib * chunksPerMib
  const lane = async () => {
    while (left-- > 0) await work(key)
  }
  await Promise.all([lane(), lane(), lane(), lane()])
  return (performance.now() - started) / 1000
}
const iv = new Uint8Array(12)
const gcm = (key: CryptoKey) => crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, chunk)
const hash = (bytes: BufferSource) => crypto.subtle.digest('SHA-256', bytes)

interface Wish {
  readonly mib: number
}

/** Each answers with seconds, but `check`, which throws where anything differs. */
export const sealCalls = {
  product: async ({ mib }: Wish): Promise<number> => {
    const started = performance.now()
    const { file } = await seal(mib, newBlobId(), () => {})
    if (file.bytes !== mib * 1024 ** 2) throw new Error(`${file.bytes} bytes were sealed`)
    return (performance.now() - started) / 1000
  },
  gcmAndHash: ({ mib }: Wish) => primitives(mib, async (key) => hash(await gcm(key))),
  gcmAndHashes: ({ mib }: Wish) =>
    primitives(mib, async (key) => {
      const [sealed] = await Promise.all([gcm(key), hash(chunk)])
      return hash(sealed)
    }),
  gcm: ({ mib }: Wish) => primitives(mib, gcm),
  check: async ({ mib }: Wish): Promise<number> => {
    const id = newBlobId()
    const parts: Uint8Array[] = []
    const { blob, file } = await seal(mib, id, (part) => void parts.push(part.slice()))
    const sealed = concat(...parts).slice(blobMagic.length)
    const { root } = await streamRoot(p256Suite, [sealed], chunkBytes)
    if (b64u(root) !== blob.root) throw new Error('what was sealed has another root')
    const key = { key: fromB64u(file.key), aad: blobAad(p256Suite, scope, id) }
    const opened: Uint8Array[] = []
    for await (const part of openStream(p256Suite, key, [sealed], { chunkBytes })) opened.push(part)
    const content = concat(...opened).slice(0, file.bytes)
    for (let at = 0; at < content.length; at += chunkBytes)
      if (b64u(await digest(content.slice(at, at + chunkBytes))) !== b64u(await digest(chunk)))
        throw new Error('what was opened is other content')
    return 0
  },
}
export type SealCalls = typeof sealCalls

const digest = async (bytes: Uint8Array) =>
  new Uint8Array(await hash(bytes as Uint8Array<ArrayBuffer>))
