import { expect, test } from 'vitest'
import { fileProblem, isOddType, roleOfName } from './files.ts'

const pdf = (...parts: string[]) =>
  new File([`%PDF-1.7\n${parts.join('\n')}\n%%EOF\n`], '投标函.pdf')

test('a file’s name says who is to read it', () => {
  expect(roleOfName('资格证明文件.pdf')).toBe('qualification')
  expect(roleOfName('已标价工程量清单.xlsx')).toBe('price')
  expect(roleOfName('施工组织设计.docx')).toBe('technical')
  expect(roleOfName('类似业绩合同.pdf')).toBe('business')
  expect(roleOfName('投标函及授权委托书.pdf')).toBe('letter')
  expect(roleOfName('照片.png')).toBe('other')
})

test('a type that evaluators may not open is odd, and no problem', async () => {
  expect(isOddType('清单.gbq6')).toBe(true)
  expect(isOddType('清单.PDF')).toBe(false)
  expect(await fileProblem(new File(['x'], '清单.gbq6'))).toBeNull()
})

test('a PDF under a password is refused before it is sealed', async () => {
  expect(
    await fileProblem(pdf('trailer', '<< /Size 4 /Root 1 0 R >>', 'startxref', '9')),
  ).toBeNull()
  expect(
    await fileProblem(pdf('trailer', '<< /Root 1 0 R /Encrypt 5 0 R >>', 'startxref', '9')),
  ).toBe('encrypted')
})

test('also where the trailer is a cross-reference stream far from the end', async () => {
  const stream = '7 0 obj << /Type /XRef /Encrypt 5 0 R >> stream'
  const body = `%PDF-1.7\n${stream}\n${'x'.repeat(600_000)}\nstartxref\n9\n%%EOF\n`
  expect(await fileProblem(new File([body], '技术.pdf'))).toBe('encrypted')
})

test('words of a text about encryption are not an encrypted file', async () => {
  expect(
    await fileProblem(pdf('(/Encrypt)', 'trailer', '<< /Root 1 0 R >>', 'startxref', '9')),
  ).toBeNull()
})

test('an empty file is refused', async () => {
  expect(await fileProblem(new File([], '空.pdf'))).toBe('empty')
})
