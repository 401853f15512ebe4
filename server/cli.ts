import fs from 'node:fs'
import path from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { EmbeddedPostgresError } from '../infra/embedded/postgres.ts'
import { openZip } from './archive/bag/zip-files.node.ts'
import { UnreadableBag } from './archive/verify/bag.ts'
import {
  readTrustFile,
  UnusableTrust,
  type VerifyResult,
  verifyArchive,
} from './archive/verify/verify.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type ListFile, loadTrustList } from './identity/platform/trust.ts'
import { fillText, ProblemError } from './kernel/problem.ts'
import { systemActor } from './kernel/viewer.ts'
import { createAdministrator } from './maintenance/admin.ts'
import { BackupError, backup } from './maintenance/backup.ts'
import { Unwatchable, watchLog } from './maintenance/monitor.ts'
import { resetDemo, withDatabase, withPlatform } from './maintenance/offline.ts'
import { rebuildReadTables } from './maintenance/rebuild.ts'
import { restore } from './maintenance/restore.ts'
import type { Platform } from './platform.ts'
import { problemTexts } from './problems.ts'

/**
 * `npx yangguang <command>`: what an operator does beside the running platform, and what a stranger
 * does with nothing but a file or an address. Exit 0 done or passed, 1 failed, 2 cannot be used.
 */
const usage = `yangguang verify FILE [--trust FILE] [--json]
yangguang monitor URL [--vkey KEY] [--times N] [--every MS] [--state FILE] [--json]
yangguang admin create --name NAME --organisation NAME [--uscc CODE]
yangguang admin trust-list FILE
yangguang backup FILE
yangguang restore FILE
yangguang rebuild
yangguang reset`

/** The command was not understood; the message says what is missing. */
class UsageError extends Error {}

const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
/** Files are named from where the person stands, not from where npm runs. */
const place = (file: string) =>
  path.resolve(process.env.YANGGUANG_CWD ?? process.env.INIT_CWD ?? process.cwd(), file)
const say = (line: string) => console.log(line)
const settings = (): Config => readConfig(process.env)

function readJsonFile<T>(file: string): T {
  try {
    return JSON.parse(fs.readFileSync(place(file), 'utf8')) as T
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`)
  }
}

/**
 * Reads a command's arguments; a word too many is refused, since it would be left undone in silence.
 * @throws UsageError
 */
function argsOf<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: O,
  most = 0,
) {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    if (positionals.length <= most) return { values, positionals }
    throw new UsageError(`${positionals[most]} is one word too many`)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError((error as Error).message)
  }
}

/** @throws UsageError naming the option */
function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${option} takes a whole number from ${least} to ${most}`)
}

/** What the file system refuses is the command's fault, not the program's. @throws UsageError */
function usable<T>(use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function verify(args: string[]): Promise<number> {
  const options = { trust: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = argsOf(args, options, 1)
  const [file] = positionals
  if (!file) throw new UsageError('verify needs the FILE of a bag')
  const trust = values.trust ? readTrustFile(readJsonFile(values.trust)) : null
  const bag = await openZip(place(file))
  try {
    const result = await verifyArchive(bag, trust, Date.now())
    const { sha256, bytes } = bag
    if (values.json)
      say(JSON.stringify({ ...result, archive: { ...result.archive, sha256, bytes } }))
    else printVerdict(result, sha256)
    return result.verdict === 'passed' ? 0 : 1
  } finally {
    bag.close()
  }
}

function printVerdict(
  { verdict, pinned, kind, archive, checks, findings }: VerifyResult,
  sha256: string,
): void {
  say(`${verdict.toUpperCase()}  ${kind} bag of ${archive.trade} ${archive.lot}`)
  say(`SHA-256 ${sha256}`)
  say(
    pinned
      ? 'The keys were given from outside the bag.'
      : 'The keys are the bag’s own: a stranger could have made all of it. Give --trust FILE.',
  )
  for (const c of checks) {
    const more = (['failed', 'withheld', 'unchecked'] as const)
      .filter((k) => c[k] > 0)
      .map((k) => `, ${c[k]} ${k}`)
    say(`${c.id.padEnd(13)}${String(c.passed).padStart(6)} passed${more.join('')}`)
  }
  for (const f of findings) {
    const where = Object.entries(f.place).map(([name, value]) => `${name} ${value}`)
    say(`- ${f.check}: ${f.code} at ${where.join(', ')}`)
    if (f.expected !== null) say(`    expected ${f.expected}`)
    if (f.found !== null) say(`    found    ${f.found}`)
    if (f.fault) say(`    by the ${f.fault}`)
  }
}

async function monitor(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values, positionals } = argsOf(
    args,
    {
      vkey: text,
      times: { ...text, default: '2' },
      every: { ...text, default: '2000' },
      state: text,
      json: { type: 'boolean' },
    },
    1,
  )
  const [url = 'http://localhost:8080'] = positionals
  const times = wholeNumber('--times', values.times, 1, 1e9)
  const everyMs = wholeNumber('--every', values.every, 0, 86_400_000)
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`monitor needs the URL of a platform, not ${url}`)
  const state = values.state ? place(values.state) : null
  const seen = state && fs.existsSync(state) ? usable(() => fs.readFileSync(state, 'utf8')) : null
  const result = await watchLog({ url, vkey: values.vkey ?? null, times, everyMs, seen })
  if (state && result.seen !== null) usable(() => fs.writeFileSync(state, `${result.seen}`))
  if (values.json) say(JSON.stringify(result))
  else {
    if (!result.pinned) say(`The log's own key was taken: ${result.vkey}`)
    say(`Sizes ${result.sizes.join(', ')}`)
    for (const gap of result.gaps) say(`No tick from ${gap.from} to ${gap.to}`)
    for (const f of result.faults)
      say(`FAULT ${f.code}${f.size === null ? '' : ` at ${f.size}`}: ${f.detail}`)
    if (result.faults.length === 0) say('Signed, consistent, in rhythm.')
  }
  return result.faults.length === 0 ? 0 : 1
}

async function admin([what, ...args]: string[]): Promise<number> {
  if (what === 'create') {
    const text = { type: 'string' } as const
    const { values } = argsOf(args, { name: text, organisation: text, uscc: text })
    const { name, organisation, uscc = null } = values
    if (!name || !organisation) throw new UsageError('admin create needs --name and --organisation')
    const made = await withPlatform(settings(), project, (platform) =>
      createAdministrator(platform, { name, organisation, uscc }),
    )
    say('Open this link once, within three days, in the browser that makes the passkey:')
    say(made.url)
    return 0
  }
  if (what === 'trust-list') {
    const [name] = argsOf(args, {}, 1).positionals
    if (!name) throw new UsageError('admin trust-list needs a FILE')
    const file = readJsonFile<ListFile>(name)
    const loaded = await withPlatform(settings(), project, (platform) =>
      loadTrustList(platform, file, systemActor, true),
    )
    say(`Trust list ${loaded.sequence} is in force, SHA-256 ${loaded.sha256}.`)
    for (const key of loaded.listKeys) say(`Its next list must be signed by two of: ${key}`)
    return 0
  }
  throw new UsageError('admin create, or admin trust-list')
}

async function rebuild(args: string[] = []): Promise<number> {
  argsOf(args, {})
  const make = ({ sql, keys }: Platform) => rebuildReadTables(sql, keys)
  const count = await withPlatform(settings(), project, make, true)
  say(`The read tables were made again from ${count} events.`)
  return 0
}

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  verify,
  monitor,
  admin,
  backup: async (args) => {
    const [file] = argsOf(args, {}, 1).positionals
    if (!file) throw new UsageError('backup needs a FILE to write')
    const made = await withDatabase(settings(), project, ({ place: at, folder }) =>
      backup(at, folder, place(file)),
    )
    say(`${made.bytes} bytes, SHA-256 ${made.sha256}. The keys are not in it: keep them apart.`)
    return 0
  },
  restore: async (args) => {
    const [file] = argsOf(args, {}, 1).positionals
    if (!file) throw new UsageError('restore needs the FILE of a backup')
    const { events } = await withDatabase(settings(), project, ({ place: at, folder }) => {
      const keys = path.join(folder, 'keys')
      if (!fs.existsSync(path.join(keys, 'log.key')))
        throw new ConfigError(`Put the keys back into ${keys} first, from their own backup.`)
      return restore(at, folder, place(file))
    })
    await rebuild()
    say(`${events} events restored.`)
    return 0
  },
  rebuild,
  reset: async (args) => {
    argsOf(args, {})
    say(`Emptied ${resetDemo(settings(), project)}.`)
    return 0
  },
}

async function main([command = '', ...args]: string[]): Promise<number> {
  if ([command, ...args].some((arg) => arg === '--help' || arg === '-h')) {
    say(usage)
    return 0
  }
  const run = Object.hasOwn(commands, command) ? commands[command] : null
  if (!run) throw new UsageError(command ? `no command ${command}` : 'a command is missing')
  return run(args)
}

/** What the person at the console is told, and the exit code. */
function told(error: unknown): [string, number] {
  if (error instanceof UsageError) return [`${error.message}\n\n${usage}`, 2]
  if (error instanceof UnreadableBag || error instanceof UnusableTrust) return [error.message, 2]
  if (error instanceof Unwatchable) return [error.message, 2]
  if (error instanceof ProblemError) {
    const text = problemTexts[error.slug]?.en ?? ''
    return [`${error.slug}: ${fillText(text, error.values, 'en')}`, 1]
  }
  const isPlain = [ConfigError, BackupError, EmbeddedPostgresError].some((k) => error instanceof k)
  if (isPlain) return [(error as Error).message, 1]
  // Of the system's own errors the sentence is enough; of ours the place is wanted.
  const { syscall, message } = (error ?? {}) as NodeJS.ErrnoException
  if (syscall) return [message, 1]
  return [String((error as Error)?.stack ?? error), 1]
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    const [message, code] = told(error)
    console.error(message)
    process.exit(code)
  },
)
