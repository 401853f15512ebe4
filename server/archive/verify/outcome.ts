import { canonicalize } from '../../formats/jcs.ts'
import type { State } from '../../tendering/lot/decider.ts'
import type { Trade } from '../../trade.ts'
import { type BagFiles, type BagInfo, readJsonFile } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Folded } from './fold.ts'
import type { Report } from './report.ts'

/** What came out of a lot, in `outcome.json`. */
export interface Outcome {
  readonly lot: string
  readonly stage: State['stage']
  readonly ground?: string
  readonly award?: { readonly bidder: string; readonly priceFen: number }
  readonly candidates?: readonly string[]
}

/**
 * The outcome for whoever opens the bag: nothing that its events do not say. The public learns of
 * candidates by their publication alone, which government procurement does not have.
 */
export function outcomeOfLot(trade: Trade, lot: string, kind: 'full' | 'public'): Outcome {
  const state = trade.lots.get(lot)
  if (!state || state.stage === 'none') return { lot, stage: 'none' }
  const published = trade.view.events.some(
    ({ event }) => event.stream === `lot:${lot}` && event.type === 'CandidatesPublished',
  )
  return {
    lot,
    stage: state.stage,
    ...('ground' in state ? { ground: state.ground } : {}),
    ...('winner' in state
      ? { award: { bidder: state.winner.bidder, priceFen: state.winner.priceFen } }
      : {}),
    ...('candidates' in state && (kind === 'full' || published)
      ? { candidates: state.candidates }
      : {}),
  }
}

/** Stages that an event which all may read leaves behind. */
const stageAfter: Readonly<Record<string, State['stage']>> = {
  LotOpened: 'tendering',
  DeadlinePassed: 'opening',
  LotFailed: 'failed',
  LotTerminated: 'terminated',
  QualificationBegan: 'qualifying',
  EvaluationBegan: 'evaluating',
  CandidatesPublished: 'publicity',
  PublicityEnded: 'awarding',
  LotAwarded: 'awarded',
  AwardCancelled: 'awarding',
  ContractSigned: 'contracted',
  LotArchived: 'archived',
}

/** The same, as far as the events that a bag shows tell it; null where its end is withheld. */
function outcomeShown(own: readonly BagEvent[], lot: string): Outcome | null {
  let stage: State['stage'] = 'none'
  let more: Omit<Outcome, 'lot' | 'stage'> = {}
  for (const { event } of own) {
    const data = (event?.data ?? {}) as Record<string, unknown>
    if (!event) continue
    stage = stageAfter[event.type] ?? stage
    if (event.type === 'LotFailed') more = { ground: String(data.ground) }
    if (event.type === 'LotTerminated') more = {}
    if (event.type === 'CandidatesPublished')
      more = {
        candidates: (data.candidates as { bidder: string }[]).map((c) => c.bidder),
      }
    if (event.type === 'LotAwarded') {
      const { bidder, priceFen } = data as { bidder: string; priceFen: number }
      more = { ...more, award: { bidder, priceFen } }
    }
    if (event.type === 'AwardCancelled') {
      const { award: _, ...rest } = more
      more = rest
    }
  }
  return own.length === 0 ? null : { lot, stage, ...more }
}

/** `outcome.json` says what the bag's events say. */
export async function checkOutcome(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  folded: Folded,
  report: Report,
): Promise<unknown> {
  const path = 'data/outcome.json'
  const found = await readJsonFile<Outcome>(files, path)
  const own = events.filter((e) => e.stream === `lot:${info.lot}`)
  const expected =
    info.kind === 'full' && own.every((e) => e.event)
      ? outcomeOfLot(folded.trade, info.lot, info.kind)
      : outcomeShown(own, info.lot)
  if (expected === null) return found
  if (canonicalize((found ?? null) as never) === canonicalize(expected as never))
    report.pass('ranking')
  else report.fail('ranking', 'outcome-differs', { path }, { expected, found })
  return found
}
