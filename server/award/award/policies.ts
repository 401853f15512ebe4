import type { Policy, Step } from '../../policies.ts'
import type { Trade } from '../../trade.ts'
import { awardExtra } from './bonds.ts'
import { limitsAfterAward, limitsAfterReport } from './rules.ts'

/** GP: a purchaser's silence for five working days is rank 1 (M87 68). */
const silence = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([id, lot]) => {
    if (lot.stage !== 'evaluated' || lot.regime !== 'governmentProcurement') return []
    const bidder = lot.candidates.find((one) => !lot.failed.includes(one))
    if (lot.suspensions.length > 0 || bidder === undefined) return []
    const { decideUntil } = limitsAfterReport(lot.regime, lot.evaluatedAt, trade.calendar)
    const command = { type: 'award', bidder, priceFen: null, reason: 'silence' }
    return [
      {
        kind: 'lot',
        id,
        at: decideUntil.at,
        command: command as Step['command'],
        // What is not validly signed nobody awards by silence: the purchaser passes it over.
        prepare: async (platform) => {
          const extra = await awardExtra(platform, id)
          return extra.revokedSignatures.includes(bidder) ? 'nothing' : { extra }
        },
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

/** Nobody is left after the last candidate failed, or gave up before the award. */
const exhausted = (trade: Trade): Step[] =>
  [...trade.lots].flatMap(([id, lot]) =>
    (lot.stage === 'awarding' || (lot.stage === 'evaluated' && lot.candidates.length > 0)) &&
    lot.candidates.every((c) => lot.failed.includes(c))
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

/** Candidates who revoked their bids after the report: their hidden streams alone say so. */
const revoking = (trade: Trade): Step[] => {
  // One look at the hidden rows serves all lots.
  let read: Promise<void> | null = null
  return [...trade.lots].flatMap(([id, lot]) => {
    if (lot.stage !== 'evaluated' && lot.stage !== 'publicity' && lot.stage !== 'awarding')
      return []
    const left = lot.candidates.filter((one) => !lot.failed.includes(one))
    const prepare: Step['prepare'] = async ({ hidden }) => {
      read ??= hidden.refresh()
      await read
      const found = hidden.revocationsOf(id).find((row) => left.includes(row.bidder))
      if (!found) return 'nothing'
      const { bidder, reason, revocation } = found
      const own = { type: 'noteRevocation', bidder, reason, revocation }
      return { command: own as Step['command'] }
    }
    const command = { type: 'noteRevocation' } as Step['command']
    return left.length === 0 ? [] : [{ kind: 'lot', id, at: null, command, prepare } satisfies Step]
  })
}

export const awardPolicies: readonly Policy[] = [
  { when: 'bid: BidRevoked by a candidate', then: 'lot.noteRevocation', find: revoking },
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
  {
    when: 'lot: AwardCancelled or CandidatePassedOver, no candidate left',
    then: 'lot.fail',
    find: exhausted,
  },
]
