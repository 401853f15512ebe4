import fs from 'node:fs'
import path from 'node:path'

/** Writes a file so that after a crash it is there whole or not at all: temp, fsync, rename, fsync. */
export function writeWhole(file: string, bytes: Uint8Array | string): void {
  const folder = path.dirname(file)
  fs.mkdirSync(folder, { recursive: true })
  const part = `${file}.${process.pid}.part`
  const handle = fs.openSync(part, 'w', 0o644)
  try {
    fs.writeSync(handle, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  fs.renameSync(part, file)
  syncFolder(folder)
}

export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Full tiles and bundles, each stored in two places; written from rows alone, so twice is harmless. */
export class TileFiles {
  private readonly folders: readonly string[]
  constructor(...folders: string[]) {
    this.folders = folders
  }

  write(tilePath: string, bytes: Uint8Array): void {
    for (const folder of this.folders) {
      const file = path.join(folder, tilePath)
      if (!fs.existsSync(file)) writeWhole(file, bytes)
    }
  }

  /** The bytes of a full tile, or null where it was never stored. */
  read(tilePath: string): Buffer | null {
    for (const folder of this.folders) {
      try {
        return fs.readFileSync(path.join(folder, tilePath))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    return null
  }
}

/**
 * The second store: the signed checkpoint, a new file for each size that can be made only once, so
 * that two sequencers can never store two trees of one size. Nothing smaller is ever added.
 */
export class CheckpointStore {
  private readonly folder: string
  private newest: { size: number; text: string } | null = null

  constructor(folder: string) {
    this.folder = folder
    fs.mkdirSync(folder, { recursive: true })
    this.newest = this.readNewest()
  }

  private readNewest(): { size: number; text: string } | null {
    const sizes = fs
      .readdirSync(this.folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => b - a)
    return sizes.length === 0
      ? null
      : { size: sizes[0], text: fs.readFileSync(path.join(this.folder, String(sizes[0])), 'utf8') }
  }

  /** The newest stored checkpoint, read anew: another process may have added one. */
  latest(): { size: number; text: string } | null {
    this.newest = this.readNewest()
    return this.newest
  }

  /**
   * Compare-and-swap: adds the checkpoint of a size not stored yet.
   * @returns false where that size exists already, with whatever text
   */
  add(size: number, text: string): boolean {
    const file = path.join(this.folder, String(size))
    let handle: number
    try {
      handle = fs.openSync(file, 'wx', 0o644)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
    try {
      fs.writeSync(handle, text)
      fs.fsyncSync(handle)
    } finally {
      fs.closeSync(handle)
    }
    syncFolder(this.folder)
    const old = this.newest
    this.newest = { size, text }
    // One older file is kept: a crash between write and fsync leaves the one before it.
    if (old) this.removeBelow(old.size)
    return true
  }

  private removeBelow(size: number): void {
    for (const name of fs.readdirSync(this.folder))
      if (/^\d+$/.test(name) && Number(name) < size) fs.rmSync(path.join(this.folder, name))
  }
}
