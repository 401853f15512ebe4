/**
 * What a person has entered and not yet sent, on this device alone (IndexedDB): survives refresh,
 * crash and expiry of the log-in. Nothing sealed, no key and no pass phrase is ever kept here.
 */
export interface Draft<T> {
  readonly value: T
  readonly savedAt: number
  /** The revision on the server that the entry began from. */
  readonly basedOn: number | null
}

const storeName = 'drafts'
let opening: Promise<IDBDatabase> | null = null

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('yangguang', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function run<T>(
  mode: IDBTransactionMode,
  make: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database()
  return new Promise((resolve, reject) => {
    const request = make(db.transaction(storeName, mode).objectStore(storeName))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** A form waits for its draft, or what is typed meanwhile would be overwritten; not for good, though. */
const patienceMs = 3000

/** Null where there is none, or where the browser keeps nothing or does not answer. */
export async function readDraft<T>(key: string): Promise<Draft<T> | null> {
  const reading = run<Draft<T> | undefined>('readonly', (store) => store.get(key)).then(
    (found) => found ?? null,
    () => null,
  )
  const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))
  return Promise.race([reading, silence])
}

/** @returns whether it is kept: a private window may refuse */
export async function saveDraft<T>(
  key: string,
  value: T,
  basedOn: number | null = null,
): Promise<boolean> {
  const draft: Draft<T> = { value: structuredClone(value), savedAt: Date.now(), basedOn }
  return run('readwrite', (store) => store.put(draft, key)).then(
    () => true,
    () => false,
  )
}

/**
 * Keeps a draft, unless another window has kept one meanwhile: that is never written over unasked.
 * @param since when the draft was kept that this one follows; null: there was none
 * @returns when it was kept; the other window's draft; null where the browser keeps nothing
 */
export async function saveDraftAfter<T>(
  key: string,
  value: T,
  since: number | null,
): Promise<number | Draft<T> | null> {
  return oneAtATime(`yg-draft ${key}`, async () => {
    const found = await readDraft<T>(key)
    if (found && found.savedAt !== since) return found
    const savedAt = Math.max(Date.now(), (since ?? 0) + 1)
    const draft: Draft<T> = { value: structuredClone(value), savedAt, basedOn: null }
    return run('readwrite', (store) => store.put(draft, key)).then(
      () => savedAt,
      () => null,
    )
  })
}

/** Of all windows of this browser, where it can tell them apart. */
export const oneAtATime = <R>(name: string, work: () => Promise<R>): Promise<R> =>
  navigator.locks ? navigator.locks.request(name, work) : work()

export async function dropDraft(key: string): Promise<void> {
  await run('readwrite', (store) => store.delete(key)).catch(() => {})
}
