import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { documentOf, facts, paragraph, printable, rows } from './layout.ts'
import { mostWaiting, pdfOf, renderPdf } from './pdf.ts'

const head = {
  title: '开标记录',
  trade: 'YG-20260302-DEMO',
  name: '演示项目',
  issuedAt: '2026-03-23T01:30:00.000Z',
  digest: 'abc',
  address: 'https://example.org/t/YG-20260302-DEMO/ledger?event=BidsOpened',
}

test('a record of Chinese text becomes a PDF, whatever its characters', async () => {
  const bytes = await renderPdf(
    documentOf(head, [
      facts([['投标人', '演示投标人一\u202e\u0007𠮷']]),
      rows(['#', '报价'], [['1', '2,731,000.00']], [1]),
    ]),
  )
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.length).toBeGreaterThan(5000)
})

test('what a page cannot show is a box with its code point', () => {
  expect(printable('甲\u202e乙')).toBe('甲□U+202E乙')
})

test('a name of rare characters is not shortened: each is shown by its code point', async () => {
  const bytes = await renderPdf(
    documentOf(head, [facts([['投标人', '𠮷野建设有限公司']]), paragraph('金属🀄有限公司')]),
  )
  const page = await (await getDocument({ data: Uint8Array.from(bytes) }).promise).getPage(1)
  const { items } = await page.getTextContent()
  const text = items.map((item) => ('str' in item ? item.str : '')).join('')
  expect(text).toContain('□U+20BB7野建设有限公司')
  expect(text).toContain('金属□U+1F004有限公司')
})

const record = (text: string) => documentOf(head, [paragraph(text)])

test('a record is laid out once for all who ask, and again only where it says something else', async () => {
  const many = await Promise.all(
    Array.from({ length: mostWaiting * 3 }, () => pdfOf(record('同一记录'))),
  )
  expect(new Set(many).size).toBe(1)
  expect(await pdfOf(record('同一记录'))).toBe(many[0])
  expect(await pdfOf(record('另一记录'))).not.toBe(many[0])
})

test('where too many wait for paper the next is told to come again', async () => {
  const asked = Array.from({ length: mostWaiting + 5 }, (_, n) => pdfOf(record(`第 ${n} 份`)))
  const told = await Promise.allSettled(asked)
  const refused = told.filter((one) => one.status === 'rejected').map((one) => one.reason)
  expect(refused).toHaveLength(5)
  for (const error of refused) expect(error).toMatchObject({ slug: 'busy' })
  // One that was refused is made as soon as there is room.
  expect((await pdfOf(record(`第 ${mostWaiting + 4} 份`))).length).toBeGreaterThan(1000)
})
