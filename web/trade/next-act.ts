import { listStages } from '../../server/service/public/rules-stages.ts'
import type { LotStage, TradePage } from '../shell/answers.ts'
import { proofHref } from './trade-events.ts'

/** What somebody does next in a trade, or what comes: words by key, a time, a way there. */
export interface NextStep {
  readonly kind: 'act' | 'wait' | 'late'
  readonly id:
    | 'write'
    | 'awaitApproval'
    | 'approve'
    | 'awaitPublication'
    | 'publish'
    | 'obtain'
    | 'submit'
    | 'submitted'
    | 'answer'
    | 'await'
    | 'opening'
    | 'watchOpening'
    | 'qualify'
    | 'qualifying'
    | 'evaluating'
    | 'judge'
    | 'evaluated'
    | 'publicity'
    | 'awarding'
    | 'award'
    | 'awarded'
    | 'conclude'
    | 'archive'
    | 'contracted'
    | 'archived'
    | 'failed'
    | 'failedBidder'
    | 'failedParty'
    | 'terminated'
    | 'terminatedParty'
    | 'suspended'
  readonly at: string | null
  readonly href: string | null
}

/** How one's own bids stand, by lot; a lot that is not there was not joined. */
export type OwnLots = Readonly<Record<string, string | undefined>>

const order: readonly LotStage[] = ['none', ...listStages]

/** The stage of the lot that is least far and still under way; a trade of failed lots has failed. */
export function stageOf(trade: Pick<TradePage, 'lots'>): LotStage {
  const alive = trade.lots
    .map((lot) => lot.stage)
    .filter((stage) => stage !== 'failed' && stage !== 'terminated')
  if (alive.length === 0) return trade.lots[0]?.stage ?? 'none'
  return alive.reduce((a, b) => (order.indexOf(a) <= order.indexOf(b) ? a : b))
}

const step = (
  kind: NextStep['kind'],
  id: NextStep['id'],
  at: string | null = null,
  href: string | null = null,
): NextStep => ({ kind, id, at, href })

/** The one thing to say first on a trade's page, for who looks. */
export function nextStepOf(trade: TradePage, own: OwnLots = {}): NextStep {
  const is = (role: string) => trade.roles.includes(role)
  const here = `/t/${trade.id}`
  if (trade.stage === 'drafting')
    return is('Ag')
      ? step('act', 'write', null, `${here}/edit`)
      : step('act', 'approve', null, `${here}/approve`)
  if (trade.stage === 'approved')
    return is('Ag')
      ? step('act', 'publish', null, `${here}/publish`)
      : step('wait', 'awaitPublication')
  if (trade.lots.some((lot) => lot.suspended))
    return step('wait', 'suspended', null, proofHref(trade.id, { event: 'LotSuspended' }))
  const stage = stageOf(trade)
  const deadline = trade.published?.deadline ?? null
  switch (stage) {
    case 'none':
    case 'tendering':
      if (is('Ag')) return step('wait', 'answer', deadline, `${here}/questions`)
      if (is('Bown')) {
        const lot = lotToBid(trade, own)
        const isDone = own[lot] === 'submitted'
        const path = `${here}/lots/${lot}/bid`
        return isDone
          ? step('wait', 'submitted', deadline, path)
          : step('act', 'submit', deadline, path)
      }
      if (is('Bidder')) return step('act', 'obtain', deadline, '#lots')
      return step('wait', 'await', deadline)
    case 'opening':
      return ['Ag', 'Pu', 'Ce', 'Re'].some(is) || (is('Bown') && !hasNoneIn(own))
        ? step('act', 'opening', trade.next.at, `${here}/opening`)
        : step('wait', 'watchOpening', null, `${here}/opening`)
    case 'qualifying':
      return is('Pu') || is('Ag')
        ? step('act', 'qualify', null, `${here}/qualification`)
        : step('wait', 'qualifying')
    case 'evaluating':
      if (is('Ex')) return step('act', 'judge', null, `${here}/desk`)
      return ['Ag', 'Pu', 'Ce', 'Re'].some(is)
        ? step('wait', stage, null, `${here}/desk/chair`)
        : step('wait', stage)
    case 'awarding':
    case 'evaluated':
      return is('Pu') ? step('act', 'award', null, `${here}/award`) : step('wait', stage)
    case 'publicity':
    case 'awarded':
    case 'contracted':
    case 'archived': {
      if (stage === 'awarded' && is('Pu')) return step('act', 'conclude', null, `${here}/award`)
      if (stage === 'contracted' && is('Ag')) return step('act', 'archive', null, `${here}/award`)
      const page = is('Pu') || is('Ag') ? 'award' : 'result'
      const at = stage === 'publicity' ? trade.next.at : null
      return step('wait', stage, at, `${here}/${page}`)
    }
    case 'failed': {
      const who = is('Bown') ? 'failedBidder' : is('Pu') || is('Ag') ? 'failedParty' : stage
      return step('wait', who, null, proofHref(trade.id, { event: 'LotFailed' }))
    }
    default: {
      const who = is('Pu') || is('Ag') ? 'terminatedParty' : 'terminated'
      return step('wait', who, null, proofHref(trade.id, { event: 'LotTerminated' }))
    }
  }
}

/** It is known that no bid of one's own is in: never sent, withdrawn, or revoked. */
function hasNoneIn(own: OwnLots): boolean {
  const all = Object.values(own).filter((stage) => stage !== undefined)
  return all.length > 0 && !all.includes('submitted')
}

/** The lot to go on with: joined and not yet submitted, else joined, else the first. */
function lotToBid(trade: TradePage, own: OwnLots): string {
  const joined = trade.lots.filter((lot) => own[lot.id] !== undefined)
  const waiting = joined.find((lot) => own[lot.id] !== 'submitted')
  return (waiting ?? joined[0] ?? trade.lots[0])?.id ?? ''
}
