import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { chromiumPath } from './browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    pagesFolder: string
  }
}

/**
 * Once before the journeys: the pages as they are now, in a folder of this run's own, so that a
 * build beside it takes none of them away; and a browser, found or unpacked.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-pages-'))
  const vite = path.resolve('node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir']
  const made = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (made.status !== 0) throw new Error(`the pages could not be built:\n${made.stderr}`)
  await chromiumPath()
  project.provide('pagesFolder', folder)
  return () => fs.rmSync(folder, { recursive: true, force: true })
}
