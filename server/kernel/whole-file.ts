import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pass } from './fault.ts'

/**
 * Files that are there whole or not at all, whenever the process is killed or the power goes.
 * All of it off the main thread: a disk that is slow to flush must not hold up whoever acts.
 */

/**
 * Writes and flushes a file beside the one meant, which then takes its name in one step. The part's
 * name is nobody else's, whatever process ids the machine gives out again.
 */
async function writePart(file: string, bytes: Uint8Array | string, mode: number): Promise<string> {
  const part = `${file}.${randomUUID()}.part`
  const handle = await fs.promises.open(part, 'wx', mode)
  try {
    await handle.writeFile(bytes) // all of it: a single write may end short on a full disk
    await handle.sync()
  } catch (error) {
    await fs.promises.rm(part, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return part
}

/** Flushes a folder's names. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.promises.open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Writes a file in place of the one before it, making its folder where there is none. */
export async function writeWhole(
  file: string,
  bytes: Uint8Array | string,
  mode = 0o644,
): Promise<void> {
  const folder = path.dirname(file)
  await fs.promises.mkdir(folder, { recursive: true })
  await fs.promises.rename(await writePart(file, bytes, mode), file)
  await syncFolder(folder)
}

/**
 * Makes a file that may be made only once.
 * @returns false where it is there already, with whatever content
 */
export async function writeOnce(
  file: string,
  bytes: Uint8Array | string,
  mode = 0o644,
): Promise<boolean> {
  const part = await writePart(file, bytes, mode)
  pass('file-before-name')
  try {
    await fs.promises.link(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await fs.promises.rm(part)
  }
  await syncFolder(path.dirname(file))
  return true
}

/**
 * Removes what a process that ended left in a folder, an hour after it was last written: whoever
 * still writes one keeps it young, whoever reads one keeps it open.
 */
export async function removeOlder(folder: string, olderMs = 3_600_000): Promise<void> {
  const names = await fs.promises.readdir(folder).catch(() => [])
  for (const name of names) {
    const file = path.join(folder, name)
    const found = await fs.promises.stat(file).catch(() => null)
    if (found?.isFile() && Date.now() - found.mtimeMs > olderMs)
      await fs.promises.rm(file, { force: true }).catch(() => {})
  }
}
