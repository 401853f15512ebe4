import { expect, test } from 'vitest'
import { hiddenMarks, withoutHiddenMarks } from './hidden-marks.ts'

test('each field with a character that nobody sees is named, with the character and its place', () => {
  const value = {
    title: { zh: '甲𠮷\u202e乙', en: 'ok' },
    lots: [{ name: '\u200b' }],
    n: 1,
    no: null,
  }
  expect(hiddenMarks(value)).toEqual([
    { field: 'title.zh', code: 'U+202E', at: 3 },
    { field: 'lots.0.name', code: 'U+200B', at: 1 },
  ])
  expect(hiddenMarks({ 'a\u2066': 1 })).toMatchObject([{ field: '', code: 'U+2066' }])
  expect(hiddenMarks(Array.from({ length: 200 }, () => '\x07'))).toHaveLength(50)
})

test.each(['第一行\r\n第二行\t2', '葛\u{e0100}', '👩\u200d🔧', 'naïve – “…” 　', ''])(
  'a text that is seen as it is written passes: %j',
  (text) => {
    expect(hiddenMarks(text)).toEqual([])
    expect(withoutHiddenMarks(text)).toBe(text.replace('\r\n', '\n'))
  },
)

test('what was pasted keeps all that is seen', () => {
  expect(withoutHiddenMarks('\ufeff甲\u200b乙\u2028丙\u202e')).toBe('甲乙\n丙')
  expect(hiddenMarks(withoutHiddenMarks('\0\x1b[31m\u2067\xad'))).toEqual([])
})
