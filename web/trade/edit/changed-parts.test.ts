import fs from 'node:fs'
import { expect, test } from 'vitest'
import { documentOf, tenderFile } from '../../../server/tendering/project/document.ts'
import { changedParts } from './changed-parts.ts'

const text = fs.readFileSync('db/seed/examples/school-canteen/tender.json', 'utf8')
const document = documentOf(tenderFile.parse(JSON.parse(text)))
const files = [{ name: '招标文件.pdf', sha256: 'a', bytes: 1, mediaType: 'application/pdf' }]
const before = { document, files }

test('nothing differs from itself, whatever the order of its keys', () => {
  const reversed = Object.fromEntries(Object.entries(document).reverse()) as typeof document
  expect(changedParts(before, { document: reversed, files })).toEqual([])
})

test('each part that differs is named once, in the order of the editor', () => {
  const [lot] = document.lots
  const changed = {
    ...document,
    lots: [{ ...lot, bondFen: lot.bondFen + 1, quotation: { ...lot.quotation, lines: [] } }],
    scoring: { ...document.scoring, candidates: document.scoring.candidates + 1 },
  }
  expect(changedParts(before, { document: changed, files: [] })).toEqual([
    ...['lots', 'scoring', 'quotation', 'files'],
  ])
})

test('an item more is a change of its part', () => {
  const qualification = [...document.qualification, { id: 'q99', zh: '演示', en: 'Demo' }]
  const after = { document: { ...document, qualification }, files }
  expect(changedParts(before, after as never)).toEqual(['requirements'])
})
