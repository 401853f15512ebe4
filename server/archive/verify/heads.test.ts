import { expect, test } from 'vitest'
import { b64u } from '../../formats/bytes.ts'
import { sideDigest } from '../../log/index.ts'
import type { BagFiles, BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import { checkHeads } from './heads.ts'
import { Report } from './report.ts'

/** A lot of which one bid was opened and one withdrawn, told by its newest statement. */
const at = (stream: string, version: number, type = 'Some', data: object = {}): BagEvent => ({
  path: `data/events/${stream.replace(':', '/')}/${version}.json`,
  stream,
  version,
  event: { stream, version, type, data } as never,
  digest: `${stream}-${version}`,
  tickMs: null,
})
const head = (stream: string, version: number) => ({
  stream,
  version,
  digest: `${stream}-${version}`,
})
const salt = new Uint8Array(32).fill(3)
const withdrawn = [head('bid:withdrawn', 2)]
const joined = b64u(sideDigest(withdrawn as never, salt))
const heads = [head('project:P', 1), head('bid:opened', 1), head('lot:P-1', 0)]

const whole: readonly BagEvent[] = [
  at('project:P', 0),
  at('project:P', 1),
  at('bid:opened', 0),
  at('bid:opened', 1),
  ...[0, 1, 2].map((version) => at('bid:withdrawn', version)),
  at('lot:P-1', 0, 'LotOpened', { headsKept: true }),
  at('lot:P-1', 1, 'HeadsRecorded', { heads, joined }),
  at('lot:P-1', 2, 'BagExported', { kind: 'full' }),
]
const list = { salt: b64u(salt), heads: withdrawn }

/** What is found of a bag in which something was changed. */
async function found(
  events: readonly BagEvent[],
  file: object | null = list,
  kind: BagInfo['kind'] = 'full',
) {
  const files: BagFiles = {
    paths: file ? ['data/log/joined.json'] : [],
    async *stream() {
      if (!file) throw new Error('it is not there')
      yield Buffer.from(JSON.stringify(file))
    },
  }
  const report = new Report()
  await checkHeads(files, { kind, trade: 'P', lot: 'P-1' } as BagInfo, events, report)
  return report.findings.map(({ code, place }) => [code, place.stream ?? place.path, place.version])
}
const without = (stream: string, from: number) =>
  whole.filter((e) => e.stream !== stream || e.version < from)

test('a bag that holds what its newest statement says is whole', async () => {
  expect(await found(whole)).toEqual([])
  const open = without('bid:withdrawn', 0)
  expect(await found(open, null, 'public')).toEqual([])
  // An older lot has no statement before its archiving, and its bags stay good.
  const old = [at('lot:P-1', 0, 'LotOpened'), at('project:P', 0)]
  expect(await found(old, null)).toEqual([])
})

test.each<[string, readonly BagEvent[], unknown[]]>([
  ['a stream', without('project:P', 1), [['stream-cut', 'project:P', 1]]],
  ['an opened bid’s', without('bid:opened', 1), [['stream-cut', 'bid:opened', 1]]],
  ['a withdrawn bid’s', without('bid:withdrawn', 2), [['stream-cut', 'bid:withdrawn', 2]]],
  ['all of a withdrawn bid', without('bid:withdrawn', 0), [['stream-cut', 'bid:withdrawn', 2]]],
])('the end of %s cut off', async (_, events, expected) => {
  expect(await found(events)).toEqual(expected)
})

test('the statement itself cut off, or something beyond it', async () => {
  expect(await found(without('lot:P-1', 1), null, 'public')).toEqual([['stream-cut', 'lot:P-1', 1]])
  const more = [...whole, at('project:P', 2)]
  expect(await found(more)).toEqual([['stream-cut', 'lot:P-1', 3]])
  const stranger = [...whole, at('bid:stranger', 0)]
  expect(await found(stranger)).toEqual([['stream-unexpected', 'bid:stranger', 0]])
})

test('the list of who joined is the one that was sealed', async () => {
  const differs = [['joined-streams-differ', 'data/log/joined.json', undefined]]
  expect(await found(without('bid:withdrawn', 0), { ...list, heads: [] })).toEqual(differs)
  expect(await found(whole, null)).toEqual(differs)
  expect(await found(whole, { salt: 'x', heads: 7 })).toEqual(differs)
  expect(await found(whole, { ...list, salt: b64u(new Uint8Array(32)) })).toEqual(differs)
})
