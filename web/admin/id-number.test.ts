import { expect, test } from 'vitest'
import { isIdNumber } from './id-number.ts'

test.each([
  ['11010519491231002X', true], // the standard's own example
  ['110105194912310021', false],
  ['11010519491231002x', false],
  ['1101051949123100', false],
  ['', false],
])('%s well formed: %s', (text, good) => {
  expect(isIdNumber(text)).toBe(good)
})

test('any one digit wrong is seen', () => {
  const good = '11010519491231002X'
  for (let i = 0; i < 17; i++)
    for (const digit of '0123456789')
      if (digit !== good[i])
        expect(isIdNumber(good.slice(0, i) + digit + good.slice(i + 1))).toBe(false)
})
