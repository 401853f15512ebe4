import {
  type DrawnStratum,
  drawExperts,
  drawnParameter,
} from '../../../server/experts/draw/rules.ts'
import type { DrawnOrder } from '../../../server/experts/draw/rules-seats.ts'
import { commitmentOf, nonceHash, seedOf, type Taken } from '../../../server/experts/draw/seed.ts'
import { fromBase64 } from '../../../server/formats/bytes.ts'
import { hex } from '../../../server/formats/index.ts'
import type { DrawPage, DrawRules } from './draw-answers.ts'

/**
 * The whole draw made again from what this viewer may see: commitment, nonces, checkpoint, seed,
 * every stratum's order. Nothing is taken over from the server but the inputs.
 */
export interface Check {
  readonly step:
    | 'commitment'
    | 'nonce'
    | 'checkpoint'
    | 'seed'
    | 'stratum'
    | 'widened'
    | 'parameter'
  /** Of whom or what: party, stratum, name of a list. */
  readonly of: string
  readonly result: 'same' | 'differs' | 'cannot'
  readonly expected: string
  readonly found: string
}

export interface Recomputed {
  readonly checks: readonly Check[]
  readonly strata: readonly DrawnStratum[]
  readonly parameters: readonly {
    readonly name: string
    readonly list: readonly string[]
    readonly value: string
    readonly label: string
    readonly taken: Taken
  }[]
}

const compared = (step: Check['step'], of: string, expected: string, found: string): Check => ({
  step,
  of,
  result: expected === found ? 'same' : 'differs',
  expected,
  found,
})
const cannot = (step: Check['step'], of: string): Check => ({
  step,
  of,
  result: 'cannot',
  expected: '',
  found: '',
})

export function recompute(page: DrawPage): Recomputed {
  const { rules } = page
  if (!rules) return { checks: [], strata: [], parameters: [] }
  const checks = [commitmentCheck(rules), ...nonceChecks(rules), ...seedChecks(rules)]
  const { seed, plan } = rules
  if (!seed || !plan) return { checks, strata: [], parameters: [] }
  const parameters = Object.entries(plan.candidates).map(([name, list]) => ({
    name,
    list,
    ...drawnParameter(seed, rules.drawId, name as 'k' | 'method', list),
  }))
  const { drawn, recused } = page.committee ?? {}
  if (plan.strata.length === 0) return { checks, strata: [], parameters }
  if (!plan.pool || !drawn || !recused)
    return { checks: [...checks, cannot('stratum', '')], strata: [], parameters }
  const { strata } = drawExperts({ ...plan, pool: plan.pool }, seed, { experts: recused })
  const own = strata.map((one, i) => stratumCheck(one, drawn[i]))
  const widened = drawn.slice(strata.length).map((one) => cannot('widened', one.stratum.key))
  return { checks: [...checks, ...own, ...widened], strata, parameters }
}

function commitmentCheck({ plan, commitment }: DrawRules): Check {
  if (!plan?.pool || !commitment) return cannot('commitment', '')
  return compared('commitment', '', commitment, commitmentOf({ ...plan, pool: plan.pool }))
}

const nonceChecks = ({ nonces }: DrawRules): Check[] =>
  nonces.map(({ party, nonceSha256, nonce }) =>
    nonce === null
      ? cannot('nonce', party)
      : compared('nonce', party, nonceSha256, nonceHash(nonce)),
  )

function seedChecks(rules: DrawRules): Check[] {
  const { checkpoint, commitment, seed, nonces } = rules
  if (!checkpoint || !commitment) return []
  const [, size, root] = checkpoint.note.split('\n')
  const noted = compared(
    'checkpoint',
    '',
    `${checkpoint.size} ${checkpoint.root}`,
    `${size} ${hex(fromBase64(root))}`,
  )
  if (!seed) return [noted]
  const revealed = nonces.flatMap(({ party, nonce }) =>
    nonce === null ? [] : [{ party, nonceHex: nonce }],
  )
  const made = seedOf({
    commitmentHex: commitment,
    checkpointRootHex: checkpoint.root,
    treeSize: checkpoint.size,
    revealed,
  })
  return [noted, compared('seed', '', seed, made)]
}

function stratumCheck(made: DrawnStratum, told: DrawnOrder | undefined): Check {
  const text = (one: Pick<DrawnOrder, 'label' | 'order' | 'selected' | 'passedOver'>) =>
    [one.label, one.order.join(' '), one.selected.join(' '), one.passedOver.join(' ')].join(' | ')
  return compared('stratum', made.stratum, told ? text(told) : '', text(made))
}

/** A command that gives the first block of a stratum's stream, for whoever trusts no browser. */
export function commandOf(seed: string, label: string): string {
  return `printf '${label}\\0\\0\\0\\0\\0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:${seed}`
}
