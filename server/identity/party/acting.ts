import type { AppCall } from '../../app-call.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import type { Command } from './decider.ts'

export const viewerOfCall = (call: AppCall) => call.viewer as Viewer

/** Acts on the viewer's own party, or on another that is named. */
export function actOnParty(call: AppCall, command: Command, party = viewerOfCall(call).party) {
  return actOf(call.platform, {
    kind: 'party',
    id: party,
    project: null,
    command,
    actor: actorOf(viewerOfCall(call)),
    ...(call.key ? { key: call.key } : {}),
  })
}
