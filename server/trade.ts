import type { State as ObjectionState } from './award/objection/decider.ts'
import type { State as EvaluationState } from './evaluation/evaluation/decider.ts'
import type { State as DrawState } from './experts/draw/decider.ts'
import { builtInCalendar, type Calendar } from './kernel/calendar.ts'
import type { ProjectView } from './kernel/streams.ts'
import type { State as SessionState } from './opening/opening-session/decider.ts'
import type { State as LotState } from './tendering/lot/decider.ts'
import type { State as ProjectState, PublishedState } from './tendering/project/decider.ts'

/**
 * A trade: the folded states of one project's open streams at a moment of its own clock. Pages,
 * guards and policies read it; the hidden `bid` streams are never part of it.
 */
export interface Trade {
  readonly id: string
  readonly now: string
  /** Working days as loaded where the trade is looked at. */
  readonly calendar: Calendar
  readonly view: ProjectView
  readonly project: ProjectState
  readonly lots: ReadonlyMap<string, LotState>
  readonly session: SessionState
  /** By lot. */
  readonly draws: ReadonlyMap<string, DrawState>
  readonly evaluations: ReadonlyMap<string, EvaluationState>
  /** By stream. */
  readonly objections: ReadonlyMap<string, ObjectionState>
}

const stateOf = <S>(view: ProjectView, stream: string): S | undefined =>
  view.streams.get(stream)?.state as S | undefined

function statesOf<S>(view: ProjectView, kind: string): Map<string, S> {
  const found = new Map<string, S>()
  for (const [stream, one] of view.streams)
    if (one.kind === kind) found.set(stream.slice(kind.length + 1), one.state as S)
  return found
}

/** The trade of a project's view, at trade time `now`. */
export function tradeOf(
  view: ProjectView,
  now: string,
  calendar: Calendar = builtInCalendar,
): Trade {
  return {
    id: view.id,
    now,
    calendar,
    view,
    project: stateOf<ProjectState>(view, `project:${view.id}`) ?? { stage: 'none' },
    lots: statesOf<LotState>(view, 'lot'),
    session: stateOf<SessionState>(view, `openingSession:${view.id}`) ?? { stage: 'scheduled' },
    draws: statesOf<DrawState>(view, 'draw'),
    evaluations: statesOf<EvaluationState>(view, 'evaluation'),
    objections: statesOf<ObjectionState>(view, 'objection'),
  }
}

/** Ids of a project's lots: `<project>-<number of the lot in the document>`. */
export function lotIds(project: PublishedState): string[] {
  return project.document.lots.map((_, i) => `${project.id}-${i + 1}`)
}

/** Whether an id names a lot of the project's document, as it is published or being written. */
export const isLotOf = ({ project }: Pick<Trade, 'project'>, lot: string): boolean =>
  project.stage !== 'none' &&
  (project.document?.lots ?? []).some((_, i) => lot === `${project.id}-${i + 1}`)

/**
 * Whether the deadline stands still 停止计时: bidding for one lot is suspended, and one session opens
 * them all. It moves once nothing holds it any more; until then its old instant means nothing.
 * @source 招标投标法实施条例 art. 22
 */
export const isDeadlineHeld = ({ lots }: Pick<Trade, 'lots'>): boolean =>
  [...lots.values()].some((lot) => lot.stage === 'tendering' && lot.suspensions.length > 0)

/** Since when it stands still; null: it doesn't. */
export function deadlineHeldSince({ lots }: Pick<Trade, 'lots'>): string | null {
  const since = [...lots.values()].flatMap((lot) =>
    lot.stage === 'tendering' ? lot.suspensions.map((one) => one.since) : [],
  )
  return since.sort()[0] ?? null
}

/** Whether a lot ended without an award: nothing more is asked of anyone for it. */
export const endedEarly = (trade: Pick<Trade, 'lots'>, lot: string): boolean =>
  ['failed', 'terminated'].includes(trade.lots.get(lot)?.stage ?? 'none')

/** The opening's own draw, of K or a method: it stands where a lot numbered 0 would. */
export const openingDrawId = (project: string): string => `${project}-0`

/** The project that a lot's id names. */
export const projectOfLot = (lot: string): string => lot.slice(0, lot.lastIndexOf('-'))
/** The place of a lot in its document, from 0. */
export const lotIndex = (lot: string): number => Number(lot.slice(lot.lastIndexOf('-') + 1)) - 1

/** Stages of the access table, `domain.md` §2. */
export type AccessStage = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5'

const stages: Record<LotState['stage'], AccessStage> = {
  none: 'S1',
  tendering: 'S1',
  opening: 'S2',
  qualifying: 'S3',
  evaluating: 'S3',
  // The report is the purchaser's: its limits run from it (M87 68; TR 54).
  evaluated: 'S4',
  publicity: 'S4',
  awarding: 'S4',
  awarded: 'S5',
  contracted: 'S5',
  archived: 'S5',
  failed: 'S5',
  terminated: 'S5',
}

/** How far a lot is, in the access table's words. */
export function accessStage(trade: Trade, lot?: string): AccessStage {
  if (trade.project.stage !== 'published') return 'S0'
  if (lot) return stages[trade.lots.get(lot)?.stage ?? 'none']
  const all = [...trade.lots.values()].map((l) => stages[l.stage])
  return all.sort()[0] ?? 'S1'
}

/** Names of project and lot, as acts and pages show them. */
export function subjectOf(trade: Trade, lot?: string): { zh: string; en: string } {
  if (trade.project.stage === 'none') throw new Error('a project that does not exist has no name')
  const { document, id } = trade.project
  if (!document) return { zh: id, en: id }
  const one = lot ? document.lots[lotIndex(lot)] : undefined
  return {
    zh: one ? `${document.title.zh} ${one.title.zh}` : document.title.zh,
    en: one ? `${document.title.en}, ${one.title.en}` : document.title.en,
  }
}
