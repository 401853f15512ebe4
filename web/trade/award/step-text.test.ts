import { expect, test } from 'vitest'
import { sourceName, stepValue } from './step-text.ts'

const step = { rule: 'mean', source: 'document', zh: '', en: '', result: '' }

test('a mean of prices is an amount in yuan, a mean of totals is points', () => {
  const ofPrices = { ...step, inputs: { pricesFen: '100 200' } }
  expect(stepValue(ofPrices, 'result', '64089400/7')).toBe('91,556.29')
  expect(stepValue(ofPrices, 'pricesFen', '1234500 100')).toBe('12,345.00  1.00')
  const ofTotals = { ...step, inputs: { totals: '50 51' } }
  expect(stepValue(ofTotals, 'exact', '101/2')).toBe('50.5000')
  expect(stepValue(ofTotals, 'result', '50.5')).toBe('50.5')
})

test('a source names the instrument and its article', () => {
  const name = sourceName('TR 51, M87 63', ((key: string, values?: { article: string }) =>
    key === 'awarding.source.and' ? '、' : `${key} ${values?.article ?? ''}`) as never)
  expect(name).toBe('awarding.source.TR 51、awarding.source.M87 63')
})
