import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'

/** The server as a process of its own, that a test may let end at a named fault point. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** All it has printed so far. */
  output(): string
  /** Resolves when the process has ended, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>
  stop(): Promise<void>
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
}

const root = path.resolve('.')
const bundles = new Map<string, Promise<string>>()

/** Built once a test file, in a folder from which packages are found. */
export function bundled(entry: 'node' | 'cli'): Promise<string> {
  const made = bundles.get(entry) ?? bundle(entry)
  bundles.set(entry, made)
  return made
}

async function bundle(entry: string): Promise<string> {
  const folder = path.join(root, 'node_modules', '.cache', 'yangguang-tests')
  fs.mkdirSync(folder, { recursive: true })
  const outfile = path.join(folder, `${entry}-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(root, 'server', `${entry}.ts`)],
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

/** A port that is free now: an origin names it before the server starts. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })

/** Starts the server on a data folder and waits until it is ready. */
export async function startServer(
  data: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [await bundled('node')], {
    env: {
      ...process.env,
      PORT: '0',
      YANGGUANG_DATA: data,
      YANGGUANG_SEED: 'none',
      YANGGUANG_LOG: 'error',
      YANGGUANG_PROJECT: root,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that fails midway leaves nothing running.
  const endWithTests = () => child.kill('SIGKILL')
  process.once('exit', endWithTests)
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => {
      process.off('exit', endWithTests)
      resolve(signal)
    }),
  )
  let text = ''
  child.stderr?.on('data', (piece: Buffer) => {
    text += piece.toString('utf8')
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8')
      const found = /Yangguang ready at (\S+)/.exec(text)
      if (found) resolve(found[1].replace('localhost', '127.0.0.1'))
    })
    void ended.then(() => reject(new Error(`the server ended before it was ready: ${text}`)))
  })
  return {
    url,
    pid: child.pid as number,
    output: () => text,
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs the command line and answers when it has ended. */
export async function runCommand(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [await bundled('cli'), ...args], {
    env: { ...process.env, YANGGUANG_PROJECT: root, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString('utf8')
  })
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString('utf8')
  })
  const code = await new Promise<number>((resolve) => child.once('close', (c) => resolve(c ?? 1)))
  return { code, out, err }
}
