import { randomInt } from 'node:crypto'
import type { Played } from '../../db/seed/play/play.ts'
import { canonicalize } from '../../server/formats/jcs.ts'
import { digestOf, type Event, newSalt } from '../../server/kernel/event.ts'
import { readTableRows, rebuildReadTables } from '../../server/maintenance/rebuild.ts'
import { bareTable, insertHundreds } from './bare.ts'
import { type BenchOptions, pairs, type Row, row, type Slice, WrongResult } from './measure.ts'
import { type BenchPlace, benchPlace, serveHttp } from './place.ts'
import { playSmall } from './trades.ts'

/**
 * The read tables made again from the events, as `npm run rebuild` does it, against rows in INSERTs
 * of a hundred. The events are those of one trade that was really played (to the opening) and of
 * copies of it under other names, with their chains of digests made anew: 50 trades, with `--big`
 * 2,000. The rows of the played trade must come out as its commits had written them, each copy's
 * as that trade's, and two rebuilds the same.
 */
export async function rebuild(options: BenchOptions): Promise<Row[]> {
  const place = await benchPlace()
  try {
    const http = await serveHttp(place)
    const { published } = await playSmall(http.url, options.smoke ? 'published' : 'opening')
    http.close()
    await bareTable(place.owner)
    const copies = options.smoke ? 3 : options.big ? 2000 : 50
    const before = await readTableRows(place.sql)
    const names = await copyTrade(place, published, copies)
    const { keys } = place.running.platform
    let events = 0
    let first: string | null = null
    const product: Slice = async () => {
      const started = performance.now()
      events = await rebuildReadTables(place.sql, keys)
      const seconds = (performance.now() - started) / 1000
      const after = await readTableRows(place.sql)
      if (first === null) proveRows(before, after, published.project, names)
      first ??= JSON.stringify(after)
      if (JSON.stringify(after) !== first) throw new WrongResult('two rebuilds gave other rows')
      return { done: events, seconds }
    }
    const m = await pairs(product, insertHundreds(place), options, options.big ? 2 : 8)
    return [
      row(
        'rebuild',
        { trades: copies + 1, events },
        'events/s',
        m,
        '≥ 0.35 × INSERT of 100 rows',
        m.ratio.median >= 0.35,
      ),
    ]
  } finally {
    await place.end()
  }
}

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** The trade's open events again under other project numbers. @returns these */
async function copyTrade(
  { owner }: BenchPlace,
  { project }: Played['published'],
  copies: number,
): Promise<string[]> {
  const rows = await owner`
    select stream, version, body from log.events where project = ${project} order by position`
  const names: string[] = []
  for (let i = 0; i < copies; i++) {
    const tail = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
    const name = `${project.slice(0, -6)}${tail}`
    names.push(name)
    const last = new Map<string, string>()
    const made = rows.map(({ version, body }) => {
      const event = JSON.parse((body as string).replaceAll(project, name)) as Event
      const chained = { ...event, prev: last.get(event.stream) ?? null }
      const salt = newSalt()
      const digest = digestOf(chained, salt)
      last.set(event.stream, digest.toString('base64url'))
      const text = canonicalize(chained as never)
      const { stream, recordedAt } = event
      return { stream, version, project: name, digest, recorded_at: recordedAt, body: text, salt }
    })
    for (let at = 0; at < made.length; at += 200)
      await owner`insert into log.events ${owner(made.slice(at, at + 200))}`
  }
  return names
}

type Tables = Readonly<Record<string, readonly string[]>>
/** A row but for its place in the log and for what is cut out of its name for the search. */
function plain(text: string): string {
  const { updated_position, grams, search, ...rest } = JSON.parse(text)
  return canonicalize(rest)
}

function proveRows(before: Tables, after: Tables, project: string, names: readonly string[]): void {
  for (const [table, rows] of Object.entries(before)) {
    const found = new Set(after[table])
    for (const one of rows)
      if (!found.has(one)) throw new WrongResult(`${table} lost a row as its commit wrote it`)
    const looks = new Set(after[table].map(plain))
    const own = rows.filter((one) => one.includes(project))
    for (const name of names)
      for (const one of own)
        if (!looks.has(plain(one.replaceAll(project, name))))
          throw new WrongResult(`${table} lacks a row of the copy ${name}`)
    const expected = rows.length + own.length * names.length
    if (after[table].length !== expected)
      throw new WrongResult(`${table} has ${after[table].length} rows, not ${expected}`)
  }
}
