import type { Policy, Step } from '../../policies.ts'
import type { Trade } from '../../trade.ts'
import { awardExtra } from './bonds.ts'
import { limitsAfterAward, limitsAfterReport } from './rules.ts'

/** GP: a purchaser's silence for five working days is rank 1 (M87 68). */
const silence = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([id, lot]) => {
    if (lot.stage !== 'evaluated' || lot.regime !== 'governmentProcurement') return []
    const [bidder] = lot.candidates
    if (lot.suspensions.length > 0 || bidder === undefined) return []
    const { decideUntil } = limitsAfterReport(lot.regime, lot.evaluatedAt, trade.calendar)
    const command = { type: 'award', bidder, priceFen: null, reason: 'silence' }
    return [
      {
        kind: 'lot',
        id,
        at: decideUntil.at,
        command: command as Step['command'],
        prepare: async (platform) => ({ extra: await awardExtra(platform, id) }),
      } satisfies Step,
    ]
  })

/** A proposed contract that the winner let lie ends with the time to sign it. */
const lapsing = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([id, lot]) => {
    if (lot.stage !== 'awarded' || lot.proposal === null) return []
    const { signUntil } = limitsAfterAward(lot.regime, lot.awardedAt, trade.calendar)
    const command = { type: 'lapseProposal', id: lot.proposal.id } as Step['command']
    return [{ kind: 'lot', id, at: signUntil.at, command } satisfies Step]
  })

/** Nobody is left after the last candidate failed. */
const exhausted = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([id, lot]) =>
    lot.stage === 'awarding' && lot.candidates.every((c) => lot.failed.includes(c))
      ? [
          {
            kind: 'lot',
            id,
            at: null,
            command: { type: 'fail', ground: 'noCandidateLeft' } as Step['command'],
          } satisfies Step,
        ]
      : [],
  )

export const awardPolicies: readonly Policy[] = [
  {
    when: 'clock: five working days after the report, government procurement',
    then: 'lot.award (rank 1)',
    find: silence,
  },
  {
    when: 'clock: thirty days after the award letter',
    then: 'lot.lapseProposal',
    find: lapsing,
  },
  { when: 'lot: AwardCancelled, no candidate left', then: 'lot.fail', find: exhausted },
]
