import fs from 'node:fs'
import path from 'node:path'
import type { VerifyResult } from '../../server/archive/verify/verify.ts'
import { exportBags, logEvents, playToAward, writeEnlarged } from './bags.ts'
import { type BenchOptions, pairs, type Row, row, WrongResult } from './measure.ts'
import { benchPlace, serveHttp } from './place.ts'
import { startRole } from './process.ts'
import { commandPeakBytes } from './verify-command.ts'

/**
 * An archive checked as `npx yangguang verify FILE --trust FILE` does it, in a process of its own,
 * against the sum of its primitives over the same bytes (`verify-roles.ts`). The bags are those of a
 * trade that was played to its award, full and public, made larger: by events of a stream kind that
 * no rule knows, each really in the log with its proof, one in four really signed by a demo
 * certificate. So per event the work is what a real one asks; folding alone is missing. 1,000
 * events; with `--big` 10,000 and 100,000 too. A bag that does not pass is a wrong result; memory is
 * the whole command's.
 */
export async function verify(options: BenchOptions): Promise<Row[]> {
  const rows: Row[] = []
  const place = await benchPlace()
  const http = await serveHttp(place)
  try {
    const folder = path.join(place.folder, 'bags')
    fs.mkdirSync(folder)
    const played = await playToAward(http.url)
    const sizes = options.smoke ? [200] : options.big ? [1000, 10_000, 100_000] : [1000]
    const logged = await logEvents(place, played, sizes[sizes.length - 1])
    const kinds = options.smoke ? (['public'] as const) : (['full', 'public'] as const)
    const { bags, trust } = await exportBags(played, kinds, folder)
    const trustFile = path.join(folder, 'trust.json')
    fs.writeFileSync(trustFile, JSON.stringify(trust))
    for (const size of sizes)
      for (const bag of bags) {
        const file = path.join(folder, `${bag.kind}-${size}.zip`)
        const more = logged.slice(0, Math.max(0, size - bag.events))
        const made = await writeEnlarged(place, bag, played, more, file)
        rows.push(await measure({ file, trust: trustFile, kind: bag.kind, ...made }, options))
        fs.rmSync(file)
      }
    return rows
  } finally {
    http.close()
    await place.end()
  }
}

interface Case {
  readonly file: string
  readonly trust: string
  readonly kind: string
  readonly events: number
  readonly signed: number
}

async function measure(
  { kind, events, signed, ...bag }: Case,
  options: BenchOptions,
): Promise<Row> {
  const checking = await startRole('verify', bag)
  const limit = await startRole('verify limit', bag)
  try {
    const seconds = async (ask: Promise<number>) => ({ done: events, seconds: (await ask) / 1000 })
    const m = await pairs(
      () => seconds(checking.ask<number>('run')),
      () => seconds(limit.ask<number>('run')),
      options,
      events > 5000 ? 2 : 8,
    )
    const result = await checking.ask<VerifyResult>('result')
    if (result.verdict !== 'passed')
      throw new WrongResult(`${result.verdict}: ${JSON.stringify(result.findings.slice(0, 3))}`)
    const peak = await commandPeakBytes(bag)
    const peakMiB = peak && Math.round(peak / 1024 ** 2)
    return row(
      kind,
      { events, signed, peakMiB },
      'events/s',
      m,
      '≥ 0.7 × its primitives, ≤ 256 MiB',
      m.ratio.median >= 0.7 && (peakMiB ?? 0) <= 256,
    )
  } finally {
    await checking.end()
    await limit.end()
  }
}
