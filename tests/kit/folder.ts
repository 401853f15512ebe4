import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

/** A new folder of a test's own, gone after it. */
export function folderOfTest(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-test-'))
  made.push(folder)
  return folder
}
