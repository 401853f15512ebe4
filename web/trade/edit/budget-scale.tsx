import { type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Notice } from '../../kit/status.tsx'
import { budgetDoubt } from '../scale.ts'
import type { Workspace } from './workspace.ts'

/** A budget, or ceilings, typed in ten thousands of yuan: asked about, never refused. */
export function BudgetScale(props: { work: Workspace }): JSX.Element {
  const draft = () => props.work.draft
  const doubt = () =>
    budgetDoubt(
      draft().budgetFen,
      draft().lots.map((lot) => lot.ceilingPriceFen),
    )
  return (
    <Show when={doubt()}>
      {(one) => (
        <Notice tone="warn" live="polite" title={t('edit.scale.title')}>
          {t(`edit.scale.${one().kind}`, {
            budget: yuan(one().budgetFen),
            words: toWords(one().budgetFen),
            ceilings: yuan(one().ceilingsFen),
          })}
        </Notice>
      )}
    </Show>
  )
}
