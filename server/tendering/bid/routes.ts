import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import type { RawAnswer, SignedAct } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import { withSignedRefusal } from '../../refusal.ts'
import type { Trade } from '../../trade.ts'
import { readEnvelope } from '../../vault/envelopes.ts'
import { readWrap } from '../../vault/wraps.ts'
import type { Command } from './decider.ts'
import { rewrapCommand } from './rewrap.ts'
import { knownReceipt, receiptAnswer, submissionRefusal, submitBid } from './submission.ts'
import { ownBid, ownBidView } from './view.ts'

const bytesText = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .max(most)
const itemId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)

/** Acts on the viewer's own hidden stream in the lot of the call. */
export async function actOnBid(call: AppCall, command: Command, beside?: Uint8Array) {
  const { party } = call.viewer as Viewer
  // What a person did for another bidder of the lot counts, in whichever process.
  if (command.type === 'joinLot') await call.platform.hidden.refresh()
  else await call.platform.hidden.ready()
  return actOf(call.platform, {
    kind: 'bid',
    id: [call.params.lot, party],
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed && { ...call.signed, ...(beside ? { beside } : {}) },
  })
}

export const bidOperations: readonly AppOperation[] = [
  {
    id: 'bid.joinLot',
    method: 'post',
    path: '/api/lots/{lot}/participation',
    summary: 'Join the lot and obtain its document; known to the bidder alone',
    weighty: true,
    body: z.strictObject({}),
    handle: async (call) => {
      const outcome = await actOnBid(call, {
        type: 'joinLot',
        project: (call.trade as Trade).id,
        lot: call.params.lot,
        party: (call.viewer as Viewer).party,
      })
      return { joined: true, at: outcome.events[0].event.at }
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.askQuestion',
    method: 'post',
    path: '/api/lots/{lot}/questions',
    summary: 'Ask about the document; answered to all, the asker unnamed',
    weighty: true,
    body: z.strictObject({ id: itemId, text: z.string().min(1).max(5000) }),
    handle: async (call) => {
      const question = call.body as { id: string; text: string }
      const outcome = await actOnBid(call, { type: 'askQuestion', ...question })
      return { id: question.id, at: outcome.events[0].event.at }
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.recordBond',
    method: 'post',
    path: '/api/lots/{lot}/bond',
    summary: 'Record a bid bond: a transfer made or a guarantee issued',
    weighty: true,
    body: z.strictObject({
      id: itemId,
      amountFen: z.int().positive(),
      form: z.enum(['transfer', 'guarantee']),
      reference: z.string().min(1).max(200),
    }),
    handle: async (call) => {
      const bond = call.body as Omit<Extract<Command, { type: 'recordBond' }>, 'type'>
      await actOnBid(call, { type: 'recordBond', ...bond })
      return { id: bond.id }
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.enterHall',
    method: 'post',
    path: '/api/lots/{lot}/hall-entry',
    summary: 'Enter the hall before the deadline; seen by oneself alone',
    weighty: true,
    body: z.strictObject({}),
    handle: async (call) => {
      const outcome = await actOnBid(call, { type: 'enterHall' })
      return { at: outcome.events[0].event.at }
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.read',
    method: 'get',
    path: '/api/lots/{lot}/bid',
    summary: 'One’s own standing in the lot: bid, receipts, what a new bid must be sealed for',
    handle: ownBidView,
  },
  {
    id: 'bid.submit',
    method: 'post',
    path: '/api/lots/{lot}/bid',
    summary: 'Submit or replace the sealed bid; answers with the receipt (signed)',
    signed: 'submit-bid',
    body: z.strictObject({
      envelope: bytesText(3_900_000),
      wrap: bytesText(5_600).nullable(),
    }),
    handle: submitBid,
    onRefusal: submissionRefusal,
  },
  {
    id: 'bid.confirmBid',
    method: 'post',
    path: '/api/lots/{lot}/bid-confirmations',
    summary: 'Confirm the same sealed bid for the newest document version (signed)',
    signed: 'confirm-bid',
    handle: (call) => {
      const { headerHash, document } = call.body as ActForm<'confirm-bid'>
      const { version: documentVersion, sha256: documentSha256 } = document
      return receipted(call, { type: 'confirmBid', headerHash, documentVersion, documentSha256 })
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.rewrap',
    method: 'post',
    path: '/api/lots/{lot}/bid-rewraps',
    summary: 'Let a renewed certificate open the live bid, without a new upload (signed)',
    signed: 'rewrap-bid',
    body: z.strictObject({ wrap: bytesText(5_600).min(1) }),
    handle: async (call) => {
      const known = await ownReceipt(call)
      if (known) return known
      const { command, wrap } = await rewrapCommand(call)
      return taken(call, command, wrap)
    },
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.withdraw',
    method: 'post',
    path: '/api/lots/{lot}/bid-withdrawals',
    summary: 'Withdraw the bid before the deadline (signed)',
    signed: 'withdraw-bid',
    handle: (call) =>
      receipted(call, {
        type: 'withdraw',
        actDigest: (call.body as ActForm<'withdraw-bid'>).withdraws,
      }),
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.revoke',
    method: 'post',
    path: '/api/lots/{lot}/bid-revocations',
    summary: 'Revoke the bid after the deadline; the bond is at risk (signed)',
    signed: 'revoke-bid',
    handle: (call) =>
      receipted(call, { type: 'revoke', reason: (call.body as ActForm<'revoke-bid'>).reason }),
    onRefusal: withSignedRefusal,
  },
  {
    id: 'bid.readReceipt',
    method: 'get',
    path: '/api/lots/{lot}/receipts/{act}',
    summary: 'The receipt of an own act, by the digest of its signed bytes',
    handle: async (call) => {
      const text = await knownReceipt(call, call.params.act)
      if (!text) throw new ProblemError('not-found')
      return receiptAnswer(text, 200)
    },
  },
  {
    id: 'bid.readEnvelope',
    method: 'get',
    path: '/api/lots/{lot}/bid/envelope',
    summary: 'One’s own sealed envelope and wrap, to open again on one’s own device',
    handle: async (call) => {
      const state = await ownBid(call)
      if (!('bid' in state)) throw new ProblemError('not-found')
      const { envelope, headerHash, revision } = state.bid
      const wrap = await readWrap(call.platform, state.bid)
      const bytes = await readEnvelope(call.platform, envelope.sha256)
      if (!bytes) throw new ProblemError('not-found')
      return { envelope: Buffer.from(bytes).toString('base64url'), wrap, headerHash, revision }
    },
  },
]

/** Acts, and answers with the receipt; the same act again, with the same one. */
async function receipted(call: AppCall, command: Command): Promise<RawAnswer> {
  return (await ownReceipt(call)) ?? taken(call, command)
}

async function taken(call: AppCall, command: Command, beside?: Uint8Array): Promise<RawAnswer> {
  await actOnBid(call, command, beside)
  const receipt = await ownReceipt(call)
  if (!receipt) throw new Error('an act that was taken has no event')
  return receipt
}

/** The receipt of the signed act of this call, where it was taken before. */
async function ownReceipt(call: AppCall): Promise<RawAnswer | null> {
  const digest = Buffer.from((call.signed as SignedAct).digest).toString('base64url')
  const text = await knownReceipt(call, digest)
  return text === null ? null : receiptAnswer(text)
}
