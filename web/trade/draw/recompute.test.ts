import { expect, test } from 'vitest'
import { drawExperts } from '../../../server/experts/draw/rules.ts'
import { orderOf } from '../../../server/experts/draw/rules-seats.ts'
import { commitmentOf, nonceHash, seedOf } from '../../../server/experts/draw/seed.ts'
import { hex } from '../../../server/formats/index.ts'
import type { DrawPage } from './draw-answers.ts'
import { recompute } from './recompute.ts'

const nonces = { agency: '01'.repeat(32), centre: '02'.repeat(32) }
const root = '03'.repeat(32)
const pool = Array.from({ length: 6 }, (_, i) => ({
  id: `e${i}`,
  specialty: 'A08',
  region: '371300',
  employer: `u${i % 4}`,
}))
const strata = [{ key: '*/371300', specialty: null, region: '371300', count: 3 }]
const plan = {
  drawId: 'L1',
  pool,
  strata,
  perEmployer: 1,
  recusalRules: [],
  candidates: {},
  nonceHashes: { agency: nonceHash(nonces.agency), centre: nonceHash(nonces.centre) },
  at: '2026-03-02T01:00:00.000Z',
  revealMinutes: 30,
}

/** A draw as the platform would show it. */
function honestDraw() {
  const commitment = commitmentOf(plan)
  const revealed = Object.entries(nonces).map(([party, nonceHex]) => ({ party, nonceHex }))
  const mixed = { commitmentHex: commitment, checkpointRootHex: root, treeSize: 9, revealed }
  const seed = seedOf(mixed)
  const drawn = drawExperts(plan, seed, { experts: ['e5'] })
  const note = `log\n9\n${Buffer.from(root, 'hex').toString('base64')}\n`
  const committee = {
    seats: [],
    representatives: [],
    recused: ['e5'],
    drawn: drawn.strata.map((one, i) => orderOf(strata[i], one)),
    gone: [],
    isComplete: true,
  }
  const rules = {
    drawId: 'L1',
    strata,
    representatives: 0,
    perEmployer: 1,
    answerMinutes: 30,
    candidates: {},
    missed: [],
    lapses: 0,
    nonces: Object.entries(nonces).map(([party, nonce]) => ({
      party,
      nonce,
      nonceSha256: nonceHash(nonce),
    })),
    commitment,
    plan,
    poolSize: pool.length,
    checkpoint: { root, size: 9, note },
    revealUntil: null,
    seed,
  }
  return { committee, rules }
}

function results(parts: Pick<DrawPage, 'committee' | 'rules'>): string[] {
  const page: DrawPage = {
    lot: 'L1',
    now: plan.at,
    stage: 'complete',
    may: { rules: true, ids: true, names: false },
    pool: null,
    own: null,
    ...parts,
  }
  return recompute(page).checks.map((c) => `${c.step} ${c.result}`)
}

test('an honest draw agrees in every step', () => {
  expect(results(honestDraw())).toEqual([
    'commitment same',
    'nonce same',
    'nonce same',
    'checkpoint same',
    'seed same',
    'stratum same',
  ])
})

test('changed seats differ', () => {
  const { committee, rules } = honestDraw()
  const [first] = committee.drawn
  const other = { ...first, selected: [...first.selected].reverse() }
  expect(results({ rules, committee: { ...committee, drawn: [other] } }).at(-1)).toBe(
    'stratum differs',
  )
})

test('a pool or a root changed afterwards differs', () => {
  const { committee, rules } = honestDraw()
  const fewer = { ...plan, pool: pool.slice(1) }
  expect(results({ committee, rules: { ...rules, plan: fewer } })[0]).toBe('commitment differs')
  const forged = { ...rules.checkpoint, root: hex(new Uint8Array(32)) }
  expect(results({ committee, rules: { ...rules, checkpoint: forged } })).toContain(
    'checkpoint differs',
  )
})

test('what is not shown is not claimed', () => {
  const { rules } = honestDraw()
  const hidden = { ...rules, plan: { ...plan, pool: null } }
  expect(results({ committee: null, rules: hidden })).toEqual([
    'commitment cannot',
    'nonce same',
    'nonce same',
    'checkpoint same',
    'seed same',
    'stratum cannot',
  ])
})
