import { t } from '../../i18n/i18n.ts'
import type { Stage } from '../../kit/stage-rail.tsx'
import type { DeskPage } from './desk-answers.ts'

/** The way of a committee; a pause stands where it came. */
export function railOf(page: DeskPage): Stage[] {
  const steps = ['ready', ...page.phases, 'aggregated', 'ranked', 'reported'] as const
  const stage = page.course?.before ?? page.stage
  const here = stage === 'phase' ? page.phase : stage === 'assembled' ? 'ready' : stage
  const at = steps.indexOf(here as (typeof steps)[number])
  return steps.map((id, i) => ({
    id,
    name: t(`desk.rail.${id}`),
    state: i < at || page.stage === 'reported' ? 'done' : i === at ? 'now' : 'todo',
  }))
}
