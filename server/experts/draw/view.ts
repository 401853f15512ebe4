import type { Role } from '../../access.ts'
import type { AppCall } from '../../app-call.ts'
import { addMinutes } from '../../kernel/calendar.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { personName } from '../../party-name.ts'
import type { Platform } from '../../platform.ts'
import { accessStage, openingDrawId, type Trade } from '../../trade.ts'
import type { DrawnState, State } from './decider.ts'
import { loadPool } from './pool.ts'
import { committeeOf } from './rules-calling.ts'
import { poolCounts } from './rules-pool.ts'

/** `domain.md` §2: draw rules and commitment; then who was drawn, ids only. */
function rights(
  roles: ReadonlySet<string>,
  stage: string,
  viewer: Viewer | null,
  isOpening: boolean,
) {
  const has = (...wanted: Role[]) => wanted.some((role) => roles.has(role))
  const isOver = stage === 'S5'
  return {
    // A draw of parameters is everyone's to recompute.
    rules: isOpening || isOver || has('Pu', 'Ag', 'Ce', 'Re', 'Ex', 'Drawn'),
    ids: isOver || has('Ce', 'Re') || (stage >= 'S3' && has('Ex')),
    // Names are for the desk that looks at the card, and for who watches.
    names: viewer !== null && has('Ce', 'Re'),
  }
}

const isDrawn = (draw: State): draw is DrawnState =>
  draw.stage === 'notifying' || draw.stage === 'complete'

/** Rules, commitment and seed: what anyone entitled needs to recompute the draw. */
function rulesOf(draw: Exclude<State, { stage: 'none' }>, withPool: boolean) {
  const { lot, strata, representatives, perEmployer, answerMinutes, candidates } = draw
  const { nonceHashes, missed, lapses } = draw
  const plan = 'plan' in draw ? draw.plan : null
  const revealed = 'revealed' in draw ? draw.revealed : {}
  return {
    drawId: lot,
    strata,
    representatives,
    perEmployer,
    answerMinutes,
    candidates,
    missed,
    lapses,
    nonces: Object.entries(nonceHashes).map(([party, nonceSha256]) => ({
      party,
      nonceSha256,
      nonce: revealed[party] ?? null,
    })),
    commitment: 'commitment' in draw ? draw.commitment : null,
    plan: plan && (withPool ? plan : { ...plan, pool: null }),
    poolSize: plan?.pool.length ?? null,
    checkpoint: 'checkpoint' in draw ? draw.checkpoint : null,
    revealUntil: 'revealUntil' in draw ? draw.revealUntil : null,
    seed: 'seed' in draw ? draw.seed : null,
  }
}

async function seatsOf(platform: Platform, draw: DrawnState, may: ReturnType<typeof rights>) {
  const name = async (id: string | null) =>
    id !== null && may.names ? await personName(platform, id) : null
  const seats = await Promise.all(
    draw.seats.map(async (seat) => ({
      stratum: seat.stratum,
      status: seat.status,
      expert: may.ids ? seat.expert : null,
      name: await name(seat.expert),
      isCheckedIn: draw.checkedIn.some((c) => c.member === seat.expert),
      answerUntil: seat.status === 'called' ? addMinutes(seat.calledAt, draw.answerMinutes) : null,
    })),
  )
  const representatives = await Promise.all(
    draw.named.map(async ({ id }) => ({
      id: may.ids ? id : null,
      name: await name(id),
      isCheckedIn: draw.checkedIn.some((c) => c.member === id),
    })),
  )
  return {
    seats,
    representatives,
    ...(may.ids ? { recused: draw.recused, drawn: draw.drawn, gone: draw.gone } : {}),
    isComplete: committeeOf(draw) !== null,
  }
}

/** The draw of a lot by the viewer's rights; an expert sees his own call whatever else is hidden. */
export async function readDraw(call: AppCall) {
  const trade = call.trade as Trade
  const lot = call.params.lot
  const draw = trade.draws.get(lot) ?? { stage: 'none' as const }
  const isOpening = lot === openingDrawId(trade.id)
  const may = rights(call.roles, accessStage(trade, lot), call.viewer, isOpening)
  if (!may.rules) throw new ProblemError('not-found')
  const base = { lot, now: trade.now, stage: draw.stage, may }
  if (draw.stage === 'none') return { ...base, rules: null, pool: null, committee: null, own: null }
  const own = isDrawn(draw) ? ownSeat(draw, call.viewer) : null
  const hasPool = isOpening || may.ids || call.roles.has('Ag') || call.roles.has('Pu')
  const isMine = call.roles.has('Drawn') && !call.roles.has('Ex')
  return {
    ...base,
    rules: isMine && !may.ids ? null : rulesOf(draw, hasPool),
    pool: await poolView(call, draw),
    named: call.roles.has('Pu') ? draw.named : undefined,
    committee: isDrawn(draw) ? await seatsOf(call.platform, draw, may) : null,
    own,
  }
}

/** To those who may still change the strata: how many there are for each, never who. */
async function poolView({ platform, roles }: AppCall, draw: State) {
  if (draw.stage !== 'preparing' || draw.strata.length === 0) return null
  if (!roles.has('Ag') && !roles.has('Pu')) return null
  return poolCounts(draw.strata, await loadPool(platform, draw.strata), draw.perEmployer)
}

function ownSeat(draw: DrawnState, viewer: Viewer | null) {
  const seat = draw.seats.find((one) => one.expert === viewer?.party)
  const named = draw.named.some((r) => r.id === viewer?.party)
  if (!viewer || (!seat && !named)) return null
  return {
    represents: named ? 'purchaser' : 'pool',
    status: seat?.status ?? 'accepted',
    answerUntil: seat?.status === 'called' ? addMinutes(seat.calledAt, draw.answerMinutes) : null,
    isCheckedIn: draw.checkedIn.some((c) => c.member === viewer.party),
  }
}
