import { b64u, fromB64u } from '../../formats/bytes.ts'
import { kindOf } from '../../kernel/streams.ts'
import { sideDigest } from '../../log/index.ts'
import { deciderMap } from '../../streams.ts'
import type { StreamHead } from '../../tendering/lot/decider.ts'
import { type BagFiles, type BagInfo, readJsonFile } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** Events of a lot that tell of bags alone: what comes after a statement of the heads changes nothing. */
export const aboutBags: ReadonlySet<string> = new Set([
  'BagExported',
  'HeadsRecorded',
  'LotArchived',
])

const headsIn = ({ event }: BagEvent) =>
  (event?.data as { heads?: readonly StreamHead[] } | undefined)?.heads

/**
 * Streams that were cut off, or left out, before the point that the lot's own events recorded: when
 * it was archived, and before each bag since `headsKept` stands in its first event.
 */
export async function checkHeads(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<void> {
  const own = events.filter((e) => e.stream === `lot:${info.lot}`)
  const statements = own.filter((e) => headsIn(e) !== undefined)
  checkEach(
    statements.flatMap((e) => headsIn(e) ?? []),
    events,
    report,
  )
  const isKept = (own[0]?.event?.data as { headsKept?: true } | undefined)?.headsKept === true
  if (!isKept) return
  checkNewest(info, events, statements.at(-1) ?? null, report)
  await checkJoined(files, info, { own, events }, report)
}

/** Each stream goes at least as far as it was recorded to go, with the same event at that place. */
function checkEach(
  heads: readonly StreamHead[],
  events: readonly BagEvent[],
  report: Report,
): void {
  const digests = new Map(events.map((e) => [`${e.stream} ${e.version}`, e.digest]))
  for (const { stream, version, digest } of heads) {
    const found = digests.get(`${stream} ${version}`) ?? null
    if (found === digest) report.pass('ledger')
    else {
      const code = found === null ? 'stream-cut' : 'stream-chain-broken'
      report.fail('ledger', code, { stream, version }, { expected: digest, found })
    }
  }
}

/** Of a full bag: the streams of those who joined and have no row, by their list's sealed digest. */
async function checkJoined(
  files: BagFiles,
  info: BagInfo,
  { own, events }: { readonly own: readonly BagEvent[]; readonly events: readonly BagEvent[] },
  report: Report,
): Promise<void> {
  const path = 'data/log/joined.json'
  if (info.kind === 'public') {
    report.withhold('ledger')
    return
  }
  const told = own.findLast((e) => e.event?.type === 'HeadsRecorded')
  const expected = (told?.event?.data as { joined?: string } | undefined)?.joined
  const list = await readJsonFile<{ salt: string; heads: StreamHead[] }>(files, path)
  let found: string | null = null
  try {
    found = list && b64u(sideDigest(list.heads as never, fromB64u(list.salt, 32)))
  } catch {
    // No list of ours: its digest is none.
  }
  if (found === null || found !== expected) {
    report.fail('ledger', 'joined-streams-differ', { path }, { expected, found })
    return
  }
  const { heads } = list as { heads: StreamHead[] }
  checkEach(heads, events, report)
  const named = new Map([...(headsIn(told as BagEvent) ?? []), ...heads].map((h) => [h.stream, h]))
  for (const { stream, version } of events)
    if (stream.startsWith('bid:') && version > (named.get(stream)?.version ?? -1))
      report.fail('ledger', 'stream-unexpected', { stream, version, path })
}

/** Nothing of the bag lies beyond its newest statement: else the end that told of it was cut off. */
function checkNewest(
  info: BagInfo,
  events: readonly BagEvent[],
  newest: BagEvent | null,
  report: Report,
): void {
  const lot = `lot:${info.lot}`
  const heads = new Map((newest ? headsIn(newest) : [])?.map((h) => [h.stream, h.version]))
  const beyond = events.find(({ stream, version, event }) => {
    if (stream === lot && newest && version > (heads.get(stream) ?? -1))
      return event !== null && !aboutBags.has(event.type)
    // Of a kind without rules: nothing in the lot follows from it.
    if (!deciderMap.has(kindOf(stream))) return false
    // Of who joined and did not bid only few bags tell, and no statement.
    if (stream.startsWith('bid:') && !heads.has(stream)) return false
    return version > (heads.get(stream) ?? -1)
  })
  if (newest && !beyond) {
    report.pass('ledger')
    return
  }
  const version = events.filter((e) => e.stream === lot).length
  report.fail(
    'ledger',
    'stream-cut',
    { stream: lot, version },
    {
      expected: 'a record of how far each stream goes',
      found: beyond ? `${beyond.stream} ${beyond.version} beyond it` : null,
    },
  )
}
