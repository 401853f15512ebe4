import fs from 'node:fs'
import path from 'node:path'
import { writeOnce, writeWhole } from './whole-file.ts'

/**
 * Full tiles and bundles, each stored in two places; written from rows alone, so twice is harmless.
 * What was given is read from memory until `flush` has stored it.
 */
export class TileFiles {
  private readonly folders: readonly string[]
  private readonly waiting = new Map<string, Uint8Array>()
  constructor(...folders: string[]) {
    this.folders = folders
  }

  /** Takes a full tile; it is stored by the next `flush`. */
  write(tilePath: string, bytes: Uint8Array): void {
    this.waiting.set(tilePath, bytes)
  }

  /** Stores all that was given, in each place where it is not yet. */
  async flush(): Promise<void> {
    for (const [tilePath, bytes] of this.waiting) {
      for (const folder of this.folders) {
        const file = path.join(folder, tilePath)
        if (!fs.existsSync(file)) await writeWhole(file, bytes)
      }
      this.waiting.delete(tilePath)
    }
  }

  /** The bytes of a full tile, or null where it was never given. */
  read(tilePath: string): Buffer | null {
    const waiting = this.waiting.get(tilePath)
    if (waiting) return Buffer.from(waiting)
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

/** Old checkpoints go a few at a time: removing one at each tick costs more than storing it. */
const mostKept = 32

/** A signed checkpoint with the size that it signs. */
export interface StoredText {
  readonly size: number
  readonly text: string
}

/**
 * The second store: the signed checkpoint, a new file for each size that can be made only once, so
 * that two sequencers can never store two trees of one size. Nothing smaller is ever added.
 */
export class CheckpointStore {
  private readonly folder: string
  private added = 0

  constructor(folder: string) {
    this.folder = folder
    fs.mkdirSync(folder, { recursive: true })
  }

  /** The newest stored checkpoint, read anew: another process may have added one. */
  async latest(): Promise<StoredText | null> {
    for (;;) {
      const names = await fs.promises.readdir(this.folder)
      const sizes = names.filter((name) => /^\d+$/.test(name)).map(Number)
      if (sizes.length === 0) return null
      const size = Math.max(...sizes)
      try {
        const text = await fs.promises.readFile(path.join(this.folder, String(size)), 'utf8')
        return { size, text }
      } catch (error) {
        // Another process has stored newer ones since, and taken this one away.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }

  /**
   * Compare-and-swap: adds the checkpoint of a size not stored yet.
   * @returns false where that size exists already, with whatever text
   */
  async add(size: number, text: string): Promise<boolean> {
    if (!(await writeOnce(path.join(this.folder, String(size)), text))) return false
    this.added += 1
    if (this.added % mostKept === 0) await this.removeBelow(size)
    return true
  }

  /** Parts too, which somebody killed has left. */
  private async removeBelow(size: number): Promise<void> {
    for (const name of await fs.promises.readdir(this.folder))
      if (/^\d+(\.|$)/.test(name) && Number.parseInt(name, 10) < size)
        await fs.promises.rm(path.join(this.folder, name), { force: true })
  }
}
