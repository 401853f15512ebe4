import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { headsOf } from '../../heads.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import type { Command } from '../../tendering/lot/decider.ts'
import type { Trade } from '../../trade.ts'
import { awardExtra, bondRows } from './bonds.ts'
import { readLetter } from './letter.ts'
import { isShown } from './rules-bonds.ts'
import { readAward } from './view.ts'

/** From the report to the archive: acts on the lot, and the bonds of those who took part. */

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const party = z.string().min(1).max(64)
const short = z.string().min(1).max(2000)
const own = <B>(call: AppCall) => call.body as B

async function actOnLot(call: AppCall, command: Command, extra: Record<string, unknown> = {}) {
  const outcome = await actOf(call.platform, {
    kind: 'lot',
    id: call.params.lot,
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
    extra,
  })
  return {
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

function op(row: Omit<AppOperation, 'method'> & { method?: AppOperation['method'] }): AppOperation {
  return { method: 'post', weighty: row.method === undefined, ...row }
}
const at = (rest: string) => `/api/lots/{lot}${rest}`

/** The agency records that a bond was returned or forfeited, once the opening showed who paid one. */
async function settleBond(call: AppCall) {
  const trade = call.trade as Trade
  const { bidder, ...bond } = own<{ bidder: string; id: string; how: 'returned' | 'forfeited' }>(
    call,
  )
  if (!isShown(trade, call.params.lot)) throw new ProblemError('not-at-this-stage')
  const outcome = await actOf(call.platform, {
    kind: 'bid',
    id: [call.params.lot, bidder],
    project: trade.id,
    command: { type: 'settleBond', ...bond },
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
  })
  return { id: bond.id, at: outcome.events[0].event.at }
}

const reading: readonly AppOperation[] = [
  op({
    id: 'lot.readAward',
    method: 'get',
    path: at('/award'),
    summary: 'Candidates, award, result and contract as published; limits for the parties',
    handle: readAward,
  }),
  op({
    id: 'lot.readLetter',
    method: 'get',
    path: at('/letter'),
    summary: 'One’s own letter: award, or why not, with own score, rank, reason and each step',
    query: z.strictObject({ bidder: party.optional() }),
    handle: readLetter,
  }),
  op({
    id: 'lot.readBonds',
    method: 'get',
    list: true,
    path: at('/bonds'),
    summary: 'Bid bonds of a lot that was opened, and what became of each',
    handle: async (call) => ({
      items: await bondRows(call.platform, call.trade as Trade, call.params.lot),
      next: null,
    }),
  }),
]

const deciding: readonly AppOperation[] = [
  op({
    id: 'lot.publishCandidates',
    path: at('/candidates'),
    summary: 'Publish the candidates as the report ranks them (tender, signed)',
    signed: 'publish-candidates',
    handle: (call) => {
      const { until, candidates } = own<ActForm<'publish-candidates'>>(call)
      return actOnLot(call, { type: 'publishCandidates', until, candidates })
    },
  }),
  op({
    id: 'lot.award',
    path: at('/award'),
    summary: 'Award to the first candidate left, at the bid price (purchaser, signed)',
    signed: 'award',
    handle: async (call) => {
      const { bidder, priceFen, reason } = own<ActForm<'award'>>(call)
      const extra = await awardExtra(call.platform, call.params.lot)
      return actOnLot(call, { type: 'award', bidder, priceFen, reason }, extra)
    },
  }),
  op({
    id: 'lot.publishResult',
    path: at('/result'),
    summary: 'Publish the result; letters are out from then on (signed)',
    signed: 'publish-result',
    handle: (call) => {
      const { until, bidder } = own<ActForm<'publish-result'>>(call)
      return actOnLot(call, { type: 'publishResult', until, bidder })
    },
  }),
  op({
    id: 'lot.sendBack',
    path: at('/report-returns'),
    summary: 'Send the report back to the same committee for an evident error (purchaser, signed)',
    signed: 'send-back-report',
    handle: (call) => {
      const { report, ground, reason } = own<ActForm<'send-back-report'>>(call)
      return actOnLot(call, { type: 'sendBack', report, ground, reason })
    },
  }),
  op({
    id: 'lot.passOver',
    path: at('/passed-over'),
    summary: 'Pass over the first candidate left on a ground of the law, with evidence (signed)',
    signed: 'pass-over-candidate',
    handle: async (call) => {
      const { bidder, ground, reason, evidence } = own<ActForm<'pass-over-candidate'>>(call)
      const extra = await awardExtra(call.platform, call.params.lot)
      return actOnLot(call, { type: 'passOver', bidder, ground, reason, evidence }, extra)
    },
  }),
  op({
    id: 'lot.candidateFails',
    path: at('/award-cancellations'),
    summary: 'Cancel the award on a ground of the law; the next candidate follows (signed)',
    signed: 'cancel-award',
    handle: (call) => {
      const { ground, reason } = own<ActForm<'cancel-award'>>(call)
      return actOnLot(call, { type: 'candidateFails', ground, reason })
    },
  }),
]

const contracting: readonly AppOperation[] = [
  op({
    id: 'lot.proposeContract',
    path: at('/contract-proposals'),
    summary: 'Propose the contract at the awarded price (purchaser, signed)',
    signed: 'propose-contract',
    handle: (call) => {
      const { id: proposal, number, priceFen, terms } = own<ActForm<'propose-contract'>>(call)
      return actOnLot(call, { type: 'proposeContract', id: proposal, number, priceFen, terms })
    },
  }),
  op({
    id: 'lot.countersign',
    path: at('/contract'),
    summary: 'Countersign the contract, as the winner',
    signed: 'countersign',
    handle: (call) => {
      const { id: proposal, proposalSha256 } = own<ActForm<'countersign'>>(call)
      return actOnLot(call, { type: 'countersign', id: proposal, proposalSha256 })
    },
  }),
  op({
    id: 'lot.withdrawProposal',
    path: at('/contract-withdrawals'),
    summary: 'Withdraw the proposed contract',
    body: z.strictObject({ id }),
    handle: (call) => actOnLot(call, { type: 'withdrawProposal', ...own<{ id: string }>(call) }),
  }),
  op({
    id: 'lot.declineProposal',
    path: at('/contract-refusals'),
    summary: 'Decline the proposed contract, with a reason (the winner)',
    body: z.strictObject({ id, reason: short }),
    handle: (call) =>
      actOnLot(call, { type: 'declineProposal', ...own<{ id: string; reason: string }>(call) }),
  }),
  op({
    id: 'bid.settleBond',
    path: at('/bond-settlements'),
    summary: 'Record that a bid bond was returned or forfeited',
    body: z.strictObject({ bidder: party, id, how: z.enum(['returned', 'forfeited']) }),
    handle: settleBond,
  }),
  op({
    id: 'lot.archive',
    path: at('/archive'),
    summary: 'Archive the lot, once its bonds are settled',
    body: z.strictObject({}),
    handle: async (call) => {
      const { platform, trade, params } = call
      const heads = await headsOf(platform, trade as Trade, params.lot)
      const extra = { ...(await awardExtra(platform, params.lot)), heads }
      return actOnLot(call, { type: 'archive' }, extra)
    },
  }),
]

export const awardOperations: readonly AppOperation[] = [...reading, ...deciding, ...contracting]
