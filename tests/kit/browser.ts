import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium as driver } from 'playwright-core'

/**
 * A real Chromium: `CHROME_PATH`, else one on PATH, else the one inside the package
 * `@sparticuz/chromium`, unpacked once into a folder named by its version.
 */
export async function chromiumPath(): Promise<string> {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      // not on PATH
    }
  return unpackedChromium()
}

/** The package reuses any folder `chromium` it finds, whatever its version: ours has its own. */
async function unpackedChromium(): Promise<string> {
  const manifest = path.resolve('node_modules/@sparticuz/chromium/package.json')
  if (!fs.existsSync(manifest))
    throw new Error('No browser: run npm ci, set CHROME_PATH, or apt-get install chromium')
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string }
  const folder = path.join(os.tmpdir(), `yangguang-chromium-${version}`)
  fs.mkdirSync(folder, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: chromium, inflate } = (await import('@sparticuz/chromium')) as unknown as {
      default: { executablePath(): Promise<string> }
      inflate?: (file: string) => Promise<string>
    }
    const program = await chromium.executablePath()
    await unpackLibraries(folder, inflate)
    return program
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** NSS, NSPR and expat for a bare system: the package's own copies. */
async function unpackLibraries(
  folder: string,
  inflate?: (file: string) => Promise<string>,
): Promise<void> {
  const archive = path.resolve('node_modules/@sparticuz/chromium/bin/al2023.tar.br')
  if (!inflate || !fs.existsSync(archive)) return
  await inflate(archive)
  const lib = [path.join(folder, 'al2023', 'lib'), path.join(folder, 'lib')].find(fs.existsSync)
  if (lib)
    process.env.LD_LIBRARY_PATH = [process.env.LD_LIBRARY_PATH, lib].filter(Boolean).join(':')
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function launchBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await chromiumPath(), args: flags, headless: true })
}
