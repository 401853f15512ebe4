import type { Row } from './measure.ts'

/** Three digits that count, whatever the size. */
function short(n: number): string {
  if (!Number.isFinite(n)) return '–'
  if (Math.abs(n) >= 100) return Math.round(n).toLocaleString('en')
  return String(Number(n.toPrecision(3)))
}

const paramsOf = (row: Row): string =>
  Object.entries(row.params)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

const ratioOf = ({ ratio }: Row): string =>
  ratio ? `${short(ratio.median)} (${short(ratio.p10)}–${short(ratio.p90)})` : ''

const latencyOf = ({ latencyMs }: Row): string =>
  latencyMs ? `${short(latencyMs.p50)} / ${short(latencyMs.p99)}` : ''

/** A line a row, for a person at the console. */
export function printLines(name: string, rows: readonly Row[]): void {
  console.log(`\n${name}`)
  for (const row of rows) {
    const of = row.limit === null ? '' : ` of ${short(row.limit)}`
    const ratio = row.ratio ? `, ratio ${ratioOf(row)}` : ''
    const latency = row.latencyMs ? `, p50 / p99 ${latencyOf(row)} ms` : ''
    const verdict = row.pass ? 'ok  ' : 'miss'
    const what = `${verdict} ${row.case} ${paramsOf(row)}`
    console.log(`  ${what}: ${short(row.product)} ${row.unit}${of}${ratio}${latency} [${row.goal}]`)
  }
}

/** A Markdown table, as `docs/performance.md` shows it. */
export function printTable(name: string, rows: readonly Row[]): void {
  console.log(`\n### ${name}\n`)
  console.log('| case | product | limit | ratio (p10–p90) | p50 / p99 ms | goal | |')
  console.log('|---|--:|--:|---|---|---|---|')
  for (const row of rows) {
    const cells = [
      `${row.case} ${paramsOf(row)}`.trim(),
      `${short(row.product)} ${row.unit}`,
      row.limit === null ? '' : short(row.limit),
      ratioOf(row),
      latencyOf(row),
      row.goal,
      row.goal === 'prints' ? '' : row.pass ? 'met' : '**missed**',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
