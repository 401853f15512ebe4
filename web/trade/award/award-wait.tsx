import { type JSX, Show } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { useTradeNow } from '../../shell/use-now.ts'
import type { AwardProps } from './use-award.ts'

/** Nothing to do for this viewer now: what comes, and when. */
export function Coming(props: AwardProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const until = () => props.page.publicityUntil ?? null
  const known = ['evaluated', 'publicity', 'awarding', 'awarded', 'contracted', 'archived'] as const
  const stage = () => known.find((one) => one === props.page.stage) ?? 'evaluated'
  return (
    <NextAct
      kind="wait"
      title={t(`award.coming.${stage()}`)}
      clock={<Show when={until()}>{(at) => <Countdown until={at()} now={now} />}</Show>}
      text={
        <>
          <Show when={until()}>
            {(at) => <p>{t('award.coming.until', { time: limit(at()) })}</p>}
          </Show>
          <p class="yg-note">{t(`award.coming.${stage()}Text`)}</p>
        </>
      }
      act={
        <ButtonLink href={`/t/${props.trade.id}/result?lot=${props.page.lot}`}>
          {t('award.toResult')}
        </ButtonLink>
      }
    />
  )
}
