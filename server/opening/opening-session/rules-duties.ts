import type { Trade } from '../../trade.ts'
import { mayGoOnWithoutHost } from './rules.ts'
import type { Session } from './state.ts'

/** The host's signature is on the record as it stands: whatever came since makes another record. */
export function isHostSigned(session: Session): boolean {
  const { hostSignature, objections, halts, signedIn } = session
  if (!hostSignature) return false
  const changes = [
    ...objections.flatMap((one) => [one.at, one.answer?.at ?? null]),
    ...halts.flatMap((one) => [one.at, one.resumedAt]),
    ...signedIn.map((one) => one.at),
  ]
  return changes.every((at) => at === null || at <= hostSignature.at)
}

/** What host or witness has to do in the hall; null: nothing now. */
export function hallAct(trade: Trade, party: string): { act: string; until: string | null } | null {
  const { session, project, now } = trade
  if (project.stage !== 'published' || session.stage === 'scheduled') return null
  if (session.stage === 'closed' || session.stage === 'aborted') return null
  const until = session.startedAt === null ? project.bidDeadline : session.windowEndsAt
  if (!session.signedIn.some((one) => one.party === party)) return { act: 'sign-in-hall', until }
  const isOpen = session.objections.some((one) => one.answer === null)
  if (session.stage !== 'closing' || isOpen) return { act: 'attend-hall', until }
  const isSigned = isHostSigned(session)
  if (party === project.agency) return isSigned ? null : { act: 'close-opening', until }
  // The witness signs after the host, or in place of one who has not come.
  const isAlone =
    mayGoOnWithoutHost(now, project.bidDeadline) &&
    !session.signedIn.some((one) => one.role === 'host')
  return { act: isSigned || isAlone ? 'close-opening' : 'attend-hall', until }
}
