import type { Context } from '../../kernel/decider.ts'
import type { Command, Drawn, Facts, Prepared, Representative } from './decider.ts'
import { seatedIds } from './rules-seats.ts'

/**
 * The purchaser's representatives, up to the committee's completion and for a seat that becomes free
 * later; and the draw of a committee that was dissolved.
 * @source 招标投标法 art. 37; 招标投标法实施条例 art. 46, 48; 财政部令第87号 art. 47, 49 ○
 */
type X = Context<Facts>
type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** Who may not be named: he left, or has a seat of the pool. */
const outOfNaming = (s: Prepared): readonly string[] => {
  const { seats = [], gone = [], barred = [] } = s as Partial<Drawn>
  return [...seatedIds(seats), ...gone, ...barred]
}
export const nameCell = {
  unless: {
    'naming-over': (_: unknown, __: unknown, x: X) => x.facts.isOver,
    'representatives-differ': (s: Prepared, c: Of<'nameRepresentatives'>) =>
      new Set(c.representatives.map((r) => r.id)).size !== s.representatives && {
        wanted: s.representatives,
      },
    'representative-unknown': (_: unknown, __: unknown, x: X) =>
      x.facts.unknownIds.length > 0 && { id: x.facts.unknownIds[0] },
    'representative-tied': (s: Prepared, c: Of<'nameRepresentatives'>, x: X) => {
      const out = [...outOfNaming(s), ...x.facts.leaving, ...x.facts.tiedIds]
      const tied = c.representatives.find((r) => out.includes(r.id))
      return tied ? { id: tied.id } : false
    },
  },
  then: {
    RepresentativesNamed: (_: unknown, c: { representatives: readonly Representative[] }) => ({
      representatives: c.representatives,
    }),
  },
} as const
/** Those named who stay, once the committee is complete. */
const staying = (s: Drawn, x: X) => s.named.filter((r) => !x.facts.leaving.includes(r.id))
/** From then on only a seat that became free is named for: nobody who sits is exchanged. */
export const nameAgainCell = {
  unless: {
    ...nameCell.unless,
    'representatives-complete': (s: Drawn, _: unknown, x: X) =>
      staying(s, x).length === s.representatives,
    'representative-sits': (s: Drawn, c: Of<'nameRepresentatives'>, x: X) => {
      const dropped = staying(s, x).find((r) => !c.representatives.some((n) => n.id === r.id))
      return dropped ? { id: dropped.id } : false
    },
  },
  then: nameCell.then,
} as const
/** Of a committee that was dissolved the draw is made anew, without those who had to stand aside. */
export const dissolveCell = {
  unless: {
    'committee-stands': (s: Drawn, _: unknown, x: X) =>
      x.facts.former.times <= (s.dissolutions ?? 0),
  },
  then: {
    DrawLapsed: (_: unknown, __: unknown, x: X) => ({
      ground: 'committeeDissolved' as const,
      barred: x.facts.former.recused,
    }),
  },
} as const
