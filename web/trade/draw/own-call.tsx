import { type JSX, Show } from 'solid-js'
import { timeProse } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { useAct } from '../use-act.ts'
import type { DrawProps } from './draw-props.ts'

/** The expert who was drawn answers the call; to decline needs no reason and does no harm. */
export function OwnCall(props: DrawProps & { onDeclined: () => void }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const acting = useAct(() => props.live.refresh())
  const own = () => props.page.own
  const answer = (what: 'acceptances' | 'refusals') =>
    acting.run(what, async () => {
      await post(`/api/lots/${props.page.lot}/draw/${what}`, {}, { key: newKey() })
      if (what === 'refusals') props.onDeclined()
    })
  return (
    <Show when={own()}>
      {(call) => (
        <>
          <NextAct
            kind={call().status === 'called' ? 'act' : 'wait'}
            title={t(
              call().status === 'called'
                ? 'drawing.own.called'
                : call().isCheckedIn
                  ? 'drawing.own.checkedIn'
                  : 'drawing.own.accepted',
            )}
            clock={
              <Show when={call().answerUntil}>
                {(until) => <Countdown until={until()} now={now} />}
              </Show>
            }
            text={
              <p class="yg-note">
                <Show when={call().answerUntil} fallback={t('drawing.own.acceptedText')}>
                  {(until) => t('drawing.own.calledText', { time: timeProse(until()) })}
                </Show>
              </p>
            }
            act={
              <Show when={call().status === 'called'}>
                <Button
                  kind="primary"
                  pending={acting.busy() === 'acceptances'}
                  onPress={() => void answer('acceptances')}
                >
                  {t('drawing.own.accept')}
                </Button>
                <Button
                  pending={acting.busy() === 'refusals'}
                  onPress={() => void answer('refusals')}
                >
                  {t('drawing.own.decline')}
                </Button>
              </Show>
            }
          />
          <RefusalNote text={acting.problem()} />
        </>
      )}
    </Show>
  )
}
