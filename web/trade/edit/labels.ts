import { t } from '../../i18n/i18n.ts'
import type { TextKey } from '../../i18n/texts.ts'
import type { Issue } from './document-of.ts'

/** Names of fields by their path in the document, places of rows left out. */
const labels: Readonly<Record<string, TextKey>> = {
  'title.zh': 'edit.field.titleZh',
  'title.en': 'edit.field.titleEn',
  category: 'edit.field.category',
  method: 'edit.field.method',
  objectKind: 'edit.field.objectKind',
  region: 'edit.field.region',
  budgetFen: 'edit.field.budget',
  lots: 'edit.task.lots',
  'lots.title.zh': 'edit.field.lotZh',
  'lots.title.en': 'edit.field.lotEn',
  'lots.ceilingPriceFen': 'edit.field.ceiling',
  'lots.bondFen': 'edit.field.bond',
  'lots.deliveryDays': 'edit.field.delivery',
  'lots.validityDays': 'edit.field.validity',
  'lots.quotation.lines.zh': 'edit.quote.zh',
  'lots.quotation.lines.en': 'edit.quote.en',
  'lots.quotation.lines.id': 'edit.item.id',
  'lots.quotation.lines.unit': 'edit.quote.unit',
  'lots.quotation.lines.quantity': 'edit.quote.quantity',
  documentDays: 'edit.field.documentDays',
  openAfterDays: 'edit.field.openAfterDays',
  publicityDays: 'edit.field.publicityDays.tender',
  'qualification.id': 'edit.item.id',
  'qualification.zh': 'edit.item.zh',
  'qualification.en': 'edit.item.en',
  'responsiveness.id': 'edit.item.id',
  'responsiveness.zh': 'edit.item.zh',
  'responsiveness.en': 'edit.item.en',
  'scoring.items': 'edit.score.items',
  'scoring.items.id': 'edit.item.id',
  'scoring.items.zh': 'edit.score.zh',
  'scoring.items.en': 'edit.score.en',
  'scoring.items.max': 'edit.score.max',
  'scoring.items.step': 'edit.score.step',
  'scoring.candidates': 'edit.candidates',
  'scoring.tieBreak': 'edit.tie',
}

/** What a field is called, with the number of its row. */
export function labelOf(path: string): string {
  const parts = path.split('.')
  const place = parts.find((part) => /^\d+$/.test(part))
  const bare = parts.filter((part) => !/^\d+$/.test(part)).join('.')
  const parameter = /^scoring\.price\.(\w+)/.exec(bare)?.[1]
  const minutes = /^opening\.(\w+)/.exec(bare)?.[1]
  const key =
    labels[bare] ??
    (parameter ? (`edit.param.${parameter}` as TextKey) : undefined) ??
    (minutes ? (`edit.field.${minutes}` as TextKey) : undefined)
  const name = key ? t(key) : bare
  return place === undefined ? name : `${name} ${Number(place) + 1}`
}

export const issueText = (issue: Issue): string =>
  t(`edit.issue.${issue.code}`, { label: labelOf(issue.path) })
