import type { DrawnState, State as DrawState } from '../../experts/draw/decider.ts'
import { drawExperts } from '../../experts/draw/rules.ts'
import { seatingOf } from '../../experts/draw/rules-calling.ts'
import { nextFor, orderOf, widening } from '../../experts/draw/rules-seats.ts'
import { commitmentOf, type DrawPlan, seedOf, seedProblem } from '../../experts/draw/seed.ts'
import { hex } from '../../formats/bytes.ts'
import { canonicalize } from '../../formats/jcs.ts'
import { kindOf } from '../../kernel/streams.ts'
import { type LogKey, verifyCheckpoint } from '../../log/index.ts'
import type { BagEvent } from './events.ts'
import type { Folded } from './fold.ts'
import type { Place, Report } from './report.ts'

type At<S extends DrawState['stage']> = Extract<DrawState, { stage: S }>

/**
 * Each draw, made again from its published inputs: the plan has the commitment, the checkpoint is a
 * signed one of this log, the seed is mixed of it and the revealed nonces, and everyone drawn,
 * called or replaced follows from the seed alone.
 */
export function checkDraws(
  folded: Folded,
  events: readonly BagEvent[],
  keys: readonly LogKey[],
  report: Report,
): void {
  for (const one of events) {
    if (kindOf(one.stream) !== 'draw') continue
    const check = one.event ? checks[one.event.type] : undefined
    const place: Place = { stream: one.stream, version: one.version, path: one.path }
    if (!one.event) report.withhold('draw')
    else if (check)
      check(one.event.data as never, folded.before(one) as never, { place, report, keys })
  }
}

interface Reporting {
  readonly place: Place
  readonly report: Report
  readonly keys: readonly LogKey[]
}
type Check = (data: never, state: never, to: Reporting) => void

/** Expected and found are compared by their canonical bytes. */
function compare(
  code: string,
  expected: unknown,
  found: unknown,
  { place, report }: Reporting,
): void {
  if (canonicalize(expected) === canonicalize(found)) report.pass('draw')
  else report.fail('draw', code, place, { expected, found })
}

const checks: Readonly<Record<string, Check>> = {
  DrawCommitted: (data: { plan: DrawPlan; commitment: string }, _: unknown, to: Reporting) =>
    compare('draw-commitment-differs', commitmentOf(data.plan), data.commitment, to),
  CheckpointTaken: (
    data: { root: string; size: number; note: string },
    _: unknown,
    to: Reporting,
  ) => {
    const { checkpoint } = verifyCheckpoint(data.note, to.keys)
    const found = checkpoint ? { size: checkpoint.size, root: hex(checkpoint.root) } : null
    compare('draw-checkpoint-wrong', { size: data.size, root: data.root }, found, to)
  },
  SeedFixed: (data: { seed: string }, state: At<'revealing'> | undefined, to: Reporting) => {
    if (!state) return to.report.skip('draw', 'draw-unchecked', to.place)
    const revealed = Object.entries(state.revealed).map(([party, nonceHex]) => ({
      party,
      nonceHex,
    }))
    const problem = seedProblem(state.plan, revealed)
    if (problem) to.report.fail('draw', problem, to.place)
    const seed = seedOf({
      commitmentHex: state.commitment,
      checkpointRootHex: state.checkpoint.root,
      treeSize: state.checkpoint.size,
      revealed,
    })
    compare('draw-seed-differs', seed, data.seed, to)
  },
  ExpertsDrawn: (
    data: { recused: readonly string[]; strata: unknown },
    state: At<'seeded'> | undefined,
    to: Reporting,
  ) => {
    if (!state) return to.report.skip('draw', 'draw-unchecked', to.place)
    const drawn = drawExperts({ ...state.plan }, state.seed, { experts: data.recused })
    const strata = drawn.strata.map((one, i) => orderOf(state.plan.strata[i], one))
    compare('draw-result-differs', strata, data.strata, to)
  },
  ExpertReplaced: (
    data: { leaves: string; by: string | null; passedOver: unknown },
    state: DrawnState | undefined,
    to: Reporting,
  ) => {
    if (!state) return to.report.skip('draw', 'draw-unchecked', to.place)
    // A representative's seat is not drawn: the purchaser names who takes it.
    if (!state.seats.some((s) => s.expert === data.leaves)) return
    const next = nextFor(seatingOf(state), data.leaves)
    compare('draw-replacement-differs', next.replacedBy, data.by, to)
  },
  DrawWidened: (data: Record<string, unknown>, state: DrawnState | undefined, to: Reporting) => {
    if (!state) return to.report.skip('draw', 'draw-unchecked', to.place)
    compare('draw-result-differs', widening(seatingOf(state)), data, to)
  },
} as Readonly<Record<string, Check>>
