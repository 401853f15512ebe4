import type { Context, Table } from '../../kernel/decider.ts'
import type { Command, Drawn, Event, Facts, Prepared, State } from './decider.ts'
import type { problems } from './problems.ts'
import { drawExperts } from './rules.ts'
import { answering, committeeOf, replaced, seatingOf, seatOf } from './rules-calling.ts'
import { dissolveCell, nameAgainCell, nameCell } from './rules-naming.ts'
import { fitting, isLawfulSize, nextFor, orderOf } from './rules-seats.ts'
import { commitmentOf, type DrawPlan, nonceHash, type Stratum, seedOf } from './seed.ts'

/** The table of the draw, `domain.md` §3 "Draw", line by line. */
type X = Context<Facts>
type Of<T extends Command['type']> = Extract<Command, { type: T }>

const suspended = { 'lot-suspended': (_: unknown, __: unknown, x: X) => x.facts.isSuspended }

/**
 * The grounds that the system computes for every expert: whom he works for, and whether he is a
 * regulator's officer. Of the rest (`recusal.ts`) it has no data.
 */
const recusalRules = ['employer', 'overseer'] as const

function shortStratum(strata: readonly Stratum[], x: X) {
  for (const stratum of strata) {
    const found = fitting(x.facts.pool, stratum).length
    if (found < stratum.count) return { stratum: stratum.key, found, wanted: stratum.count }
  }
  return false
}

const prepareCell = {
  unless: {
    'no-such-lot': (_: unknown, __: unknown, x: X) => !x.facts.isLot,
    'strata-repeated': (_: unknown, c: Of<'prepareDraw'>) =>
      new Set(c.strata.map((s) => s.key)).size !== c.strata.length,
    'composition-unlawful': (_: unknown, c: Of<'prepareDraw'>, x: X) =>
      !isLawfulSize(c.strata, c.representatives, x.facts.sizeLeast) && { least: x.facts.sizeLeast },
    'pool-too-small': (_: unknown, c: Of<'prepareDraw'>, x: X) => shortStratum(c.strata, x),
  },
  then: {
    DrawPrepared: (_: unknown, { type: _type, ...c }: Of<'prepareDraw'>) => ({
      ...c,
      candidates: {},
    }),
  },
} as const

/** K or a method, drawn by the same steps: T is the deadline, prices are still sealed. */
const prepareParametersCell = {
  unless: {
    'nothing-to-draw-from': (_: unknown, __: unknown, x: X) =>
      Object.keys(x.facts.candidates).length === 0,
  },
  then: {
    DrawPrepared: (_: unknown, c: { id: string }, x: X) => ({
      lot: c.id,
      strata: [],
      representatives: 0,
      perEmployer: 1,
      answerMinutes: 1,
      candidates: x.facts.candidates,
    }),
  },
} as const
const isOfParameters = (s: Prepared) => Object.keys(s.candidates).length > 0
type Lists = Prepared['candidates']
/** Prepared from lists that an amendment changed since. */
export const isFromOtherLists = (s: Prepared, lists: Lists) =>
  isOfParameters(s) &&
  [...new Set([...Object.keys(s.candidates), ...Object.keys(lists)])].some(
    (name) => s.candidates[name]?.join() !== lists[name]?.join(),
  )
/**
 * Why a draw of parameters that was committed no longer counts: the deadline was moved behind it, so
 * that bidders could still act on K, or it would draw from lists that were amended.
 */
export function outdatedBy(
  s: Prepared & { plan: DrawPlan },
  now: string,
  trade: { readonly deadline: string | null; readonly candidates: Lists },
): 'deadlineMoved' | 'documentAmended' | null {
  const { deadline, candidates } = trade
  if (!isOfParameters(s) || deadline === null || now >= deadline) return null
  if (isFromOtherLists(s, candidates)) return 'documentAmended'
  return s.plan.at < deadline ? 'deadlineMoved' : null
}
const lapseCell = {
  unless: {
    'not-outdated': (s: Prepared & { plan: DrawPlan }, _: unknown, x: X) =>
      outdatedBy(s, x.now, x.facts) === null,
  },
  then: {
    DrawLapsed: (s: Prepared & { plan: DrawPlan }, _: unknown, x: X) => {
      const ground = outdatedBy(s, x.now, x.facts)
      return ground && { ground }
    },
  },
} as const

const isPrincipal = (x: X) => x.facts.principals.includes(x.actor.party)

function planOf(s: Extract<State, { stage: 'preparing' }>, c: Of<'commitDraw'>, x: X): DrawPlan {
  const { lot, strata, perEmployer, nonceHashes } = s
  return {
    drawId: lot,
    pool: x.facts.pool,
    strata,
    perEmployer,
    recusalRules,
    candidates: s.candidates,
    nonceHashes,
    at: c.drawAt,
    revealMinutes: c.revealMinutes,
  }
}

/**
 * Found at the desk: he says so himself, or is a representative who was named before the opening told
 * who bids. The seat is free then, and whoever fills it is told.
 */
const standsAside = (s: Drawn, c: Of<'checkIn'>, x: X): boolean =>
  c.isRecused || (s.named.some((r) => r.id === c.member) && x.facts.tiedIds.includes(c.member))

type RevealingState = Extract<State, { stage: 'revealing' }>
const missing = (s: RevealingState) =>
  Object.keys(s.nonceHashes).filter((party) => !(party in s.revealed))

function seed(s: RevealingState): string {
  return seedOf({
    commitmentHex: s.commitment,
    checkpointRootHex: s.checkpoint.root,
    treeSize: s.checkpoint.size,
    revealed: Object.entries(s.revealed).map(([party, nonceHex]) => ({ party, nonceHex })),
  })
}

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: { prepareDraw: prepareCell, prepareParameters: prepareParametersCell },
  preparing: {
    prepareDraw: prepareCell,
    prepareParameters: prepareParametersCell,
    nameRepresentatives: nameCell,
    commitNonce: {
      unless: {
        // Purchaser and agency are one side: two of one side could steer by withholding (§6).
        'nonce-committed-already': (s, _, x) =>
          [x.actor.party, ...(isPrincipal(x) ? x.facts.principals : [])].some(
            (party) => party in s.nonceHashes,
          ),
      },
      then: {
        NonceCommitted: (_, { nonceSha256 }, x) => ({ party: x.actor.party, nonceSha256 }),
      },
    },
    commitDraw: {
      unless: {
        ...suspended,
        'too-few-nonces': (s) => {
          const found = Object.keys(s.nonceHashes).length
          return found < 2 && { found }
        },
        'lists-amended': (s, _, x) => isFromOtherLists(s, x.facts.candidates),
        'time-not-ahead': (_, c, x) => c.drawAt <= x.now,
        'time-not-the-deadline': (s, c, x) =>
          isOfParameters(s) &&
          x.facts.deadline !== null &&
          x.now < x.facts.deadline &&
          c.drawAt !== x.facts.deadline && { deadline: x.facts.deadline },
        'pool-too-small': (s, _, x) => shortStratum(s.strata, x),
      },
      then: {
        DrawCommitted: (s, c, x) => {
          const plan = planOf(s, c, x)
          return { plan, commitment: commitmentOf(plan) }
        },
      },
    },
  },
  committed: {
    lapse: lapseCell,
    nameRepresentatives: nameCell,
    takeCheckpoint: {
      after: { 'not-yet': (s) => s.plan.at },
      then: { CheckpointTaken: (_, { root, size, note }) => ({ root, size, note }) },
    },
  },
  revealing: {
    lapse: lapseCell,
    nameRepresentatives: nameCell,
    revealNonce: {
      before: { 'reveal-over': (s) => s.revealUntil },
      unless: {
        'nonce-unknown': (s, _, x) => !(x.actor.party in s.nonceHashes),
        'nonce-revealed-already': (s, _, x) => x.actor.party in s.revealed,
        'nonce-differs': (s, c, x) => nonceHash(c.nonce) !== s.nonceHashes[x.actor.party],
      },
      then: { NonceRevealed: (_, { nonce }, x) => ({ party: x.actor.party, nonce }) },
    },
    fixSeed: {
      after: { 'not-yet': (s) => (missing(s).length === 0 ? null : s.revealUntil) },
      then: {
        NonceMissing: (s) => missing(s).map((party) => ({ party })),
        SeedFixed: (s) =>
          Object.keys(s.revealed).length >= 2 && {
            seed: seed(s),
            parties: Object.keys(s.revealed).sort(),
          },
        DrawLapsed: (s) => Object.keys(s.revealed).length < 2 && { ground: 'tooFewNonces' },
      },
    },
  },
  seeded: {
    lapse: lapseCell,
    nameRepresentatives: nameCell,
    draw: {
      unless: {
        ...suspended,
        'not-opened-yet': (_, __, x) => !x.facts.isOpened || x.facts.recused === null,
      },
      then: {
        ExpertsDrawn: (s, _, x) => {
          // Whom the purchaser named, and who had to stand aside before, is not drawn.
          const own = [...s.named.map((r) => r.id), ...(s.barred ?? [])]
          const out = [...(x.facts.recused ?? []), ...own]
          const recused = s.plan.pool.map((e) => e.id).filter((id) => out.includes(id))
          const drawn = drawExperts({ ...s.plan }, s.seed, { experts: recused })
          const strata = drawn.strata.map((one, i) => orderOf(s.plan.strata[i], one))
          return { recused, strata }
        },
      },
    },
  },
  notifying: {
    nameRepresentatives: nameCell,
    dissolve: dissolveCell,
    ...answering,
    complete: {
      unless: { 'seats-not-filled': (s) => committeeOf(s) === null },
      then: { DrawCompleted: (s) => ({ members: committeeOf(s) ?? [] }) },
    },
  },
  complete: {
    nameRepresentatives: nameAgainCell,
    dissolve: dissolveCell,
    ...answering,
    checkIn: {
      unless: {
        'not-a-member': (s, c) =>
          seatOf(s, c.member)?.status !== 'accepted' &&
          !s.named.some((r) => r.id === c.member) && { member: c.member },
        'checked-in-already': (s, c) => s.checkedIn.some((one) => one.member === c.member),
        'identity-not-shown': (_, c) => !c.cardShown || !c.faceMatches,
      },
      then: {
        MemberCheckedIn: (s, c, x) => !standsAside(s, c, x) && { member: c.member, venue: c.venue },
        ExpertRecused: (s, c, x) => standsAside(s, c, x) && { expert: c.member },
        ExpertReplaced: (s, { member, isRecused }) =>
          isRecused && seatOf(s, member) !== undefined && replaced(s, member, 'recusal'),
      },
    },
    replace: {
      unless: {
        'not-a-member': (s, c) => seatOf(s, c.leaves) === undefined && { member: c.leaves },
        'replacement-differs': (s, c) => nextFor(seatingOf(s), c.leaves).replacedBy !== c.by,
      },
      then: {
        ExpertReplaced: (s, { leaves, by, cause }) => ({
          leaves,
          by,
          cause,
          passedOver: nextFor(seatingOf(s), leaves).passedOver,
        }),
      },
    },
  },
}
