import { hex } from '../../formats/bytes.ts'
import { canonicalize } from '../../formats/jcs.ts'
import {
  checkCosignatures,
  type LogKey,
  type Note,
  type Vkey,
  verifyCheckpoint,
} from '../../log/index.ts'
import { type BagFiles, type BagInfo, hasFile, readJsonFile, readText } from './bag.ts'
import type { BagEvent } from './events.ts'
import { checkHeads } from './heads.ts'
import type { Report } from './report.ts'

/** Pinned witnesses of the log, and how many of them an archive waits for. */
export interface Witnesses {
  readonly vkeys: readonly Vkey[]
  readonly quorum: number
}
/** Whose word on the log counts. */
export interface Pinned {
  readonly keys: readonly LogKey[]
  readonly witnesses: Witnesses | null
}

/**
 * What a bag must hold for what it says of itself: the streams of its lot, and copies beside the
 * events (for readers without tools) that say what the events say.
 */
export async function checkWhole(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  pinned: Pinned,
  report: Report,
): Promise<void> {
  checkStreams(info, events, report)
  await checkHeads(files, info, events, report)
  await checkCheckpoints(files, info, pinned, report)
  await checkCopies(files, info, events, report)
}

/** Streams that must be there once the lot's own events tell of what they led to. */
const follows: readonly (readonly [type: string, stream: (i: BagInfo) => string])[] = [
  ['QualificationBegan', (i) => `openingSession:${i.trade}`],
  ['EvaluationBegan', (i) => `openingSession:${i.trade}`],
  ['EvaluationBegan', (i) => `evaluation:${i.lot}`],
  ['EvaluationBegan', (i) => `draw:${i.lot}`],
]

function checkStreams(info: BagInfo, events: readonly BagEvent[], report: Report): void {
  const streams = new Set(events.map((e) => e.stream))
  const types = new Set(
    events.filter((e) => e.stream === `lot:${info.lot}`).map((e) => e.event?.type),
  )
  const wanted = new Set([`project:${info.trade}`, `lot:${info.lot}`])
  for (const [type, stream] of follows) if (types.has(type)) wanted.add(stream(info))
  for (const stream of wanted)
    if (streams.has(stream)) report.pass('ledger')
    else report.fail('ledger', 'stream-missing', { stream })
  const own = events.filter((e) => e.stream === `evaluation:${info.lot}`)
  if (types.has('LotEvaluated') && own.length > 0 && own.every((e) => e.event))
    if (!own.some((e) => e.event?.type === 'BidsRanked'))
      report.fail('ledger', 'stream-cut', { stream: `evaluation:${info.lot}` })
}

/** Each checkpoint is signed by the log, and no size has two roots. */
async function checkCheckpoints(
  files: BagFiles,
  info: BagInfo,
  { keys, witnesses }: Pinned,
  report: Report,
): Promise<void> {
  const roots = new Map<number, string>()
  const proven = new Set<number>()
  let newest: { readonly size: number; readonly note: Note } | null = null
  for (const path of files.paths) {
    const name = /^data\/log\/checkpoints\/(\d+)$/.exec(path)?.[1]
    const isProof = path.startsWith('data/events/') && path.endsWith('.tlog-proof')
    if (name === undefined && !isProof) continue
    const text = await readText(files, path)
    // The note stands at the end of a proof, after its one empty line.
    const note = isProof ? text.slice(text.indexOf('\n\n') + 2) : text
    const verdict = verifyCheckpoint(note, keys)
    const { checkpoint, problem } = verdict
    const place = { path, ...(checkpoint ? { size: checkpoint.size } : {}) }
    if (problem !== undefined) {
      if (!isProof) report.fail('ledger', problem, place)
      continue
    }
    const { size, origin } = checkpoint
    if (!isProof && witnesses)
      for (const witness of checkCosignatures(verdict.note, witnesses.vkeys, 0).wrong)
        report.fail('ledger', 'cosignature-wrong', { ...place, witness })
    if (!isProof && size > (newest?.size ?? -1)) newest = { size, note: verdict.note }
    if (isProof) proven.add(size)
    const root = hex(checkpoint.root)
    const known = roots.get(size) ?? root
    roots.set(size, known)
    if (origin !== info.origin)
      report.fail('ledger', 'wrong-origin', place, { expected: info.origin, found: origin })
    else if (known !== root || (name !== undefined && Number(name) !== size))
      report.fail('ledger', 'log-forked', place, { expected: known, found: root })
    else if (!isProof) report.pass('ledger')
  }
  for (const size of proven) {
    const path = `data/log/checkpoints/${size}`
    if (!hasFile(files, path)) report.fail('ledger', 'checkpoint-missing', { path, size })
  }
  if (witnesses) checkQuorum(newest, witnesses, report)
}

/** Receipts do not wait for witnesses, archives do: enough of them stand behind the newest tree. */
function checkQuorum(
  newest: { readonly size: number; readonly note: Note } | null,
  { vkeys, quorum }: Witnesses,
  report: Report,
): void {
  const good = newest ? checkCosignatures(newest.note, vkeys, quorum).good.length : 0
  if (good >= quorum) report.pass('ledger')
  else
    report.fail(
      'ledger',
      'quorum-not-met',
      newest ? { path: `data/log/checkpoints/${newest.size}`, size: newest.size } : {},
      { expected: quorum, found: good },
    )
}

const versionName = (version: number) => String(version).padStart(6, '0')

/** What a draw is recomputed from. */
const drawFiles = new Set(['DrawCommitted', 'SeedFixed', 'ExpertsDrawn', 'DrawCompleted'])

/** Where an event's data lies a second time, under a name that a reader looks for. */
function copyPath({ event, version, stream }: BagEvent): string | null {
  if (event?.type === 'SheetSubmitted') {
    return `data/sheets/${event.actor?.party}-${version}.json`
  }
  return event && stream.startsWith('draw:')
    ? `data/draw/${versionName(version)}-${event.type}.json`
    : null
}

async function checkCopies(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<void> {
  const known = new Map<string, Set<string>>()
  for (const one of events) {
    const path = copyPath(one)
    if (!path) continue
    const data = canonicalize(one.event?.data as never)
    known.set(path, (known.get(path) ?? new Set()).add(data))
    if (hasFile(files, path)) continue
    if (info.kind === 'full' && path.startsWith('data/sheets/'))
      report.fail('scores', 'sheet-missing', { path })
    if (drawFiles.has(one.event?.type ?? '')) report.fail('draw', 'draw-file-missing', { path })
  }
  for (const path of files.paths) {
    const isSheet = path.startsWith('data/sheets/')
    if (!isSheet && !path.startsWith('data/draw/')) continue
    const check = isSheet ? 'scores' : 'draw'
    const found = await readJsonFile(files, path)
    if (known.get(path)?.has(canonicalize(found as never))) report.pass(check)
    else report.fail(check, isSheet ? 'sheet-differs' : 'draw-file-differs', { path })
  }
}
