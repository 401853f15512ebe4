import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { listedNames } from '../../opening/opening-session/state.ts'
import { actOf } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import { forgetReleases } from '../../vault/secrets.ts'
import type { Command } from './decider.ts'

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

/** Of a lot that ended while its bids were being opened no released key is kept (trap 11). */
async function forgetKeys({ platform, trade, params }: AppCall): Promise<void> {
  const { session } = trade as Trade
  if (session.stage !== 'scheduled')
    await forgetReleases(platform, listedNames(session, params.lot))
}

export const lotOperations: readonly AppOperation[] = [
  {
    id: 'lot.terminate',
    method: 'post',
    path: '/api/lots/{lot}/termination',
    summary: 'Terminate the lot, with a reason (purchaser, signed)',
    signed: 'terminate-lot',
    handle: async (call) => {
      const { reason } = call.body as ActForm<'terminate-lot'>
      const answer = await actOnLot(call, { type: 'terminate', reason })
      await forgetKeys(call)
      return answer
    },
  },
]
