import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { WrongResult } from './measure.ts'
import { projectFolder } from './place.ts'

/**
 * The verifier as a person runs it: the bundled command line in a process of its own.
 * @returns the most memory that the system saw it hold; null where the system does not tell
 */
export async function commandPeakBytes(bag: { file: string; trust: string }) {
  const folder = path.join(projectFolder(), 'node_modules', '.cache', 'yangguang-bench')
  const outfile = path.join(folder, `cli-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(projectFolder(), 'server', 'cli.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  })
  const child = spawn(process.execPath, [outfile, 'verify', bag.file, '--trust', bag.trust], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString('utf8')
  })
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, residentPeak(child.pid as number))
  }, 20)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(look)
  fs.rmSync(outfile, { force: true })
  if (code !== 0) throw new WrongResult(`verify exits ${code}: ${text.slice(0, 500)}`)
  return most || null
}

function residentPeak(pid: number): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0 // it has just ended, or there is no /proc
  }
}
