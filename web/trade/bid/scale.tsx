import { type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { figures, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Checkbox } from '../../kit/choice.tsx'
import { Notice } from '../../kit/status.tsx'
import type { ScaleDoubt } from '../scale.ts'
import type { Workspace } from './workspace.ts'

/** A price that may be off by its unit: asked about before sealing, never refused. */
export function ScaleQuestion(props: { work: Workspace }): JSX.Element {
  return (
    <Show when={props.work.scaleDoubt()}>
      {(doubt) => (
        <Notice tone="warn" live="polite" title={t('bid.scale.title')}>
          <p>{t(`bid.scale.${kindOf(doubt())}`, valuesOf(doubt()))}</p>
          <Checkbox
            name="scale-confirmed"
            label={t('bid.scale.confirm', valuesOf(doubt()))}
            checked={props.work.isScaleConfirmed()}
            onChange={props.work.confirmScale}
          />
        </Notice>
      )}
    </Show>
  )
}

const kindOf = ({ of, isSmall }: ScaleDoubt) =>
  of === 'ceiling'
    ? isSmall
      ? ('belowCeiling' as const)
      : ('aboveCeiling' as const)
    : isSmall
      ? ('belowBudget' as const)
      : ('aboveBudget' as const)

const valuesOf = ({ fen, referenceFen, times }: ScaleDoubt) => ({
  amount: yuan(fen),
  words: toWords(fen),
  reference: yuan(referenceFen),
  times: figures(times * 100).replace(/\.00$/, ''),
})
