import type { Platform } from '../../platform.ts'
import type { Policy, Step } from '../../policies.ts'
import { isDeadlineHeld, lotIds, type Trade } from '../../trade.ts'
import { forgetReleases } from '../../vault/secrets.ts'
import type { Command } from './decider.ts'
import { openingFacts } from './facts.ts'
import { isTimeToOpen } from './guards.ts'
import { listBids, openAll } from './prepare.ts'
import { hallOpensAt } from './rules.ts'
import { hasRow, listedNames, type Session } from './state.ts'

/** What the session does by itself, and what its end makes lots do. */
type Find = (trade: Trade) => readonly Step[]

const step = (trade: Trade, at: string | null, rest: Pick<Step, 'command' | 'prepare'>): Step => ({
  kind: 'openingSession',
  id: trade.id,
  at,
  ...rest,
})

const openHall: Find = (trade) => {
  const { project, session, lots } = trade
  if (project.stage !== 'published' || session.stage !== 'scheduled') return []
  const isAwaited = [...lots.values()].some((l) => l.stage === 'tendering' || l.stage === 'opening')
  if (!isAwaited || isDeadlineHeld(trade)) return []
  const at = hallOpensAt(project.bidDeadline, project.document.opening)
  return [step(trade, at, { command: { type: 'openHall', project: trade.id } as Step['command'] })]
}

const start: Find = (trade) => {
  const { project, session, lots } = trade
  if (project.stage !== 'published' || session.stage !== 'signIn') return []
  const isOver = lotIds(project).every((id) => {
    const stage = lots.get(id)?.stage
    return stage !== undefined && stage !== 'none' && stage !== 'tendering'
  })
  if (!isOver) return []
  const prepare = async (platform: Platform, now: Trade) => ({
    command: await listBids(platform, now),
  })
  return [step(trade, project.bidDeadline, { command: { type: 'startOpening' }, prepare })]
}

/** One opening of a project at a time in this process: who comes second takes the first's. */
const underWay = new Map<string, Promise<Command>>()

async function openOnce(platform: Platform, trade: Trade): Promise<{ command: Command }> {
  const known = underWay.get(trade.id)
  if (known) return { command: await known }
  const opening = openAll(platform, trade).finally(() => underWay.delete(trade.id))
  underWay.set(trade.id, opening)
  return { command: await opening }
}

/** Once the side rows hold what is needed, or nothing is to be opened, no released key is kept. */
const forgetting = (session: Session) => async (platform: Platform) => {
  await forgetReleases(platform, listedNames(session))
  return {}
}

const runSession: Find = (trade) => {
  const { session, now } = trade
  switch (session.stage) {
    case 'drawing':
      return [step(trade, session.windowEndsAt, { command: { type: 'timeOutDrawing' } })]
    case 'decrypting': {
      const isDue = isTimeToOpen(session, { now, facts: openingFacts(trade) })
      const command = { type: 'openBids' }
      return [step(trade, isDue ? null : session.windowEndsAt, { command, prepare: openOnce })]
    }
    case 'readingOut':
      return [step(trade, null, { command: { type: 'readOut' }, prepare: forgetting(session) })]
    case 'confirming': {
      const isAll = session.rows.every((r) => hasRow(session.confirmed, r))
      const at = isAll ? null : session.windowEndsAt
      return [step(trade, at, { command: { type: 'closeConfirmation' } })]
    }
    default:
      return []
  }
}

const abort: Find = (trade) => {
  const { session } = trade
  if (session.stage === 'scheduled' || session.stage === 'signIn') return []
  if (session.stage === 'closed' || session.stage === 'aborted') return []
  const { openLots, waitingLots } = openingFacts(trade)
  if (openLots.length > 0 || waitingLots > 0) return []
  return [step(trade, null, { command: { type: 'abort' }, prepare: forgetting(session) })]
}

const closed: Find = ({ session, lots }) => {
  if (session.stage !== 'closed') return []
  return (session as Session).lots.flatMap(({ lot }) => {
    const state = lots.get(lot)
    if (state?.stage !== 'opening' || state.suspensions.length > 0) return []
    const type = state.regime === 'tender' ? 'beginEvaluation' : 'beginQualification'
    return [{ kind: 'lot', id: lot, at: null, command: { type } } satisfies Step]
  })
}

export const openingPolicies: readonly Policy[] = [
  { when: 'clock: an hour before the deadline', then: 'openingSession.openHall', find: openHall },
  {
    when: 'lot: DeadlinePassed or LotFailed, all not terminated',
    then: 'openingSession.startOpening',
    find: start,
  },
  // Before any other step: of lots that are gone nothing is opened.
  { when: 'lot: none is left to open', then: 'openingSession.abort', find: abort },
  {
    when: 'openingSession: all released, all confirmed, or a window ends',
    then: 'openingSession.openBids, readOut, closeConfirmation, timeOutDrawing',
    find: runSession,
  },
  {
    when: 'openingSession: OpeningClosed',
    then: 'lot.beginEvaluation; government procurement: lot.beginQualification',
    find: closed,
  },
]
