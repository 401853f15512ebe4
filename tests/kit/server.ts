import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'

/** The server as a process of its own, that a test may let end at a named fault point. */
export interface ServerProcess {
  readonly url: string
  /** Resolves when the process has ended, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>
  stop(): Promise<void>
}

const root = path.resolve('.')
let bundle: Promise<string> | null = null

/** Built once a test file, in a folder from which packages are found. */
async function bundled(): Promise<string> {
  const folder = path.join(root, 'node_modules', '.cache', 'yangguang-tests')
  fs.mkdirSync(folder, { recursive: true })
  const outfile = path.join(folder, `node-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(root, 'server', 'node.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  })
  return outfile
}

/** A data folder of its own that the database's user can reach. */
export function dataFolderOfTest(): string {
  const parent = fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir()
  const folder = fs.mkdtempSync(path.join(parent, 'yg-fault-'))
  fs.chmodSync(folder, 0o755)
  return folder
}

/** Starts the server on a data folder and waits until it is ready. */
export async function startServer(
  data: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  bundle ??= bundled()
  const child: ChildProcess = spawn(process.execPath, [await bundle], {
    env: {
      ...process.env,
      PORT: '0',
      YANGGUANG_DATA: data,
      YANGGUANG_SEED: 'none',
      YANGGUANG_LOG: 'error',
      YANGGUANG_PROJECT: root,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  )
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8')
      const found = /Yangguang ready at (\S+)/.exec(text)
      if (found) resolve(found[1].replace('localhost', '127.0.0.1'))
    })
    void ended.then(() => reject(new Error(`the server ended before it was ready: ${text}`)))
  })
  return {
    url,
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
