import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { chromiumPath } from './browser.ts'

/** Once before the journeys: the pages as they are now, and a browser, found or unpacked. */
export default async function setup(): Promise<void> {
  const vite = path.resolve('node_modules/vite/bin/vite.js')
  const made = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (made.status !== 0) throw new Error(`the pages could not be built:\n${made.stderr}`)
  await chromiumPath()
}
