import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  documentOf as documentOfFile,
  tenderFile,
} from '../../../server/tendering/project/document.ts'
import { documentOf } from './document-of.ts'
import { draftOf, emptyDraft } from './draft.ts'
import { taskOfPath } from './tasks.ts'

describe.each(['school-canteen', 'road-resurfacing'])('%s', (name) => {
  const text = fs.readFileSync(`db/seed/examples/${name}/tender.json`, 'utf8')
  const document = documentOfFile(tenderFile.parse(JSON.parse(text)))

  test('a saved document survives the editor unchanged', () => {
    expect(documentOf(draftOf(document, []), document)).toEqual({ document, issues: [] })
  })
})

test('an empty draft names what is missing, each in its task', () => {
  const { document, issues } = documentOf(emptyDraft(), null)
  expect(document).toBeNull()
  expect(issues.map(({ path, code }) => `${taskOfPath(path)} ${path} ${code}`)).toEqual([
    'basics title.zh missing',
    'basics title.en missing',
    'basics budgetFen missing',
    'lots lots.0.title.zh missing',
    'lots lots.0.title.en missing',
    'lots lots.0.deliveryDays missing',
  ])
})
