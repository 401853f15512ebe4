import type { Policy, Step } from '../../policies.ts'
import type { Trade } from '../../trade.ts'
import { isOpen } from './decider.ts'
import { holdingObjections } from './facts.ts'

/** What objections do by themselves: hold the lot, let it go, run out of time. */
const suspending = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([lot, state]) => {
    if (!('suspensions' in state) || ['failed', 'terminated', 'archived'].includes(state.stage))
      return []
    const holding = holdingObjections(trade, lot)
    const held = state.suspensions.map((s) => s.by)
    const lotStep = (command: object): Step => ({
      kind: 'lot',
      id: lot,
      at: null,
      command: command as Step['command'],
    })
    const settled = [...trade.objections.values()].flatMap((o) =>
      o.stage !== 'none' && o.lot === lot && !isOpen(o) && held.includes(o.id) ? [o.id] : [],
    )
    return [
      ...holding
        .filter((o) => !held.includes(o.id))
        .map((o) => lotStep({ type: 'suspend', by: o.id, cause: 'objection' })),
      ...settled.map((id) => lotStep({ type: 'resume', by: id })),
    ]
  })

const overdue = (trade: Trade): Step[] =>
  [...trade.objections].flatMap(([id, o]) =>
    o.stage === 'filed' || o.stage === 'accepted'
      ? [{ kind: 'objection', id, at: o.replyUntil, command: { type: 'passReplyLimit' } } as Step]
      : [],
  )

export const objectionPolicies: readonly Policy[] = [
  {
    when: 'objection to a tender’s document or result: filed; answered, refused or withdrawn',
    then: 'lot.suspend; lot.resume',
    find: suspending,
  },
  { when: 'clock: limit of the reply', then: 'objection.passReplyLimit', find: overdue },
]
