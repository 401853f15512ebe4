import { type JSX, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Countdown } from '../../kit/countdown.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import type { DeskPage } from './desk-answers.ts'

/** A result that came back, and a document that gives none: what the committee may do by law. */
export function Discussion(props: { trade: TradePage; page: DeskPage }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  return (
    <>
      <Show when={props.page.discussUntil}>
        {(until) => (
          <NextAct
            kind="act"
            title={t('desk.discuss.title')}
            clock={<Countdown until={until()} now={now} />}
            text={<p class="yg-note">{t('desk.discuss.text')}</p>}
          />
        )}
      </Show>
      <Show when={props.page.undecided}>
        {(why) => (
          <Notice tone="warn" title={t('desk.discuss.undecided')}>
            {pick(why())}
          </Notice>
        )}
      </Show>
    </>
  )
}
