import type { AnyMessage } from '../../kernel/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { isDeadlineHeld, type Trade } from '../../trade.ts'

/**
 * What an outage of the platform does to a trade. Before the deadline: it moves for all, by the rule
 * by which it moves after a suspension. After it: the session is halted with the time that was left
 * when the outage began; bids stay sealed, and host or witness resume.
 * @source domain.md §8 "Failures"; 电子招标投标办法 art. 27, 33 ○
 */

/** A time in which the platform stood still, by the clock of the trade that is looked at. */
export interface Standing {
  readonly id: string
  readonly from: string
  readonly until: string
}

/** An act of the system's own. */
export interface Consequence {
  readonly kind: 'project' | 'openingSession'
  readonly command: AnyMessage
}

const msOf = ({ from, until }: Standing): number => Date.parse(until) - Date.parse(from)
const leastMs = (): number => wholeLimit('outageLeast') * 1000
const atDeadlineMs = (): number => wholeLimit('outageAtDeadline') * 1000
const beforeDeadlineMs = (): number => wholeLimit('outageBeforeDeadline') * 60_000

/** Whether a time without ticks is long enough to be looked at; what is shorter is a restart. */
export const mayMatter = (ms: number): boolean => ms >= Math.min(leastMs(), atDeadlineMs())

/** Whether it is an outage whatever it hit: it enters the public record. */
export const isOutage = (ms: number): boolean => ms >= leastMs()

/** What is to be done in this trade, once; an outage that was answered already asks for nothing. */
export function consequencesOf(trade: Trade, standing: Standing): Consequence[] {
  return [...movedDeadline(trade, standing), ...haltedSession(trade, standing)]
}

function movedDeadline(trade: Trade, standing: Standing): Consequence[] {
  const { project, lots } = trade
  const isTaking = [...lots.values()].some((lot) => lot.stage === 'tendering')
  // A deadline that is held moves when nothing holds it any more, by all that it stood.
  if (project.stage !== 'published' || !isTaking || isDeadlineHeld(trade)) return []
  if (!hits(project.bidDeadline, standing)) return []
  if (project.deadlines.some(({ by }) => by === standing.id)) return []
  const command = { type: 'moveDeadline', by: standing.id, stoodMs: msOf(standing) }
  return [{ kind: 'project', command: command as AnyMessage }]
}

/** Whether bidders lost time that counts: the deadline itself, or the last hours before it. */
function hits(deadline: string, standing: Standing): boolean {
  if (deadline <= standing.from) return false
  if (deadline <= standing.until) return msOf(standing) >= atDeadlineMs()
  const leftMs = Date.parse(deadline) - Date.parse(standing.until)
  return isOutage(msOf(standing)) && leftMs <= beforeDeadlineMs()
}

function haltedSession({ session }: Trade, standing: Standing): Consequence[] {
  if (!('windowEndsAt' in session) || session.stage === 'halted') return []
  const { windowEndsAt } = session
  if (windowEndsAt === null || windowEndsAt <= standing.from) return []
  if (!isOutage(msOf(standing))) return []
  const command = { type: 'halt', cause: 'outage', asOf: standing.from }
  return [{ kind: 'openingSession', command: command as AnyMessage }]
}
