import { formerCommittees } from '../../evaluation/evaluation/rules-seated.ts'
import { addMinutes } from '../../kernel/calendar.ts'
import type { Policy, Step } from '../../policies.ts'
import { endedEarly, type Trade } from '../../trade.ts'
import { checkpointFor } from './checkpoint.ts'
import type { State } from './decider.ts'
import { parameterLists } from './facts.ts'
import { recusedExperts } from './pool.ts'
import { drawnParameter } from './rules.ts'
import { committeeOf, seatingOf } from './rules-calling.ts'
import { nextFor, widening } from './rules-seats.ts'
import { outdatedBy } from './rules-table.ts'

/** What the draw does by itself: checkpoint, seed, draw, calls that time out, widening, completion. */
const stepsOfLot =
  (find: (lot: string, draw: State, trade: Trade) => readonly Step[]) =>
  (trade: Trade): Step[] =>
    [...trade.draws]
      // For a lot that is gone nobody is drawn or called any more.
      .filter(([lot]) => !endedEarly(trade, lot))
      .flatMap(([lot, draw]) => [...find(lot, draw, trade)])

const step = (lot: string, command: Step['command'], rest: Partial<Step> = {}): Step => ({
  kind: 'draw',
  id: lot,
  at: null,
  command,
  ...rest,
})

/** K and method for every lot, once the seed of the opening's draw is fixed. */
function setParameters(trade: Trade): Step[] {
  const { session } = trade
  if (session.stage !== 'drawing') return []
  return [...trade.draws].flatMap(([id, draw]) => {
    if (draw.stage !== 'seeded' || draw.strata.length > 0) return []
    // One seed, one label: what is drawn is the opening's, the same for each of its lots.
    const value = (name: 'k' | 'method') =>
      draw.plan.candidates[name]
        ? drawnParameter(draw.seed, id, name, draw.plan.candidates[name]).value
        : null
    return session.lots
      .filter((l) => l.draws.length > 0 && !session.parameters.some((p) => p.lot === l.lot))
      .map(({ lot }) => ({
        kind: 'openingSession',
        id: trade.id,
        at: null,
        command: {
          type: 'setParameters',
          lot,
          k: value('k'),
          method: value('method'),
          draw: `draw:${id}`,
        } as Step['command'],
      }))
  })
}

export const drawPolicies: readonly Policy[] = [
  {
    when: 'clock: T of the draw, and the first public checkpoint after it',
    then: 'draw.takeCheckpoint',
    find: stepsOfLot((lot, draw) =>
      draw.stage !== 'committed'
        ? []
        : [
            step(
              lot,
              { type: 'takeCheckpoint' },
              {
                at: draw.plan.at,
                prepare: async (platform, trade) => {
                  const taken = await checkpointFor(platform, trade, lot, draw.plan.at)
                  return (
                    taken && { command: { type: 'takeCheckpoint', ...taken } as Step['command'] }
                  )
                },
              },
            ),
          ],
    ),
  },
  {
    when: 'draw: all nonces revealed, or the minutes are over',
    then: 'draw.fixSeed',
    find: stepsOfLot((lot, draw) => {
      if (draw.stage !== 'revealing') return []
      const isWhole = Object.keys(draw.nonceHashes).every((party) => party in draw.revealed)
      return [step(lot, { type: 'fixSeed' }, { at: isWhole ? null : draw.revealUntil })]
    }),
  },
  {
    when: 'draw: SeedFixed (of the opening)',
    then: 'openingSession.setParameters',
    find: setParameters,
  },
  {
    when: 'project: DeadlineMoved, or lists amended, after a draw of parameters was committed',
    then: 'draw.lapse',
    find: stepsOfLot((lot, draw, trade) => {
      const { project, now } = trade
      if (!('plan' in draw) || 'seats' in draw || project.stage !== 'published') return []
      const known = { deadline: project.bidDeadline, candidates: parameterLists(trade) }
      return outdatedBy(draw, now, known) ? [step(lot, { type: 'lapse' })] : []
    }),
  },
  {
    when: 'draw: SeedFixed, and the opening is closed',
    then: 'draw.draw',
    find: stepsOfLot((lot, draw, trade) => {
      const stage = trade.lots.get(lot)?.stage
      if (draw.stage !== 'seeded' || (stage !== 'qualifying' && stage !== 'evaluating')) return []
      return [
        step(
          lot,
          { type: 'draw' },
          {
            prepare: async (platform, now) => ({
              extra: { recused: await recusedExperts(platform, now, lot) },
            }),
          },
        ),
      ]
    }),
  },
  {
    when: 'clock: a called expert did not answer',
    then: 'draw.timeOut',
    find: stepsOfLot((lot, draw) =>
      draw.stage !== 'notifying' && draw.stage !== 'complete'
        ? []
        : draw.seats
            .filter((seat) => seat.status === 'called')
            .map((seat) =>
              step(lot, { type: 'timeOut', expert: seat.expert } as Step['command'], {
                at: addMinutes(seat.calledAt, draw.answerMinutes),
              }),
            ),
    ),
  },
  {
    when: 'draw: the reserve of a stratum is empty',
    then: 'draw.widen',
    find: stepsOfLot((lot, draw, trade) => {
      if (draw.stage !== 'notifying' && draw.stage !== 'complete') return []
      if (draw.seats.every((seat) => seat.status !== 'vacant')) return []
      // A committee at work that nobody can complete is dissolved by its own stream first. One that
      // has not met yet is drawn anew.
      const isAtWork = 'members' in (trade.evaluations.get(lot) ?? {})
      if (isAtWork && widening(seatingOf(draw)) === null) return []
      return [step(lot, { type: 'widen' })]
    }),
  },
  {
    when: 'draw: every seat is accepted and the representatives are named',
    then: 'draw.complete',
    find: stepsOfLot((lot, draw) =>
      draw.stage === 'notifying' && committeeOf(draw) !== null
        ? [step(lot, { type: 'complete' })]
        : [],
    ),
  },
  {
    when: 'evaluation: CommitteeDissolved',
    then: 'draw.dissolve',
    find: stepsOfLot((lot, draw, trade) => {
      if (draw.stage !== 'notifying' && draw.stage !== 'complete') return []
      const { times } = formerCommittees(trade, lot)
      return times > (draw.dissolutions ?? 0) ? [step(lot, { type: 'dissolve' })] : []
    }),
  },
  {
    when: 'evaluation: MemberReplaced',
    then: 'draw.replace',
    find: (trade) =>
      [...trade.evaluations].flatMap(([lot, evaluation]) => {
        const draw = trade.draws.get(lot)
        if (draw?.stage !== 'complete' || !('replaced' in evaluation)) return []
        return evaluation.replaced
          .filter((one) => draw.seats.some((seat) => seat.expert === one.leaves))
          .map((one) =>
            step(lot, {
              type: 'replace',
              leaves: one.leaves,
              by: nextFor(seatingOf(draw), one.leaves).replacedBy,
              cause: one.ground,
            } as Step['command']),
          )
      }),
  },
]
