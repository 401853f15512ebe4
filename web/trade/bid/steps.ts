import { t } from '../../i18n/i18n.ts'
import type { Task, TaskState } from '../../kit/task-list.tsx'
import type { Sealing } from './sealing.ts'
import type { Workspace } from './workspace.ts'

/** The steps of a bid, in any order until sealing. */
export const stepIds = ['quotation', 'files', 'check', 'seal', 'keep', 'sign', 'receipt'] as const
export type StepId = (typeof stepIds)[number]
export const isStep = (text: string | undefined): text is StepId => stepIds.includes(text as StepId)

/** How each step stands, and in what word where its own is not enough. */
export function tasksOf(
  work: Workspace,
  sealing: Sealing,
  here: StepId,
  href: (id: StepId) => string,
): Task[] {
  const { price, draft, badFiles } = work
  const sealed = sealing.sealed()
  const isSealing = sealing.progress() !== null || sealing.isTesting()
  const left = price().problems.length
  const states: Record<StepId, { state: TaskState; note?: string }> = {
    quotation:
      left > 0
        ? { state: 'todo', note: t('bid.task.left', { count: left }) }
        : price().isOverCeiling
          ? { state: 'look', note: t('bid.task.overCeiling') }
          : work.scaleDoubt() && !work.isScaleConfirmed()
            ? { state: 'look', note: t('bid.task.scale') }
            : { state: 'done' },
    files:
      badFiles().length > 0
        ? { state: 'wrong', note: t('bid.task.badFiles', { count: badFiles().length }) }
        : draft.files.length > 0
          ? { state: 'done', note: t('bid.task.files', { count: draft.files.length }) }
          : { state: 'todo' },
    check: { state: work.isWhole() && sealing.pair() ? 'done' : 'todo' },
    seal: sealed
      ? { state: 'done' }
      : isSealing
        ? { state: 'now' }
        : sealing.isOutdated()
          ? { state: 'look', note: t('bid.task.outdated') }
          : { state: work.isWhole() ? 'todo' : 'blocked' },
    keep: !sealed
      ? { state: 'blocked' }
      : sealing.isKept() === 'yes'
        ? { state: 'done' }
        : sealing.isKept() === 'skipped'
          ? { state: 'look', note: t('bid.task.skipped') }
          : { state: 'todo' },
    sign: { state: sealed && sealing.isKept() !== 'no' ? 'todo' : 'blocked' },
    receipt: {
      state: work.own()?.stage === 'submitted' ? 'done' : 'blocked',
      ...(work.own()?.stage === 'submitted'
        ? { note: t('bid.task.receipts', { count: work.own()?.receipts.length ?? 0 }) }
        : {}),
    },
  }
  const isIn = sealing.isSubmitted()
  return stepIds.map((id, i) => ({
    id,
    text: t('bid.step.numbered', { number: i + 1, name: t(`bid.step.${id}`) }),
    href: href(id),
    isHere: id === here,
    ...(isIn && id !== 'receipt' ? { state: 'done' as const } : states[id]),
  }))
}
