import type { ActForm } from '../../acts/forms.ts'
import type { AppCall } from '../../app.ts'
import type { Operation } from '../../kernel/operation.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, type Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import type { Command } from './decider.ts'

type Op = Operation<Platform, Trade | null>

/** Acts on the lot of the call and answers with the events' types. */
export async function actOnLot(
  call: AppCall,
  command: Command,
  extra?: Record<string, unknown>,
): Promise<unknown> {
  const outcome = await actOf(call.platform, {
    kind: 'lot',
    id: call.params.lot,
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
    ...(extra ? { extra } : {}),
  })
  return {
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

export const lotOperations: readonly Op[] = [
  {
    id: 'lot.terminate',
    method: 'post',
    path: '/api/lots/{lot}/termination',
    summary: 'Terminate the lot, with a reason (purchaser, signed)',
    signed: 'terminate-lot',
    handle: (call) => {
      const { reason } = call.body as ActForm<'terminate-lot'>
      return actOnLot(call, { type: 'terminate', reason })
    },
  },
]
