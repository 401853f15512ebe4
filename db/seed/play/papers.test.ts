import fc from 'fast-check'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { concat } from '../../../server/formats/bytes.ts'
import { paperOf } from './papers.ts'

const bytesOf = (name: string, bytes: number, seed = 1) => concat(...paperOf({ name, bytes, seed }))

test('each paper has its length to the byte, and the same seed gives the same', () => {
  const names = fc.constantFrom('资格文件.pdf', '技术文件.PDF', '清单.xlsx', '其他.pdf')
  fc.assert(
    fc.property(names, fc.nat(1_200_000), fc.nat(), (name, length, seed) => {
      expect(bytesOf(name, length, seed).length).toBe(length)
    }),
    { numRuns: 60 },
  )
  for (let length = 50_100; length < 51_300; length++)
    expect(bytesOf('技术文件.pdf', length).length).toBe(length)
  expect(bytesOf('技术文件.pdf', 80_000, 7)).toEqual(bytesOf('技术文件.pdf', 80_000, 7))
  expect(bytesOf('技术文件.pdf', 80_000, 7)).not.toEqual(bytesOf('技术文件.pdf', 80_000, 8))
})

test.each([
  ['资格文件.pdf', 1_500_000, '主体资格'],
  ['技术文件.pdf', 60_000, '对项目的理解'],
  ['投标函.pdf', 20_000, '说明'],
])('%s is read page by page, each marked as demo data', async (name, length, heading) => {
  const pdf = await getDocument({ data: bytesOf(name, length), verbosity: 0 }).promise
  const textOf = async (number: number) => {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    return items.map((item) => ('str' in item ? item.str : '')).join('')
  }
  expect(await textOf(2)).toContain(heading)
  for (let number = 1; number <= pdf.numPages; number++)
    expect(await textOf(number)).toContain('演示数据')
})
