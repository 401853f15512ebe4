import { type JSX, Show } from 'solid-js'
import type { PhaseName } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import { yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { ScoreField } from '../../kit/score-field.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import type { DeskBid } from './desk-answers.ts'
import { type Entry, isScored, type SheetItem } from './sheet.ts'

/** One item of one bid: points or a vote, and why. */
export function ScorePanel(props: {
  bid: DeskBid
  item: SheetItem
  phase: PhaseName
  entry: Entry | undefined
  onChange: (change: Partial<Entry>) => void
  /** Nothing is left to judge: to hand in is the act now. */
  isWhole: boolean
  onNext: () => void
  onBack: () => void
  onCite: () => void
}): JSX.Element {
  const scored = () => (isScored(props.item) ? props.item : null)
  const isAgainst = () => props.entry?.pass === false
  return (
    <section class="yg-card" aria-label={t('desk.score.label')}>
      <div class="yg-stack" data-gap="small">
        <p class="yg-note">
          {props.bid.name}
          {' · '}
          {yuan(props.bid.priceFen)}
        </p>
        <h2 class="yg-section-title">{pick(props.item)}</h2>
        <p class="yg-row">
          <Tag>{t(`desk.phase.${props.phase}`)}</Tag>
          <Show when={scored()}>
            {(item) => (
              <Tag>{t(item().objective ? 'desk.score.objective' : 'desk.score.subjective')}</Tag>
            )}
          </Show>
        </p>
      </div>
      <Show when={props.bid.rejected.length > 0}>
        <Notice tone="warn">{t('desk.score.out')}</Notice>
      </Show>
      <form
        class="yg-stack"
        data-gap="small"
        onSubmit={(e) => {
          // Enter after the points goes on to the next item; it never signs.
          e.preventDefault()
          ;(document.activeElement as HTMLElement | null)?.blur()
          props.onNext()
        }}
      >
        <Show
          when={scored()}
          fallback={
            <Radio
              label={t('desk.score.vote')}
              name="vote"
              inline
              value={props.entry?.pass === undefined ? null : props.entry.pass ? 'pass' : 'fail'}
              options={[
                { value: 'pass', text: t('desk.score.pass') },
                { value: 'fail', text: t('desk.score.fail') },
              ]}
              onValue={(value) => props.onChange({ pass: value === 'pass' })}
            />
          }
        >
          {(item) => (
            <ScoreField
              label={t('desk.score.points')}
              name="score"
              value={props.entry?.points ?? ''}
              max={item().max}
              step={item().step}
              onValue={(points) => props.onChange({ points })}
            />
          )}
        </Show>
        <Field
          label={t('desk.score.reason')}
          name="reason"
          lines={4}
          maxLength={2000}
          optional={!isAgainst()}
          hint={isAgainst() ? t('desk.score.reasonNeeded') : undefined}
          value={props.entry?.reason ?? ''}
          onInput={(reason) => props.onChange({ reason })}
        />
        <div>
          <Button small onPress={props.onCite}>
            {t('desk.score.cite')}
          </Button>
        </div>
        <div class="yg-row yg-desk-go">
          <Button onPress={props.onBack}>{t('desk.score.back')}</Button>
          <Button type="submit" kind={props.isWhole ? 'secondary' : 'primary'}>
            {t('desk.score.next')}
          </Button>
        </div>
      </form>
    </section>
  )
}
