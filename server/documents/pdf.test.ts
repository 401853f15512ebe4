import { expect, test } from 'vitest'
import { documentOf, facts, printable, rows } from './layout.ts'
import { renderPdf } from './pdf.ts'

test('a record of Chinese text becomes a PDF, whatever its characters', async () => {
  const bytes = await renderPdf(
    documentOf(
      {
        title: '开标记录',
        trade: 'YG-20260302-DEMO',
        name: '演示项目',
        issuedAt: '2026-03-23T01:30:00.000Z',
        digest: 'abc',
        address: 'https://example.org/t/YG-20260302-DEMO/ledger?event=BidsOpened',
      },
      [
        facts([['投标人', '演示投标人一\u202e\u0007𠮷']]),
        rows(['#', '报价'], [['1', '2,731,000.00']], [1]),
      ],
    ),
  )
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.length).toBeGreaterThan(5000)
})

test('what a page cannot show is a box with its code point', () => {
  expect(printable('甲\u202e乙')).toBe('甲▯U+202E乙')
})
