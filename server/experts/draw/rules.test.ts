import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recusalGrounds } from './recusal.ts'
import {
  drawExperts,
  drawnParameter,
  replacementOf,
  strataOfVenues,
  tieOrder,
  widened,
} from './rules.ts'
import {
  commitmentOf,
  type DrawPlan,
  DrawStream,
  nonceHash,
  seedOf,
  seedProblem,
  shuffled,
} from './seed.ts'

const formulas = JSON.parse(
  readFileSync(new URL('../../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const { parameters, inputs, expected } = example('expert-draw')
const seedHex: string = expected.seedHex
const plan = {
  drawId: inputs.drawId,
  pool: inputs.pool,
  strata: inputs.strata,
  perEmployer: parameters.perEmployer,
}
const recused = { employers: inputs.recusedEmployers }
const revealed = inputs.contributions.map((c: { party: string; hex: string }) => ({
  party: c.party,
  nonceHex: c.hex,
}))

describe('the seed', () => {
  test('expert-draw: mixes commitment, checkpoint and nonces', () => {
    const mixed = {
      commitmentHex: inputs.commitmentHex,
      checkpointRootHex: inputs.checkpointRootHex,
      treeSize: inputs.treeSize,
    }
    expect(seedOf({ ...mixed, revealed })).toBe(seedHex)
    expect(seedOf({ ...mixed, revealed: [...revealed].reverse() })).toBe(seedHex)
    expect(seedOf({ ...mixed, treeSize: 4097, revealed })).not.toBe(seedHex)
  })

  test('expert-draw: the stream is HMAC-SHA-256 in big-endian numbers of 8 bytes', () => {
    const stream = new DrawStream(seedHex, `yangguang/draw/v1/${inputs.drawId}/A08/371300`)
    expect(Array.from({ length: 4 }, () => stream.next().toString())).toEqual(
      expected.firstFourIntegersOfFirstStratum,
    )
  })

  const committed: DrawPlan = {
    ...plan,
    recusalRules: ['employer'],
    candidates: { k: ['0.01', '0.02'] },
    nonceHashes: Object.fromEntries(
      revealed.map((r: { party: string; nonceHex: string }) => [r.party, nonceHash(r.nonceHex)]),
    ),
    at: '2026-03-24T01:00:00.000Z',
    revealMinutes: 10,
  }

  test('the commitment binds every part of the plan, but not the order of the pool', () => {
    const commitment = commitmentOf(committed)
    expect(commitmentOf({ ...committed, pool: [...committed.pool].reverse() })).toBe(commitment)
    for (const change of [
      { drawId: 'other' },
      { perEmployer: 2 },
      { strata: [...committed.strata].reverse() },
      { candidates: { k: ['0.02', '0.01'] } },
      { at: '2026-03-24T01:00:00.001Z' },
      { pool: committed.pool.slice(1) },
    ])
      expect(commitmentOf({ ...committed, ...change })).not.toBe(commitment)
  })

  test('two nonces are needed, each as committed, each once', () => {
    expect(seedProblem(committed, revealed)).toBeNull()
    expect(seedProblem(committed, revealed.slice(1))).toBe('too-few-nonces')
    expect(seedProblem(committed, [revealed[0], revealed[0]])).toBe('nonce-repeated')
    expect(
      seedProblem(committed, [revealed[0], { party: 'toString', nonceHex: revealed[1].nonceHex }]),
    ).toBe('nonce-unknown')
    expect(
      seedProblem(committed, [revealed[0], { ...revealed[1], nonceHex: revealed[0].nonceHex }]),
    ).toBe('nonce-differs')
  })
})

describe('the draw of experts', () => {
  test('expert-draw: order, seats, those passed over, reserve', () => {
    const drawn = drawExperts(plan, seedHex, recused)
    const shown = drawn.strata.map(
      ({ stratum, eligible, order, selected, passedOver, reserves }) => ({
        stratum,
        eligible,
        order,
        selected,
        passedOver,
        reserves,
      }),
    )
    expect(shown).toEqual(expected.strata)
    expect(drawn.strata[0]!.recused).toEqual(['e003', 'e009'])
    expect(drawn.strata.map((s) => s.missing)).toEqual([0, 0, 0])
  })

  test('expert-draw: who declines is followed by the first reserve who passes', () => {
    const drawn = drawExperts(plan, seedHex, recused)
    let seats = [...drawn.committee]
    const gone: string[] = []
    const replacements = expected.replacements.map(({ leaves }: { leaves: string }) => {
      const replacement = replacementOf(plan, drawn.strata[0]!, seats, leaves, gone)
      gone.push(leaves)
      seats = [...seats.filter((id) => id !== leaves), replacement.replacedBy!]
      return replacement
    })
    expect(replacements).toEqual(expected.replacements)
    expect(seats.sort()).toEqual(expected.committee)
  })

  test('an empty reserve says so, and the draw is widened by region, then by specialty', () => {
    const pool = plan.pool.filter((e: { id: string }) => e.id === 'e002')
    const [stratum] = [{ key: 'A08/370100', specialty: 'A08', region: '370100', count: 2 }]
    const drawn = drawExperts({ ...plan, pool, strata: [stratum!] }, seedHex)
    expect(drawn.strata[0]).toMatchObject({ selected: ['e002'], missing: 1 })
    const out = replacementOf({ ...plan, pool }, drawn.strata[0]!, ['e002'], 'e002')
    expect(out).toEqual({ leaves: 'e002', replacedBy: null, passedOver: [] })
    const wider = widened(stratum!, 1)!
    expect(wider).toMatchObject({ key: 'A08/370100/any-region', region: null, count: 1 })
    const widest = widened(wider, 1)!
    expect(widest).toMatchObject({ specialty: null, region: null })
    expect(widened(widest, 1)).toBeNull()
  })

  test('venues are strata in the order in which they first appear', () => {
    const strata = strataOfVenues(['371300', '370100', '371300', '371300', '370200'])
    expect(strata.map((s) => [s.key, s.specialty, s.count])).toEqual([
      ['*/371300', null, 3],
      ['*/370100', null, 1],
      ['*/370200', null, 1],
    ])
  })

  test('does not depend on the order of the pool', () => {
    const one = drawExperts(plan, seedHex, recused)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(plan.pool as (typeof plan.pool)[number][], {
          minLength: plan.pool.length,
        }),
        (pool) => {
          expect(
            drawExperts({ ...plan, pool: pool as typeof plan.pool }, seedHex, recused),
          ).toEqual(one)
        },
      ),
    )
  })

  test('never seats an employer twice, a recused expert or one person twice', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(seed, (bytes) => {
        const random = Buffer.from(bytes).toString('hex')
        const { committee } = drawExperts(plan, random, recused)
        const employers = committee.map(
          (id) => inputs.pool.find((e: { id: string }) => e.id === id).employer,
        )
        expect(new Set(employers).size).toBe(committee.length)
        expect(employers).not.toContain('u3')
        expect(committee).toHaveLength(5)
      }),
    )
  })

  test('every order of three is drawn about as often', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 3000; i++) {
      const order = shuffled(seedHex, `test/${i}`, ['a', 'b', 'c']).order.join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100)
  })

  test('ids are sorted by their UTF-8 bytes, not by UTF-16', () => {
    const ids = ['\u{1F600}', '\uFF5E']
    expect(
      drawExperts(
        {
          ...plan,
          pool: ids.map((id, i) => ({ id, specialty: 'S', region: 'R', employer: `u${i}` })),
          strata: [{ key: 'S/R', specialty: 'S', region: 'R', count: 1 }],
        },
        seedHex,
      ).strata[0]!.eligible,
    ).toEqual(['\uFF5E', '\u{1F600}'])
  })
})

describe('drawn parameters and ties', () => {
  test('drawn-parameters', () => {
    const { inputs: given, expected: wanted } = example('drawn-parameters')
    const k = drawnParameter(given.seedHex, 'opening-1', 'k', given.kCandidates)
    const method = drawnParameter(given.seedHex, 'opening-1', 'method', given.methodCandidates)
    expect({ k: k.value, method: method.value }).toEqual(wanted)
    expect([k.label, method.label]).toEqual(example('drawn-parameters').parameters.labels)
  })

  test('the order of a tie does not depend on the order of the bids', () => {
    const bids = ['bid-1', 'bid-2', 'bid-3', 'bid-4']
    const order = tieOrder(seedHex, 'evaluation-1', 1, bids)
    expect(tieOrder(seedHex, 'evaluation-1', 1, [...bids].reverse())).toEqual(order)
    expect([...order].sort()).toEqual(bids)
  })

  test('an empty list of candidates is a bug', () => {
    expect(() => drawnParameter(seedHex, 'opening-1', 'k', [])).toThrow(RangeError)
  })
})

describe('recusal', () => {
  const trade = {
    projectId: 'p1',
    purchaser: 'buyer',
    agency: 'agent',
    bidders: ['b1'],
    on: '2026-03-24',
  }
  const rules = { years: 3, sameAgencyDays: 30 }

  test('by employer, past employer within three years, kin, shares, punishment, agency, advice', () => {
    const grounds = recusalGrounds(
      {
        id: 'e1',
        employer: 'b1',
        pastEmployers: [{ party: 'buyer', until: '2023-03-24' }],
        kin: ['b1'],
        holdings: ['b1'],
        punishedUntil: '2026-03-24',
        drawnFor: [{ agency: 'agent', on: '2026-02-23' }],
        advised: ['p1'],
      },
      trade,
      rules,
    )
    expect(grounds).toEqual([
      'employer',
      'pastEmployer',
      'kin',
      'holding',
      'punished',
      'sameAgency',
      'adviser',
    ])
  })

  test('not for what is over', () => {
    const expert = {
      id: 'e1',
      employer: 'other',
      pastEmployers: [{ party: 'b1', until: '2023-03-23' }],
      punishedUntil: '2026-03-23',
      drawnFor: [{ agency: 'agent', on: '2026-02-22' }],
    }
    expect(recusalGrounds(expert, trade, rules)).toEqual([])
  })
})
