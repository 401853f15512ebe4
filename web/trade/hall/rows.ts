import { timeShort } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import type { TextKey } from '../../i18n/texts.ts'
import type { BoardRow } from '../../kit/price-board.tsx'
import type { Stage } from '../../kit/stage-rail.tsx'
import {
  type HallLot,
  type HallPage,
  type HallRow,
  type HallStage,
  shownStage,
} from './hall-answer.ts'

/** Why a bid did not open, in a short sentence. */
/** Why a session is halted: the system's own causes by name, a person's in its words. */
export const haltCause = (cause: string): string =>
  cause === 'drawing' || cause === 'outage' ? t(`hall.halted.cause.${cause}`) : cause

export function causeOf(slug: string): string {
  const key = `hall.cause.${slug}` as TextKey
  if (t(key) !== key) return t(key)
  if (slug.startsWith('quotation-')) return t('hall.cause.quotation')
  return t(slug.startsWith('file') ? 'hall.cause.files' : 'hall.cause.other')
}

/** How a listed bid stands: a word, its tone, the reason under it. */
export function stateOf(row: HallRow): BoardRow['state'] {
  if (row.outcome === 'opened') return { text: t('hall.state.opened'), tone: 'ok' }
  if (row.outcome === 'notOpened')
    return {
      text: t(row.problem === 'key-not-released' ? 'hall.state.timeOut' : 'hall.state.notOpened'),
      tone: row.fault === 'bidder' ? 'warn' : 'danger',
      reason: t('hall.state.because', {
        cause: causeOf(row.problem ?? ''),
        fault: t(`hall.fault.${row.fault ?? 'other'}`),
      }),
    }
  return row.releasedAt
    ? { text: t('hall.state.released'), tone: 'ok' }
    : { text: t('hall.state.sealed'), tone: 'sealed' }
}

export const newestVersion = (lot: HallLot): number =>
  Math.max(0, ...lot.rows.map((row) => row.confirmedVersion))

const order: readonly HallStage[] = [
  'signIn',
  'drawing',
  'decrypting',
  'readingOut',
  'confirming',
  'closing',
  'closed',
]

/** The steps of the session, with the one that runs. */
export function hallRail(hall: HallPage): Stage[] {
  const at = order.indexOf(shownStage(hall))
  const hasDraw = hall.lots.some((lot) => lot.parameters) || shownStage(hall) === 'drawing'
  const steps: readonly (readonly [string, readonly HallStage[], string | null | undefined])[] = [
    ['list', ['signIn'], hall.startedAt],
    ...(hasDraw ? [['drawing', ['drawing'], null] as const] : []),
    ['decrypting', ['decrypting'], null],
    ['reading', ['readingOut'], hall.openedAt],
    ['confirming', ['confirming'], null],
    ['closing', ['closing'], null],
    ['closed', ['closed'], hall.closedAt],
  ]
  const isStopped = hall.stage === 'aborted'
  return steps.map(([id, stages, time]) => {
    const first = order.indexOf(stages[0])
    const isNow = stages.includes(shownStage(hall))
    const isDone = hall.stage === 'closed' || first < at
    return {
      id,
      name: t(`hall.step.${id as 'list'}`),
      state: isStopped ? 'blocked' : isDone ? 'done' : isNow ? 'now' : 'todo',
      at: time ? timeShort(time) : null,
    }
  })
}
