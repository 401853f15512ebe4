import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'

/**
 * The benches give right results and the form that `../shared/budgets.md` fixes; how fast they are is
 * asked of nobody here. Those that need a browser or a trade played to its end are run by hand.
 */
const names = ['limits', 'commands', 'rush', 'ledger', 'fanout', 'live', 'rebuild']

const spread = z.strictObject({ median: z.number(), p10: z.number(), p90: z.number() })
const row = z.strictObject({
  case: z.string(),
  params: z.record(z.string(), z.unknown()),
  unit: z.string(),
  limit: z.number().nullable(),
  product: z.number(),
  ratio: spread.nullable(),
  latencyMs: z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() }).nullable(),
  rssBytes: z.number(),
  goal: z.string(),
  pass: z.boolean(),
})
const result = z.strictObject({
  bench: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  pg: z.string(),
  cpus: z.number(),
  rows: z.array(row).min(1),
})

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['infra/run.mjs', 'bench', ...args])
  let [out, err] = ['', '']
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString('utf8')
  })
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}

test('each bench gives right results, one JSON object a bench', { timeout: 300_000 }, async () => {
  const { code, out, err } = await run(...names, '--smoke', '--json')
  expect([code, err]).toEqual([0, ''])
  const results = out
    .trimEnd()
    .split('\n')
    .map((line) => result.parse(JSON.parse(line)))
  expect(results.map((one) => one.bench)).toEqual(names)
})

test('an unknown bench is told apart from a wrong result', async () => {
  const { code, err } = await run('nothing')
  expect(code).toBe(2)
  for (const name of [...names, 'sealing', 'verify', 'cold', 'web']) expect(err).toContain(name)
})
