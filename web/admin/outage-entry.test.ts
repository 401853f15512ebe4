import { expect, test } from 'vitest'
import { fieldErrorsOf } from './field-errors.ts'
import { outageFaults, outageInstant } from './outage-entry.ts'

const entry = {
  from: '2026-03-02T09:00',
  until: '2026-03-02T09:30:15',
  parts: ['database'],
  zh: '数据库停机',
  en: 'The database stood.',
}
const now = Date.parse('2026-03-02T02:00:00.000Z')

test('an outage that is over and told in both languages has no fault', () => {
  expect(outageFaults(entry, now)).toEqual({})
  expect(outageInstant(entry.from)).toBe('2026-03-02T01:00:00.000Z')
  expect(outageInstant(entry.until)).toBe('2026-03-02T01:30:15.000Z')
})

test.each([
  [{ from: '' }, { from: 'noTime' }],
  [{ until: '' }, { until: 'noTime' }],
  [{ until: entry.from }, { until: 'backwards' }],
  [{ until: '2026-03-02T10:00:01' }, { until: 'future' }],
  [
    { from: '2026-03-02T11:00', until: '2026-03-02T12:00' },
    { from: 'future', until: 'future' },
  ],
  [{ parts: [] }, { parts: 'noPart' }],
  [{ zh: ' ' }, { zh: 'empty' }],
  [{ en: '' }, { en: 'empty' }],
])('%j is told as %j', (more, faults) => {
  expect(outageFaults({ ...entry, ...more }, now)).toEqual(faults)
})

test('a refusal is told at its fields, and what is left at the form', () => {
  const names = ['from', 'parts'] as const
  const of = (...fields: string[]) =>
    fieldErrorsOf(
      {
        message: '有几项不对。',
        errors: fields.map((field) => ({ field, code: 'c', detail: `错在${field}` })),
      },
      names,
    )
  expect(of()).toEqual({ fields: {}, whole: '有几项不对。' })
  expect(of('parts.0', 'from')).toEqual({
    fields: { parts: '错在parts.0', from: '错在from' },
    whole: null,
  })
  expect(of('from', 'id')).toEqual({
    fields: { from: '错在from' },
    whole: '有几项不对。 id 错在id',
  })
})
