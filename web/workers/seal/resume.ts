import { fromUtf8, utf8 } from '../../../server/formats/bytes.ts'
import type { SealedFile } from '../../../server/sealing/index.ts'
import { readCertificate } from '../../../server/trust/certificate.ts'
import { keyHolder, unwrapSecret, wrapSecret } from '../../../server/trust/enveloped.ts'
import { claim, type Held, heldSince } from './holding.ts'

/**
 * Files that are sealed already, sent or on their way, remembered on this device beyond a closed tab:
 * what opens them is kept only wrapped for the bidder's own encryption certificate. A file is known
 * again by name, size and time of change.
 */
const storeName = 'sealed-files'

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('yangguang-seal', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function run<T>(
  mode: IDBTransactionMode,
  make: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database()
  try {
    return await new Promise((resolve, reject) => {
      const request = make(db.transaction(storeName, mode).objectStore(storeName))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } finally {
    db.close()
  }
}

export const fingerprint = (lot: string, party: string, file: File): string =>
  JSON.stringify([lot, party, file.name, file.size, file.lastModified])

/** Remembers a sealed file; a browser that keeps nothing only costs another sealing. */
export async function rememberFile(
  name: string,
  sealed: SealedFile,
  recipientDer: Uint8Array,
): Promise<void> {
  const wrapped = await wrapSecret(utf8(JSON.stringify(sealed)), readCertificate(recipientDer))
  await run('readwrite', (store) => store.put(wrapped, name)).catch(() => {})
}

/** The file as it was sealed, where this device knows it and the key opens what it kept. */
export async function rememberedFile(name: string, key: CryptoKey): Promise<SealedFile | null> {
  try {
    const wrapped = await run<Uint8Array | undefined>('readonly', (store) => store.get(name))
    if (!wrapped) return null
    return JSON.parse(fromUtf8(await unwrapSecret(wrapped, keyHolder(key)))) as SealedFile
  } catch {
    return null
  }
}

const placeOf = (id: string) => `upload ${id}`

/** Where the pieces of a blob go: a random address of the platform's, which opens nothing. */
export async function rememberPlace(id: string, url: string): Promise<void> {
  await run('readwrite', (store) => store.put(url, placeOf(id))).catch(() => {})
}
async function rememberedPlace(id: string): Promise<string | null> {
  const url = await run<unknown>('readonly', (store) => store.get(placeOf(id))).catch(() => null)
  return typeof url === 'string' ? url : null
}
export async function forgetPlace(id: string): Promise<void> {
  await run('readwrite', (store) => store.delete(placeOf(id))).catch(() => {})
}

/** A file that is sealed and not whole on the platform yet. */
export interface OnItsWay extends Held {
  readonly sealed: SealedFile
  url: string | null
}

/** What an earlier page sealed and did not send whole, where it is still on this device. */
export async function halfSent(sealed: SealedFile): Promise<OnItsWay | null> {
  const { id, bytes } = sealed.blob
  const held = await heldSince(id, bytes)
  if (!held || !(await claim(id))) return null
  return { ...held, sealed, url: await rememberedPlace(id) }
}
