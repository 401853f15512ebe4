/**
 * Where a sealed blob waits until it is sent: large ones in the browser's private files (OPFS), so
 * that memory stays small; others, and where there is no such place, in a Blob.
 */
export interface Holding {
  write(bytes: Uint8Array): Promise<void>
  /** What was written, to be sent. */
  blob(): Promise<Blob>
  drop(): Promise<void>
}
/** Sealed whole, and on its way. */
export type Held = Pick<Holding, 'drop'> & { readonly blob: Blob }

const inMemoryBytes = 16 * 1024 * 1024

export async function holdingFor(name: string, bytes: number): Promise<Holding> {
  if (bytes > inMemoryBytes) {
    const kept = await inFile(name, bytes).catch(() => null)
    if (kept) return kept
  }
  return inMemory()
}

function inMemory(): Holding {
  let parts: Blob[] = []
  let recent: Uint8Array<ArrayBuffer>[] = []
  let recentBytes = 0
  const fold = () => {
    parts.push(new Blob(recent)) // the browser moves blobs to disk when memory is short
    recent = []
    recentBytes = 0
  }
  return {
    async write(bytes) {
      recent.push(bytes.slice())
      recentBytes += bytes.length
      if (recentBytes > 4 * 1024 * 1024) fold()
    },
    async blob() {
      fold()
      return new Blob(parts)
    },
    async drop() {
      parts = []
      recent = []
    },
  }
}

interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number
  flush(): void
  close(): void
}

async function inFile(name: string, bytes: number): Promise<Holding | null> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate()
  if (quota - usage < bytes * 1.2) return null
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('sealed', { create: true })
  const file = await folder.getFileHandle(name, { create: true })
  if (!('createSyncAccessHandle' in file)) return null
  const handle = await (
    file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }
  ).createSyncAccessHandle()
  let at = 0
  let isClosed = false
  return {
    async write(piece) {
      for (let done = 0; done < piece.length; )
        done += handle.write(piece.subarray(done), { at: at + done })
      at += piece.length
    },
    async blob() {
      handle.flush()
      handle.close()
      isClosed = true
      return file.getFile()
    },
    async drop() {
      if (!isClosed) handle.close()
      await folder.removeEntry(name).catch(() => {})
    },
  }
}

/** What a page that ended had sealed and not sent whole; null where it is not here, or not whole. */
export async function heldSince(name: string, bytes: number): Promise<Held | null> {
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('sealed')
    const blob = await (await folder.getFileHandle(name)).getFile()
    if (blob.size !== bytes) return null
    return { blob, drop: () => folder.removeEntry(name).catch(() => {}) }
  } catch {
    return null
  }
}

const claims = new Map<string, Promise<boolean>>()

/** Claims a blob for this worker until it ends: two tabs never send into one upload. */
export function claim(id: string): Promise<boolean> {
  const made =
    claims.get(id) ??
    new Promise<boolean>((resolve) => {
      if (!navigator.locks) resolve(true)
      else
        void navigator.locks.request(`yg-sealed ${id}`, { ifAvailable: true }, (lock) => {
          resolve(lock !== null)
          return lock ? new Promise<never>(() => {}) : undefined
        })
    })
  claims.set(id, made)
  void made.then((isOurs) => isOurs || claims.delete(id))
  return made
}

const leftoverMs = 24 * 3_600_000

/** What a tab that was closed left behind a day ago: sealed bytes whose keys are gone. */
export async function dropLeftovers(): Promise<void> {
  const root = await navigator.storage?.getDirectory?.().catch(() => null)
  const folder = await root?.getDirectoryHandle('sealed').catch(() => null)
  if (!folder) return
  const entries = (folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values()
  for await (const entry of entries) {
    const file = await entry.getFile().catch(() => null)
    if (file && file.lastModified < Date.now() - leftoverMs)
      await folder.removeEntry(entry.name).catch(() => {})
  }
}
