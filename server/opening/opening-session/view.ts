import { mayCall, type Role } from '../../access.ts'
import type { AppCall } from '../../app-call.ts'
import { languageOf } from '../../kernel/http.ts'
import { ProblemError, problemDocument } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { loadBid } from '../../platform.ts'
import { problemTexts } from '../../problems.ts'
import type { State as BidState } from '../../tendering/bid/decider.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { lotIds, lotIndex, type Trade } from '../../trade.ts'
import { type Command, openingSession } from './decider.ts'
import { openingFacts, recordDigest } from './facts.ts'
import { readOutPrice } from './rules.ts'
import type { HallRole, ListedBid, Session, State } from './state.ts'

/**
 * The hall as the caller may see it. Before the list is out it is the same for a lot with ten bids
 * and for one with none; prices are in it only once all bids are opened.
 */
export async function hallView(call: AppCall): Promise<unknown> {
  const trade = call.trade as Trade
  const project = trade.project as PublishedState
  const { session } = trade
  const { opening } = project.document
  return {
    project: trade.id,
    title: project.document.title,
    stage: session.stage,
    back: session.stage === 'halted' ? session.back : null,
    now: trade.now,
    deadline: project.bidDeadline,
    hallOpensAt: openingFacts(trade).hallOpensAt,
    windows: opening,
    host: project.agency,
    witness: project.tradingCentre,
    ...(session.stage === 'scheduled' ? { signedIn: [], windowEndsAt: null } : common(session)),
    lots: lotIds(project).map((lot) => lotView(trade, project, lot)),
    recordSha256: recordOf(trade),
    me: await meView(call),
    acts: await actsView(call),
  }
}

function common(session: Session) {
  const { signedIn, startedAt, openedAt, windowEndsAt, objections, extensions, halts } = session
  const { closedAt, hostSignature } = session
  return {
    ...{ signedIn, startedAt, openedAt, windowEndsAt, objections, extensions, halts, closedAt },
    hostSigned: hostSignature !== null,
  }
}

const recordOf = ({ session, ...trade }: Trade): string | null =>
  session.stage === 'closing'
    ? recordDigest({ ...trade, session })
    : session.stage === 'closed'
      ? session.recordSha256
      : null

function lotView(trade: Trade, project: PublishedState, lot: string) {
  const { session } = trade
  const terms = project.document.lots[lotIndex(lot)]
  const base = { lot, title: terms.title, stage: trade.lots.get(lot)?.stage ?? 'none' }
  if (session.stage === 'scheduled') return { ...base, outcome: null, parameters: null, rows: [] }
  const listed = session.lots.find((l) => l.lot === lot)
  return {
    ...base,
    outcome: listed ? 'opening' : session.returned.includes(lot) ? 'returned' : null,
    draws: listed?.draws ?? [],
    parameters: session.parameters.find((p) => p.lot === lot) ?? null,
    rows: (listed?.bids ?? []).map((bid) => rowView(session, lot, bid, terms.ceilingPriceFen)),
  }
}

function rowView(session: Session, lot: string, bid: ListedBid, ceilingFen: number | undefined) {
  const isMine = (one: { lot: string; party: string }) => one.lot === lot && one.party === bid.party
  const row = session.rows.find(isMine)
  return {
    party: bid.party,
    name: bid.name,
    receivedAt: bid.receivedAt,
    hallEnteredAt: bid.hallEnteredAt,
    documentVersion: bid.documentVersion,
    confirmedVersion: bid.confirmedVersion,
    headerHash: bid.headerHash,
    bondFen: bid.bondFen,
    signedInAt: session.signedIn.find((s) => s.party === bid.party)?.at ?? null,
    releasedAt: session.released.find(isMine)?.at ?? null,
    outcome: row?.outcome ?? null,
    ...(row?.outcome === 'opened'
      ? {
          quotation: row.quotation,
          quotationKey: row.quotationKey,
          ...readOutPrice(row.priceFen, ceilingFen),
        }
      : {}),
    ...(row?.outcome === 'notOpened'
      ? { problem: row.problem, fault: row.fault, place: row.place }
      : {}),
    confirmation: session.confirmed.some(isMine)
      ? 'signed'
      : session.silent.some(isMine)
        ? 'silent'
        : null,
  }
}

/** Whom the caller is in the hall, by the trade's own parties. */
export function hallRole(roles: ReadonlySet<string>): HallRole | null {
  if (roles.has('Ag')) return 'host'
  if (roles.has('Ce')) return 'witness'
  return roles.has('Bown') ? 'bidder' : null
}

/** A bidder's own lots: of its own hidden streams, seen by itself alone. */
async function meView({ platform, viewer, trade, roles }: AppCall) {
  const role = hallRole(roles)
  if (role !== 'bidder') return { role, lots: [] }
  const { party } = viewer as Viewer
  const lots = []
  for (const lot of lotIds((trade as Trade).project as PublishedState)) {
    const state = (await loadBid(platform, lot, party)).state as BidState
    if (state.stage === 'none') continue
    lots.push({ lot, stage: state.stage, hallEnteredAt: state.hallEnteredAt })
  }
  return { role, party, lots }
}

/** Each act that the caller's role has here: null where it is open, else why not. */
async function actsView(call: AppCall): Promise<Record<string, unknown>> {
  const { viewer, roles } = call
  if (!viewer) return {}
  const trade = call.trade as Trade
  const acts: Record<string, unknown> = {}
  for (const { id, key, command } of possibleActs(trade, viewer, roles))
    if (mayCall(`openingSession.${id}`, roles as ReadonlySet<Role>, viewer))
      acts[key] = refusalOf(call, command)
  return acts
}

interface PossibleAct {
  readonly id: string
  readonly key: string
  readonly command: Command
}

function possibleActs(
  { session }: Trade,
  { party }: Viewer,
  roles: ReadonlySet<string>,
): PossibleAct[] {
  const role = hallRole(roles)
  if (!role) return []
  const one = (id: string, command: Command, key = id): PossibleAct => ({ id, key, command })
  const own = session.stage === 'scheduled' ? [] : ownRows(session, party)
  return [
    one('signIn', { type: 'signIn', role, name: '' }),
    ...own.flatMap(({ lot, opened, priceFen }) => [
      one('releaseKey', { type: 'releaseKey', lot, party }, `releaseKey ${lot}`),
      one('confirm', { type: 'confirm', lot, opened, priceFen }, `confirm ${lot}`),
      one('object', { type: 'object', id: '?', lot, text: '' }, `object ${lot}`),
    ]),
    one('answer', { type: 'answer', id: openObjection(session), text: '' }),
    one('extendWindow', { type: 'extendWindow', minutes: 1, reason: '' }),
    one('halt', { type: 'halt', cause: '' }),
    one('resume', { type: 'resume' }),
    one('close', {
      type: 'close',
      role: role === 'host' ? 'host' : 'witness',
      recordSha256: '',
    }),
  ]
}

const openObjection = (session: State): string =>
  (session.stage !== 'scheduled' && session.objections.find((o) => o.answer === null)?.id) || '?'

const ownRows = (session: Session, party: string) =>
  session.lots
    .filter((l) => l.bids.some((b) => b.party === party))
    .map(({ lot }) => {
      const row = session.rows.find((r) => r.lot === lot && r.party === party)
      const priceFen = row?.outcome === 'opened' ? row.priceFen : null
      return { lot, opened: row?.outcome === 'opened', priceFen }
    })

function refusalOf(call: AppCall, command: Command): unknown {
  const trade = call.trade as Trade
  const facts = openingFacts(trade)
  const asked =
    command.type === 'close' ? { ...command, recordSha256: facts.recordSha256 ?? '' } : command
  const decision = openingSession.decide(trade.session, asked, {
    now: trade.now,
    actor: actorOf(call.viewer as Viewer),
    facts,
  })
  if (!('refused' in decision)) return null
  const language = languageOf(call.http.req.header('accept-language'))
  return problemDocument(
    new ProblemError(decision.refused, decision.detail),
    problemTexts,
    language,
  )
}
