import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documentOf, regimeOf, tenderDocument, tenderFile } from './document.ts'

const read = (folder: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../../db/seed/examples/${folder}/tender.json`, import.meta.url),
      'utf8',
    ),
  )

describe('the structured tender document', () => {
  test.each(['road-resurfacing', 'school-canteen'])('%s reads as a tender file', (folder) => {
    const file = tenderFile.parse(read(folder))
    expect(tenderDocument.parse(documentOf(file))).toEqual(documentOf(file))
  })

  test('numbers become decimal text, so that a document has one byte form', () => {
    const { scoring } = tenderFile.parse(read('road-resurfacing'))
    expect(scoring.price.weight).toBe('60')
    expect(scoring.items[0]!.max).toBe('12')
  })

  test('a works tender is of the tender regime', () => {
    expect(regimeOf('worksTender')).toBe('tender')
    expect(regimeOf('governmentProcurement')).toBe('governmentProcurement')
  })

  test('an unknown field is refused', () => {
    const file = { ...(read('school-canteen') as object), secretCriterion: 1 }
    expect(tenderFile.safeParse(file).success).toBe(false)
  })

  test('a weight in exponent form, negative or not finite is refused', () => {
    const base = read('school-canteen') as { scoring: { price: object } }
    for (const weight of ['1e2', '-1', '٣٠', '030', ' 30', 1e-9, -1, '1.12345678901']) {
      const scoring = { ...base.scoring, price: { ...base.scoring.price, weight } }
      expect(tenderFile.safeParse({ ...base, scoring }).success).toBe(false)
    }
  })

  test('an item id that is there twice is refused', () => {
    const base = read('school-canteen') as { qualification: object[] }
    const qualification = [...base.qualification, base.qualification[0]]
    expect(tenderFile.safeParse({ ...base, qualification }).success).toBe(false)
  })

  test.each([
    ['benchmarkDrawnK', 'kCandidates'],
    ['compositeBenchmark', 'ceilingShare'],
    ['secondaryMean', 'variant'],
  ])('%s without %s is refused', (formula, parameter) => {
    const base = read('road-resurfacing') as { scoring: { price: object } }
    const price = { ...base.scoring.price, formula }
    const result = tenderFile.safeParse({ ...base, scoring: { ...base.scoring, price } })
    expect(result.error?.issues.map((issue) => issue.path.at(-1))).toEqual([parameter])
  })
})
