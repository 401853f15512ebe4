import { limitsAfterAward } from './award/award/rules.ts'
import { isBondAtRisk } from './award/award/rules-bonds.ts'
import { holdingObjections, objectionFacts } from './award/objection/facts.ts'
import { evaluationFacts } from './evaluation/evaluation/rules-facts.ts'
import { drawFacts } from './experts/draw/facts.ts'
import { addMinutes, type Calendar } from './kernel/calendar.ts'
import type { Actor, AnyMessage } from './kernel/decider.ts'
import { openingFacts } from './opening/opening-session/facts.ts'
import { digestOfJson, type Platform } from './platform.ts'
import type { StreamKind } from './streams.ts'
import type { Facts as BidFacts } from './tendering/bid/decider.ts'
import type { Facts as LotFacts, StreamHead } from './tendering/lot/decider.ts'
import type { Facts as ProjectFacts } from './tendering/project/decider.ts'
import type { TenderDocument } from './tendering/project/document.ts'
import { ruleSetId, wholeLimit } from './tendering/project/limits-data.ts'
import { publicityEnd } from './tendering/project/rules.ts'
import {
  checkGpScoring,
  checkMethod,
  checkMoney,
  checkScoring,
} from './tendering/project/rules-document.ts'
import { deadlineHeldSince, isDeadlineHeld, lotIndex, type Trade } from './trade.ts'

type Extra = Readonly<Record<string, unknown>> & {
  readonly command: AnyMessage
  /** Absent where a page asks what a command would need. */
  readonly actor?: Actor
}
type FactsOf = (platform: Platform, id: readonly string[], trade: Trade, extra: Extra) => unknown

/** What each room's guards know of other streams, made of the trade that the decision has seen. */
const tableOfFacts: Record<StreamKind, FactsOf> = {
  party: () => null,
  access: () => null,
  platform: () => null,
  project: projectFacts,
  lot: lotFacts,
  bid: bidFacts,
  openingSession: (_platform, _id, trade) => openingFacts(trade),
  draw: (_platform, [lot], trade, extra) => drawFacts(trade, lot, extra),
  evaluation: (_platform, [lot], trade) => evaluationFacts(trade, lot),
  objection: (platform, _id, trade, extra) =>
    objectionFacts(trade, objectionLot(trade, _id[0], extra), platform.calendar),
}

/** The lot that an objection is about: as filed, else as its call says. */
function objectionLot(trade: Trade, id: string, extra: Extra): string {
  const known = trade.objections.get(id)
  return known && known.stage !== 'none' ? known.lot : String(extra.lot ?? '')
}

export function factsFor(
  platform: Platform,
  kind: StreamKind,
  id: readonly string[],
  trade: Trade | null,
  extra: Extra,
): unknown {
  if (kind === 'platform')
    return { platform: platform.keys.platform, isDemo: platform.config.mode === 'demo' }
  return trade ? tableOfFacts[kind](platform, id, trade, extra) : null
}

function projectFacts(
  platform: Platform,
  _id: readonly string[],
  trade: Trade,
  extra: Extra,
): ProjectFacts {
  const { command } = extra
  const given = 'document' in command ? (command.document as TenderDocument | null) : null
  const countersigned = command.type === 'countersign' ? proposedDocument(trade, command) : null
  const known = trade.project.stage === 'none' ? null : trade.project.document
  const document = given ?? countersigned ?? known
  return {
    calendar: platform.calendar,
    ruleSetId,
    documentSha256: given ? digestOfJson(given) : null,
    documentFindings: document
      ? [
          ...checkMethod(document),
          ...checkMoney(document),
          ...checkScoring(document),
          ...checkGpScoring(document),
        ]
      : [],
    failedLots: [...trade.lots].flatMap(([id, lot]) => (lot.stage === 'failed' ? [id] : [])),
    successorOf: (extra.successorOf ?? null) as string | null,
    isDemo: platform.config.mode === 'demo',
    deadlineHeld: isDeadlineHeld(trade),
    rolesOf: (extra.rolesOf ?? {}) as ProjectFacts['rolesOf'],
  }
}

/** The document of the amendment that is countersigned: it is judged again as it takes effect. */
function proposedDocument({ project }: Trade, command: AnyMessage): TenderDocument | null {
  const id = 'id' in command ? String(command.id) : ''
  const proposal = project.stage === 'published' ? project.proposals[id] : undefined
  return proposal?.kind === 'amendment' ? proposal.document : null
}

function lotFacts(
  platform: Platform,
  [lotId]: readonly string[],
  trade: Trade,
  extra: Extra,
): LotFacts {
  const { project } = trade
  const published = project.stage === 'published' ? project : null
  const earliest = published
    ? publicityEnd(published.regime, published.document.publicityDays, trade.now, platform.calendar)
        .at
    : null
  return {
    deadline: published?.bidDeadline ?? null,
    calendar: platform.calendar,
    liveBids: Number(extra.liveBids ?? 0),
    earliestPublicityEnd: published?.regime === 'tender' ? earliest : null,
    earliestResultEnd: published?.regime === 'governmentProcurement' ? earliest : null,
    openObjections: holdingObjections(trade, lotId).length,
    unsettledSignatures: Number(extra.unsettledSignatures ?? 0),
    revokedSignatures: (extra.revokedSignatures ?? []) as readonly string[],
    bondsOpen: Number(extra.bondsOpen ?? 0),
    heads: (extra.heads ?? []) as readonly StreamHead[],
    contractUntil: contractUntil(trade, lotId, platform.calendar),
  }
}

/** End of the thirty days to sign, from the award on. */
function contractUntil(trade: Trade, lotId: string, calendar: Calendar): string | null {
  const lot = trade.lots.get(lotId)
  if (!lot || !('awardedAt' in lot)) return null
  return limitsAfterAward(lot.regime, lot.awardedAt, calendar).signUntil.at
}

/** Null while it stands still: what was left of it when bidding was suspended is left afterwards. */
function documentUntil(trade: Trade, until: string): string | null {
  const since = deadlineHeldSince(trade)
  return since !== null && since < until ? null : until
}

function bidFacts(
  platform: Platform,
  [lotId, party]: readonly string[],
  trade: Trade,
  { actor }: Extra,
): BidFacts {
  const { project } = trade
  const lot = trade.lots.get(lotId)
  const published = project.stage === 'published' ? project : null
  const lead = published?.document.opening.signInLeadMinutes ?? wholeLimit('signInLead')
  return {
    published: published !== null,
    deadline: published?.bidDeadline ?? null,
    documentUntil: published ? documentUntil(trade, published.times.documentUntil) : null,
    documentVersion: published?.version ?? 0,
    documentSha256: published?.documentSha256 ?? null,
    signInFrom: published ? addMinutes(published.bidDeadline, -lead) : null,
    bondFen: published?.document.lots[lotIndex(lotId)]?.bondFen ?? 0,
    tendering: lot?.stage === 'tendering',
    deadlineHeld: lot?.stage === 'tendering' && isDeadlineHeld(trade),
    suspended: lot !== undefined && 'suspensions' in lot && lot.suspensions.length > 0,
    isOver: ['failed', 'terminated', 'contracted', 'archived'].includes(lot?.stage ?? 'none'),
    bondAtRisk: isBondAtRisk(trade, lotId, party),
    incompatible:
      project.stage !== 'none' &&
      [project.agency, project.purchaser, project.tradingCentre].includes(party),
    actsForAnother:
      actor?.person !== undefined && platform.hidden.actedForAnother(lotId, actor.person, party),
  }
}
