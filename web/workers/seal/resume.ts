import { fromUtf8, utf8 } from '../../../server/formats/bytes.ts'
import type { SealedFile } from '../../../server/sealing/index.ts'
import { readCertificate } from '../../../server/trust/certificate.ts'
import { keyHolder, unwrapSecret, wrapSecret } from '../../../server/trust/enveloped.ts'

/**
 * Files that are sealed and sent already, remembered on this device beyond a closed tab: what opens
 * them is kept only wrapped for the bidder's own encryption certificate. A file is known again by
 * name, size and time of change.
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

/** Remembers a sealed and sent file; a browser that keeps nothing only costs another sending. */
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
