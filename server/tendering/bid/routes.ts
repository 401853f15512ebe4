import { z } from 'zod'
import type { AppCall } from '../../app.ts'
import type { Operation } from '../../kernel/operation.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, type Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import type { Command } from './decider.ts'

type Op = Operation<Platform, Trade | null>

const itemId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)

/** Acts on the viewer's own hidden stream in the lot of the call. */
export async function actOnBid(call: AppCall, command: Command) {
  const { party } = call.viewer as Viewer
  return actOf(call.platform, {
    kind: 'bid',
    id: [call.params.lot, party],
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
  })
}

export const bidOperations: readonly Op[] = [
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
  },
]
