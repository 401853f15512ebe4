import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isOrganisationCode,
  isUscc,
  madeUscc,
  normalisedUscc,
  usccCheck,
  usccProblem,
} from './uscc.ts'

const formulas = JSON.parse(
  readFileSync(new URL('../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const vectors = new URL('../../../shared/vectors/zh/uscc.json', import.meta.url)
const isThere = existsSync(vectors)

describe('the unified social credit code', () => {
  test('uscc: the check characters of the worked examples', () => {
    const { inputs, expected } = formulas.examples.find((e: { id: string }) => e.id === 'uscc')
    expect(inputs.first17.map((c: string) => c + usccCheck(c))).toEqual(expected.codes)
    expect(isUscc(expected.standardSample)).toBe(true)
    expect(isOrganisationCode(expected.organisationSample)).toBe(true)
    for (const code of expected.invalid) expect(usccProblem(code)).not.toBeNull()
  })

  test('lower case is made upper, letters that look like digits are errors', () => {
    expect(isUscc('91330100799655058b')).toBe(true)
    expect(normalisedUscc(' 91330100799655058b ')).toBe('91330100799655058B')
    expect(usccProblem('9133O100799655058B')).toBe('uscc-character')
  })

  test('a code made for a demo party is valid and its own', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 31 ** 5 - 1 }), (n) => isUscc(madeUscc(n))))
    const codes = Array.from({ length: 500 }, (_, n) => madeUscc(n))
    expect(new Set(codes).size).toBe(500)
    expect(isUscc(madeUscc(7, '12', '370100'))).toBe(true)
  })

  test('one wrong character is always noticed', () => {
    const code = madeUscc(42)
    for (let i = 0; i < 18; i++)
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (other !== code[i])
          expect(isUscc(code.slice(0, i) + other + code.slice(i + 1))).toBe(false)
  })

  test.skipIf(!isThere)(
    `the codes of vectors/zh${isThere ? '' : ' (skipped where ../shared/vectors is absent)'}`,
    () => {
      const v = JSON.parse(readFileSync(vectors, 'utf8'))
      for (const { code, organisationCodeInside } of v.valid) {
        expect(usccProblem(code), code).toBeNull()
        expect(isOrganisationCode(organisationCodeInside)).toBe(true)
      }
      for (const { code, why } of v.notValidAsGiven)
        expect(isUscc(code), why).toBe(why.startsWith('lower case'))
    },
  )
})
