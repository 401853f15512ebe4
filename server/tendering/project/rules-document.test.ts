import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { builtInCalendar } from '../../kernel/calendar.ts'
import {
  documentOf,
  type TenderDocument,
  type TenderDocumentInput,
  tenderDocument,
  tenderFile,
} from './document.ts'
import {
  bondCeilingFen,
  checkDocument,
  checkGpScoring,
  checkMoney,
  checkScoring,
  committeeSizeLeast,
} from './rules-document.ts'

const base = new URL('../../../db/seed/examples/', import.meta.url)
const formulas = JSON.parse(readFileSync(new URL('formulas.json', base), 'utf8'))
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const read = (folder: string): TenderDocument =>
  documentOf(
    tenderFile.parse(JSON.parse(readFileSync(new URL(`${folder}/tender.json`, base), 'utf8'))),
  )
const road = read('road-resurfacing')
const canteen = read('school-canteen')
const changed = (document: TenderDocument, change: Partial<TenderDocumentInput>): TenderDocument =>
  tenderDocument.parse({ ...document, ...change })
const rules = (findings: { rule: string }[]) => findings.map((f) => f.rule)

describe('money in a tender document', () => {
  test('bond-ceiling: 2 % of the budget, rounded down', () => {
    const { inputs, expected } = example('bond-ceiling')
    expect(
      inputs.budgetFen.map((fen: number) => bondCeilingFen('governmentProcurement', fen)),
    ).toEqual(expected.maximumFen)
  })

  test('in the tender regime a bond is never above 800,000 yuan, survey and design 100,000', () => {
    expect(bondCeilingFen('tender', 100_000_000_000)).toBe(80_000_000)
    expect(bondCeilingFen('tender', 100_000_000_000, true)).toBe(10_000_000)
    expect(bondCeilingFen('governmentProcurement', 100_000_000_000)).toBe(2_000_000_000)
  })

  test('both examples are lawful', () => {
    for (const document of [road, canteen])
      expect(checkDocument(document, '2026-03-02T01:00:00.000Z', builtInCalendar)).toEqual([])
  })

  test('a bond one fen too high names the most that is lawful', () => {
    const [lot] = canteen.lots
    const findings = checkMoney(changed(canteen, { lots: [{ ...lot!, bondFen: 5_360_001 }] }))
    expect(findings).toMatchObject([{ rule: 'bondRate', lawful: '5360000' }])
  })

  test('an invited tender is not published to all', () => {
    const invited = changed(road, { method: 'invitedTender' })
    const findings = checkDocument(invited, '2026-03-02T01:00:00.000Z', builtInCalendar)
    expect(findings).toMatchObject([{ rule: 'openTenderOnly', change: 'none' }])
  })

  test('a ceiling above the budget is found', () => {
    expect(rules(checkMoney(changed(canteen, { budgetFen: 267_999_999 })))).toEqual([
      'ceilingWithinBudget',
    ])
  })

  test('a formula that uses the ceiling needs one', () => {
    const { ceilingPriceFen, ...lot } = road.lots[0]!
    const price = {
      ...road.scoring.price,
      formula: 'compositeBenchmark' as const,
      ceilingShare: '0.4',
    }
    const document = changed(road, {
      lots: [lot],
      scoring: { ...road.scoring, price } as TenderDocumentInput['scoring'],
    })
    expect(ceilingPriceFen).toBe(1_250_000_000)
    expect(rules(checkMoney(document))).toEqual(['ceilingNeeded'])
  })
})

describe('scoring in a tender document', () => {
  const scored = (document: TenderDocument, change: object) =>
    changed(document, {
      scoring: { ...document.scoring, ...change } as TenderDocumentInput['scoring'],
    })

  test('weights that do not sum to 100 are found', () => {
    const items = road.scoring.items.slice(1)
    const [finding] = checkScoring(scored(road, { items }))
    expect(finding).toMatchObject({ rule: 'weightsSum', lawful: '100' })
    expect(finding!.zh).toContain('88')
  })

  test('a fourth candidate, an open tie and a maximum off the step are found', () => {
    const items = road.scoring.items.map((item) => ({ ...item, step: '5' }))
    const found = checkScoring(scored(road, { items, candidates: 4, tieBreak: ['lowerBidPrice'] }))
    expect(new Set(rules(found))).toEqual(
      new Set(['scoreBeyondStep', 'tieBreakOpen', 'candidatesMax']),
    )
  })

  test('a value of K that is there twice would be drawn twice as often', () => {
    const price = {
      ...road.scoring.price,
      formula: 'benchmarkDrawnK',
      kCandidates: ['0.02', '0.020'],
    }
    expect(rules(checkScoring(scored(road, { price })))).toEqual(['kCandidatesRepeated'])
  })

  test('government procurement scores a price by low price first alone', () => {
    expect(rules(checkGpScoring({ ...road, category: 'governmentProcurement' }))).toEqual([
      'priceFormulaGp',
    ])
  })

  test('and names what its suppliers must be: without an item nothing could be reviewed', () => {
    const none = { ...canteen, qualification: [] }
    expect(rules(checkGpScoring(none))).toEqual(['qualificationMissingGp'])
    expect(rules(checkGpScoring({ ...road, qualification: [] }))).toEqual([])
  })

  test('goods weigh the price at least 30, and the deduction is 10 to 20 percent', () => {
    const price = {
      ...canteen.scoring.price,
      weight: '29.9',
      smallBusinessDeductionPercent: '20.1',
    }
    expect(rules(checkGpScoring(scored(canteen, { price })))).toEqual([
      'priceWeightGoodsGp',
      'smallBusinessLeast',
    ])
  })
})

test('lots without a ceiling share one budget: so do their bonds', () => {
  const [lot] = canteen.lots
  const { ceilingPriceFen: _, ...open } = lot
  const of = (...bonds: number[]) =>
    rules(
      checkMoney({
        ...canteen,
        budgetFen: 100_000,
        lots: bonds.map((bondFen, i) => ({ ...open, id: `lot-${i}`, bondFen })),
      }),
    )
  expect(of(2000)).toEqual([])
  expect(of(2001)).toEqual(['bondRate'])
  expect(of(1000, 1000)).toEqual([])
  expect(of(1000, 1001)).toEqual(['bondRate'])
})

describe('the committee', () => {
  test('has five members, seven in government procurement from ten million yuan', () => {
    expect(committeeSizeLeast('tender', 100_000_000_000)).toBe(5)
    expect(committeeSizeLeast('governmentProcurement', 999_999_999)).toBe(5)
    expect(committeeSizeLeast('governmentProcurement', 1_000_000_000)).toBe(7)
    expect(committeeSizeLeast('governmentProcurement', 1, true)).toBe(7)
  })
})
