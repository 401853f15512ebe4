import type { Common, Drawn, Event, State } from './decider.ts'

/** Whose recusal was found, at the desk or in the committee, is not drawn for the lot again. */
const barredBy = (s: Common & Partial<Drawn>, left: readonly string[]) => {
  const recused = Object.entries(s.causes ?? {}).filter(([, cause]) => cause === 'recusal')
  return [...new Set([...(s.barred ?? []), ...recused.map(([id]) => id), ...left])]
}
/** The draw as it begins again: what is prepared stays, nonces and seats do not. */
export const lapsed = (
  s: Common,
  { ground, barred: left = [] }: Extract<Event, { type: 'DrawLapsed' }>,
): Extract<State, { stage: 'preparing' }> => ({
  stage: 'preparing',
  lot: s.lot,
  strata: s.strata,
  representatives: s.representatives,
  perEmployer: s.perEmployer,
  answerMinutes: s.answerMinutes,
  candidates: s.candidates,
  named: s.named.filter((r) => !left.includes(r.id)),
  nonceHashes: {},
  missed: s.missed,
  lapses: s.lapses + 1,
  barred: barredBy(s, left),
  dissolutions: (s.dissolutions ?? 0) + (ground === 'committeeDissolved' ? 1 : 0),
})
