import type { JSX } from 'solid-js'
import type { Step } from '../../../server/evaluation/evaluation/explain.ts'
import type { TenderDocument, TieKey } from '../../../server/tendering/project/document.ts'
import { pick, t } from '../../i18n/i18n.ts'
import type { TextKey } from '../../i18n/texts.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { sourceName, stepValue } from './step-text.ts'

/** Every step from price and points to the rank, each with the rule it follows. */
export function StepList(props: {
  steps: readonly Step[]
  /** Names the items that steps are about. */
  document: TenderDocument | null
  isOpen?: boolean
}): JSX.Element {
  const inputName = (key: string) => {
    const textKey = `awarding.input.${key}` as TextKey
    const text = t(textKey)
    return text === textKey ? key : text
  }
  const itemName = (id: string) => {
    const { qualification = [], responsiveness = [], scoring } = props.document ?? {}
    const all = [...qualification, ...responsiveness, ...(scoring?.items ?? [])]
    const found = all.find((item) => item.id === id)
    return found ? pick(found) : id
  }
  const textOf = (step: Step, key: string, value: string) => {
    if (key === 'at') return t(`awarding.at.${value as 'qualification'}`)
    if (key === 'item') return itemName(value)
    if (key !== 'tieBreak') return stepValue(step, key, value)
    return value
      .split(' ')
      .map((one) => t(`document.tie.${one as TieKey}`))
      .join(t('document.scoring.then'))
  }
  const inputs = (step: Step) =>
    Object.entries(step.inputs)
      // Which other bids entered a mean is in the opening record; codes would say nothing here.
      .filter(([key]) => key !== 'bids' && key !== 'dropped')
      .map(([key, value]) =>
        t('awarding.step.input', { name: inputName(key), value: textOf(step, key, value) }),
      )
      .join(t('awarding.step.comma'))
  return (
    <Fold
      title={t('awarding.step.title')}
      note={t('awarding.step.count', { count: props.steps.length })}
      open={props.isOpen}
    >
      <p class="yg-note">{t('awarding.step.note')}</p>
      <DataTable
        caption={t('awarding.step.title')}
        hideCaption
        rows={props.steps}
        columns={[
          { id: 'what', head: t('awarding.step.what'), cell: (step) => pick(step) },
          { id: 'inputs', head: t('awarding.step.inputs'), cell: (step) => inputs(step) || '–' },
          {
            id: 'result',
            head: t('awarding.step.result'),
            align: 'end',
            cell: (step) => resultText(step),
          },
          {
            id: 'source',
            head: t('awarding.step.source'),
            cell: (step) => sourceName(step.source, t),
          },
        ]}
      />
    </Fold>
  )
}

function resultText(step: Step): string {
  if (step.result === 'rejected' || step.result === 'passed')
    return t(`awarding.step.${step.result}`)
  return stepValue(step, 'result', step.result)
}
