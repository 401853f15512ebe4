import type { AppCall } from '../../app-call.ts'
import { languageOf } from '../../kernel/http.ts'
import { ProblemError, problemDocument } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { personName } from '../../party-name.ts'
import { problemTexts } from '../../problems.ts'
import { signaturesOf } from '../../signatures.ts'
import { subjectOf, type Trade } from '../../trade.ts'
import { openedFiles } from '../../vault/opened-files.ts'
import {
  type Command,
  evaluation as decider,
  type Facts,
  type Reviewed,
  type State,
  type Working,
} from './decider.ts'
import { readDraft } from './drafts.ts'
import { waysOn } from './outcome.ts'
import { type Rights, rightsOf } from './rights.ts'
import type { LotScheme } from './rules.ts'
import { evaluationFacts } from './rules-facts.ts'
import { isLeaving } from './rules-leaving.ts'
import { openedBids } from './rules-opened.ts'
import { courseOf, placeOf } from './rules-organising.ts'
import { handedIn, lowPriceFound } from './rules-phase.ts'
import { resultOf } from './rules-report.ts'
import { isDiscussed } from './rules-returns.ts'
import { isRevoked } from './rules-revoked.ts'
import { phasesOf } from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'

/** The evaluation's desk by the viewer's rights: nobody sees another's sheet before all are in. */
const isAtWork = (s: State): s is Exclude<State, { stage: 'none' | 'waiting' }> =>
  s.stage !== 'none' && s.stage !== 'waiting'

export async function readEvaluation(call: AppCall) {
  const trade = call.trade as Trade
  const { lot } = call.params
  const state = trade.evaluations.get(lot) ?? ({ stage: 'none' } as State)
  const may = rightsOf(trade, lot, call.roles)
  const facts = evaluationFacts(trade, lot)
  const { scheme, lotStage } = facts
  const viewer = call.viewer as Viewer
  const x = { now: trade.now, actor: actorOf(viewer), facts }
  const work = isAtWork(state) ? state : null
  const current = state.stage === 'paused' ? state.before : state
  const isNear = may.review || may.names
  return {
    lot,
    lotStage,
    now: trade.now,
    subject: subjectOf(trade, lot),
    stage: state.stage,
    phase: isNear && current.stage === 'phase' ? current.phase : null,
    // Bids that a sheet of this phase must cover: they tell which were rejected before it.
    phaseBids: may.work && current.stage === 'phase' ? current.phaseBids : [],
    // Before the election they are known by the document already.
    phases: isNear && work ? phasesAhead(work, scheme) : [],
    may,
    course: isNear ? courseOf(state) : null,
    items: scheme && {
      regime: scheme.regime,
      qualification: scheme.qualification,
      responsiveness: scheme.responsiveness,
      scoring: scheme.scoring,
    },
    bids: await bidsView(call, state, may),
    review: may.review && state.stage !== 'none' ? state.qualification : null,
    members: work && isNear ? await membersView(call, current, work, scheme, may) : [],
    you: await ownView(call, state),
    ...(may.work && work ? workView(work, viewer.party) : {}),
    // What LP26 wants explained, over the bids that passed responsiveness.
    lowPrice: may.work && work && isPriced(current, work) ? lowPriceFound(work, x) : null,
    sheets: work && scheme ? sheetsView(work, current, scheme, may) : [],
    requests: work ? requestsView(work, may, viewer.party) : [],
    corrections: work ? work.corrections.filter((c) => may.work || c.bidder === viewer.party) : [],
    // A result that came back is discussed until then.
    discussUntil: may.work && current.stage === 'aggregated' ? current.discussUntil : null,
    // The document gives no ranking: why, and what is lawful then.
    undecided: may.work && current.stage === 'aggregated' ? undecidedOf(current, facts) : null,
    isDiscussed: may.work && current.stage === 'ranked' ? isDiscussed(current) : false,
    report: reportView(state, may),
    acts: actsView(call, state),
  }
}

function undecidedOf(work: Working, facts: Facts) {
  const outcome = resultOf(work, facts)?.result.outcome
  return outcome?.kind === 'undecided'
    ? { reason: outcome.reason, ...waysOn[outcome.reason] }
    : null
}

const isPriced = (current: State, work: Working) =>
  current.stage === 'phase' ? current.phase === 'scoring' : work.phases.length > 0

/** Bids with their quotation and the files the viewer may open. */
async function bidsView(call: AppCall, state: State, may: Rights) {
  const trade = call.trade as Trade
  const { lot } = call.params
  if (trade.session.stage === 'scheduled') return []
  const names = trade.session.lots.find((l) => l.lot === lot)?.bids ?? []
  const isInside = may.work || may.review
  const opened = openedBids(trade, lot)
  // Before anything is opened the work for an answer may not go by who has joined.
  const signatures = isInside && opened.length > 0 ? await signaturesOf(call.platform, lot) : null
  const rejected = state.stage !== 'none' && (may.work || may.review) ? state.rejected : []
  return Promise.all(
    opened.map(async ({ party, quotation, priceFen }) => {
      const files = may.files.length > 0 ? await openedFiles(call.platform, trade, lot, party) : []
      const own = rejected.filter((r) => r.bidder === party && (may.work || r.by === 'purchaser'))
      return {
        party,
        name: names.find((b) => b.party === party)?.name ?? party,
        priceFen,
        quotation,
        files: files.filter((f) => may.files.includes(f.role)),
        rejected: own,
        // A bid whose certificate was revoked when it was signed: to be judged, and never awarded.
        signature: signatures?.get(party) ?? null,
        isRevoked: isInside && isRevoked(state as Reviewed, party),
      }
    }),
  )
}

/** Progress without values. Whoever may not know who sits sees seats by number alone. */
async function membersView(
  { platform, trade, params }: AppCall,
  current: State,
  work: Working,
  scheme: LotScheme | null,
  may: Rights,
) {
  const isIn = current.stage === 'phase' && scheme ? handedIn(current, scheme) : []
  const draw = (trade as Trade).draws.get(params.lot)
  return Promise.all(
    work.members.map(async (m, i) => ({
      seat: i + 1,
      represents: m.represents,
      id: may.names ? m.id : null,
      name: may.names ? await personName(platform, m.id) : null,
      isChair: may.names ? work.chair === m.id : null,
      isCommitted: work.committed.includes(m.id),
      declared: may.work ? (work.declared[m.id] ?? []) : [],
      isHandedIn: isIn.includes(m.id),
      place: placeOf(work, draw, m.id),
    })),
  )
}

function workView(work: Working, party: string) {
  return {
    chair: work.chair,
    left: bidsLeft(work),
    replaced: work.replaced,
    alarms: work.alarms,
    motions: Object.entries(work.motions).map(([key, m]) => ({
      key,
      motion: m.motion,
      outcome: m.outcome,
      openedBy: m.openedBy,
      cast: Object.keys(m.votes).length,
      own: m.votes[party] ?? null,
      // Ballots are shown once nothing can be steered by them.
      votes: m.outcome === 'open' ? null : m.votes,
    })),
  }
}

const phasesAhead = (work: Working, scheme: LotScheme | null) =>
  work.phases.length > 0 || !scheme ? work.phases : phasesOf(scheme)

/** Whole phases: those closed, and the present one once every sheet is in. */
function sheetsView(work: Working, current: State, scheme: LotScheme, may: Rights) {
  if (!may.work) return []
  return work.sheets.filter((sheet) => {
    if (may.sheetsAtOnce) return true
    if (current.stage !== 'phase') return true
    const place = work.phases.indexOf(sheet.phase) - work.phases.indexOf(current.phase)
    return place < 0 || (place === 0 && handedIn(current, scheme).length === work.members.length)
  })
}

/** A bidder reads its own requests and answers, nobody's beside. */
function requestsView(work: Working, may: Rights, party: string) {
  return work.requests.filter((r) => may.work || r.bidder === party)
}

async function ownView(call: AppCall, state: State) {
  const { party } = call.viewer as Viewer
  const work = isAtWork(state) ? state : null
  const member = work?.members.find((m) => m.id === party)
  const isReviewer = call.roles.has('Pu') || call.roles.has('Ag')
  if (!member && !isReviewer) return null
  const current = state.stage === 'paused' ? state.before : state
  const phase = member && current.stage === 'phase' ? current.phase : 'qualification'
  return {
    isMember: member !== undefined,
    isChair: work?.chair === party,
    isCommitted: work?.committed.includes(party) ?? false,
    draft: await readDraft(call.platform, { lot: call.params.lot, member: party, phase }),
    sheets: work?.sheets.filter((s) => s.member === party) ?? [],
  }
}

function reportView(state: State, may: Rights) {
  if (!may.work || (state.stage !== 'ranked' && state.stage !== 'reported')) return null
  const { report, reportSha256, signUntil, ranking, candidates, signedAt = {} } = state
  const signatures = state.signatures.map((row) => ({ ...row, at: signedAt[row.member] ?? null }))
  return { report, reportSha256, signUntil, signatures, ranking, candidates }
}

const probes: Readonly<Record<string, Command>> = {
  signCommitment: { type: 'signCommitment', recusals: [] },
  closePhase: { type: 'closePhase' },
  submitReport: { type: 'submitReport' },
  pause: { type: 'pause', cause: '' },
  resume: { type: 'resume' },
}

/** What the viewer's roles may do here, each as it would be asked for. */
function asked(roles: ReadonlySet<string>, state: State): Readonly<Record<string, Command>> {
  if (roles.has('Ex')) return probes
  if (!roles.has('Ag') && !roles.has('Re')) return {}
  const { pause, resume } = probes
  const seats = isAtWork(state) ? state.members.filter((m) => !isLeaving(state, m.id)) : []
  const member = seats[0]?.id ?? ''
  return roles.has('Ag')
    ? {
        pause,
        resume,
        recordAbsence: { type: 'recordAbsence', member, ground: 'absence', evidence: '' },
      }
    : { pause, resume }
}

/** Each act that the viewer's role has here: null where it is open, else why not. */
function actsView(call: AppCall, state: State): Record<string, unknown> {
  const trade = call.trade as Trade
  const facts = evaluationFacts(trade, call.params.lot)
  const actor = actorOf(call.viewer as Viewer)
  const language = languageOf(call.http.req.header('accept-language'))
  const refusal = (command: Command) => {
    const decision = decider.decide(state, command, { now: trade.now, actor, facts })
    if (!('refused' in decision)) return null
    const error = new ProblemError(decision.refused, decision.detail)
    return problemDocument(error, problemTexts, language)
  }
  const commands = Object.entries(asked(call.roles, state))
  return Object.fromEntries(commands.map(([id, command]) => [id, refusal(command)]))
}
