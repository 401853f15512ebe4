import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { commands } from './commands.ts'
import { limits } from './limits.ts'
import type { BenchOptions, Row } from './measure.ts'

/** `npm run bench -- NAME [--json] [--big] [--smoke]`: one JSON object a bench; see docs/performance.md. */
const benches: Record<string, (options: BenchOptions) => Promise<Row[]>> = { limits, commands }

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
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
      pg: '18.4',
      cpus: os.cpus().length,
      rows,
    }
    if (flags.has('--json')) console.log(JSON.stringify(result))
    else print(name, rows)
  }
  return 0
}

function print(name: string, rows: readonly Row[]): void {
  console.log(`\n${name}`)
  for (const r of rows) {
    const ratio = r.ratio ? ` ratio ${r.ratio.median} (${r.ratio.p10}–${r.ratio.p90})` : ''
    const latency = r.latencyMs ? ` p50 ${r.latencyMs.p50} p99 ${r.latencyMs.p99} ms` : ''
    const params = Object.entries(r.params)
      .map(([k, v]) => `${k}=${v}`)
      .join(' ')
    console.log(
      `  ${r.pass ? 'ok  ' : 'miss'} ${r.case} ${params}: ${r.product} ${r.unit}${r.limit === null ? '' : ` of ${r.limit}`}${ratio}${latency} [${r.goal}]`,
    )
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
