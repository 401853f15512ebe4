import { name as readableName } from '../../../server/identity/party/fields.ts'
import type { DemoInput } from './input.ts'
import { sheetsProblem } from './sheets.ts'

/**
 * What the files of a folder must hold beyond their form: names that can be read, ids that name one
 * thing each, parties that may meet in one trade, a start that a clock can be set to.
 * @returns what is wrong first, as `file: field: what`, or null
 */
export function folderProblem(input: DemoInput): string | null {
  const checks = [startProblem, lotProblem, idProblem, nameProblem, partyProblem, sheetsProblem]
  for (const check of checks) {
    const problem = check(input)
    if (problem) return problem
  }
  return null
}

/**
 * Text that no system keeps as it stands: U+0000, or half of a surrogate pair.
 * @returns the field and what is wrong, or null
 */
export function textProblem(value: unknown, field = ''): string | null {
  if (typeof value === 'string') {
    const isBroken = value.includes('\0') || /\p{Surrogate}/u.test(value)
    return isBroken ? `${field || 'the whole'}: holds U+0000 or half a surrogate pair` : null
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [name, one] of Object.entries(value)) {
    const problem = textProblem(name, field) ?? textProblem(one, field ? `${field}.${name}` : name)
    if (problem) return problem
  }
  return null
}

/** Years that the trade clock knows, with room for what follows the start. */
function startProblem({ tender: { startAt } }: DemoInput): string | null {
  if (startAt === undefined) return null
  const at = Date.parse(startAt)
  const isForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(startAt)
  // A day that its month lacks is read as one of the next month.
  const day = Date.parse(`${startAt.slice(0, 10)}T00:00:00Z`)
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(startAt.slice(0, 10))
  if (!isForm || !isDay || Number.isNaN(at))
    return `tender.json: startAt: no instant with its offset, like 2026-03-02T09:00:00+08:00`
  const year = new Date(at).getUTCFullYear()
  return year < 1970 || year > 8900 ? 'tender.json: startAt: a year from 1970 to 8900' : null
}

function lotProblem({ tender }: DemoInput): string | null {
  return tender.lots.length === 1 ? null : 'tender.json: lots: one lot is played'
}

function idProblem({ bids, experts }: DemoInput): string | null {
  for (const [field, values] of [
    ['bids.json: id', bids.map((b) => b.id)],
    ['bids.json: bidder', bids.map((b) => b.bidder)],
    ['experts.json: id', experts.map((e) => e.id)],
  ] as const) {
    const repeated = values.find((value, i) => values.indexOf(value) !== i)
    if (repeated !== undefined) return `${field}: ${repeated} is there twice`
  }
  return null
}

/** A name that is written as it reads: else the platform would refuse the party. */
function nameProblem({ tender, bids, experts }: DemoInput): string | null {
  const names = [
    ['tender.json: purchaser', tender.purchaser],
    ['tender.json: agency', tender.agency],
    ['tender.json: tradingCentre', tender.tradingCentre],
    ...bids.map((b, i) => [`bids.json: ${i}.bidder`, b.bidder]),
    // Whom the purchaser sends is told apart by a word after the name.
    ...experts.map((e, i) => [`experts.json: ${i}.name`, `${e.name}（采购人代表）`]),
  ]
  for (const [field, value] of names)
    if (!readableName.safeParse(value).success || value.trim() !== value)
      return `${field}: 1 to 100 characters without control, bidi or edge spaces`
  for (const [i, { files }] of bids.entries())
    for (const [j, { name }] of files.entries())
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name))
        return `bids.json: ${i}.files.${j}.name: holds a control or bidi character`
  return null
}

/** Whoever runs a trade does not bid in it. */
function partyProblem({ tender, bids, experts }: DemoInput): string | null {
  const running = [tender.purchaser, tender.agency, tender.tradingCentre]
  const at = bids.findIndex((b) => running.includes(b.bidder))
  if (at >= 0) return `bids.json: ${at}.bidder: ${bids[at].bidder} runs the trade in tender.json`
  return experts.some((e) => e.represents === 'pool')
    ? null
    : 'experts.json: represents: no seat of the pool'
}
