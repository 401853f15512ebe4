import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pass } from './fault.ts'

/**
 * Writes and fsyncs a file beside the one meant, which then takes its name in one step: whoever is
 * killed in between leaves nothing under that name. The part's name is nobody else's, whatever
 * process ids the machine gives out again.
 */
export function writePart(file: string, bytes: Uint8Array | string, mode = 0o644): string {
  const part = `${file}.${randomUUID()}.part`
  const handle = fs.openSync(part, 'wx', mode)
  try {
    fs.writeFileSync(handle, bytes) // all of it: a single write may end short on a full disk
    fs.fsyncSync(handle)
  } catch (error) {
    fs.rmSync(part, { force: true })
    throw error
  } finally {
    fs.closeSync(handle)
  }
  return part
}

/** Writes a file so that after a crash it is there whole or not at all: temp, fsync, rename, fsync. */
export function writeWhole(file: string, bytes: Uint8Array | string): void {
  const folder = path.dirname(file)
  fs.mkdirSync(folder, { recursive: true })
  fs.renameSync(writePart(file, bytes), file)
  syncFolder(folder)
}

/**
 * Makes a file that may be made only once, whole or not at all.
 * @returns false where it is there already, with whatever content
 */
export function writeOnce(file: string, bytes: Uint8Array | string, mode = 0o644): boolean {
  const part = writePart(file, bytes, mode)
  pass('file-before-name')
  try {
    fs.linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(part)
  }
  syncFolder(path.dirname(file))
  return true
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
    if (!writeOnce(path.join(this.folder, String(size)), text)) return false
    const old = this.newest
    this.newest = { size, text }
    // One older is kept: who reads the folder may have its name and not yet its text.
    if (old) this.removeBelow(old.size)
    return true
  }

  /** Parts too, which somebody killed has left. */
  private removeBelow(size: number): void {
    for (const name of fs.readdirSync(this.folder))
      if (/^\d+(\.|$)/.test(name) && Number.parseInt(name, 10) < size)
        fs.rmSync(path.join(this.folder, name), { force: true })
  }
}
