import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { canonicalBytes } from '../../server/formats/jcs.ts'
import { appendLeaves, emptyFrontier, leafHash } from '../../server/formats/merkle.ts'
import { type BenchOptions, inFlight, type Row, row } from './measure.ts'
import { benchPlace } from './place.ts'

/** What this machine can do at all; nothing here is judged. */
export async function limits({ smoke }: BenchOptions): Promise<Row[]> {
  const ms = smoke ? 200 : 1000
  const place = await benchPlace()
  const rows: Row[] = []
  const add = (name: string, unit: string, product: number, params = {}) =>
    rows.push(row(name, params, unit, { product }, 'prints', true))
  try {
    const file = fs.openSync(path.join(place.folder, 'sync'), 'w')
    const timed = (work: () => void) => {
      const started = performance.now()
      let n = 0
      while (performance.now() - started < ms) {
        work()
        n += 1
      }
      return (n * 1000) / (performance.now() - started)
    }
    add(
      'fdatasync',
      'calls/s',
      timed(() => {
        fs.writeSync(file, 'x')
        fs.fdatasyncSync(file)
      }),
    )
    fs.closeSync(file)
    await insertRates(place, add, ms, smoke)
    const event = { a: 'x'.repeat(400), n: 5, list: [1, 2, 3], text: '演示投标人一' }
    add(
      'JCS and SHA-256',
      'events/s',
      timed(() => createHash('sha256').update(canonicalBytes(event)).digest()),
    )
    const chunk = randomBytes(262_144)
    add(
      'SHA-256',
      'MB/s',
      (timed(() => createHash('sha256').update(chunk).digest()) * 262_144) / 1e6,
    )
    for (const [name, options] of [
      ['ed25519', {}],
      ['ec', { namedCurve: 'P-256' }],
    ] as const) {
      const keys = generateKeyPairSync(name as 'ec', options as { namedCurve: string })
      const hash = name === 'ec' ? 'sha256' : null
      const message = randomBytes(64)
      const signature = sign(hash, message, keys.privateKey)
      add(
        `${name} verify`,
        'signatures/s',
        timed(() => verify(hash, message, keys.publicKey, signature)),
      )
    }
    let frontier = emptyFrontier
    const leaf = leafHash(randomBytes(41))
    add(
      'frontier append',
      'leaves/s',
      timed(() => {
        frontier = appendLeaves(frontier, [leaf])
      }),
    )
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
    ])
    const gcm = await inFlight(4, () =>
      crypto.subtle.encrypt({ name: 'AES-GCM', iv: randomBytes(12) }, key, chunk),
    )(ms)
    add('AES-256-GCM, 4 in flight', 'MB/s', ((gcm.done / gcm.seconds) * 262_144) / 1e6)
    return rows
  } finally {
    await place.end()
  }
}

async function insertRates(
  { sql }: Awaited<ReturnType<typeof benchPlace>>,
  add: (name: string, unit: string, product: number, params?: object) => void,
  ms: number,
  smoke: boolean,
): Promise<void> {
  const body = 'x'.repeat(800)
  const insert = () =>
    sql`insert into work.settings (name, value) values (${randomBytes(12).toString('hex')}, ${body})`
  for (const n of smoke ? [1] : [1, 8, 32, 256]) {
    const r = await inFlight(n, insert)(ms)
    add('INSERT', 'rows/s', r.done / r.seconds, { inFlight: n })
  }
  const many = await inFlight(1, () => {
    const list = Array.from({ length: 100 }, () => ({
      name: randomBytes(12).toString('hex'),
      value: body,
    }))
    return sql`insert into work.settings ${sql(list, 'name', 'value')}`
  })(ms)
  add('INSERT of 100 rows', 'rows/s', (many.done * 100) / many.seconds)
}
