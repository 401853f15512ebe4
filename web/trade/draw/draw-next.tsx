import { type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { viewer } from '../../shell/session.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import type { DrawProps } from './draw-props.ts'

interface Step {
  readonly id:
    | 'prepare'
    | 'awaitPreparation'
    | 'commitNonce'
    | 'name'
    | 'commit'
    | 'awaitCommitment'
    | 'awaitMoment'
    | 'reveal'
    | 'awaitNonces'
    | 'awaitOpening'
    | 'drawn'
    | 'awaitAnswers'
    | 'checkIn'
    | 'awaitCheckIn'
    | 'done'
  readonly at: string | null
  /** The panel on which it is done; none: there is nothing to do. */
  readonly panel: string | null
}
const step = (id: Step['id'], panel: string | null = null, at: string | null = null): Step => ({
  id,
  panel,
  at,
})

/** What the viewer does next in the draw, or what comes and when. */
export function nextStepOf({ trade, page }: Pick<DrawProps, 'trade' | 'page'>): Step {
  const is = (...roles: string[]) => roles.some((role) => trade.roles.includes(role))
  const { rules } = page
  const own = rules?.nonces.find((one) => one.party === viewer()?.party)
  switch (page.stage) {
    case 'none':
      return is('Ag', 'Pu') ? step('prepare', 'draw-1') : step('awaitPreparation')
    case 'preparing': {
      const isMissing = page.named && page.named.length < (rules?.representatives ?? 0)
      if (is('Pu') && isMissing) return step('name', 'draw-1')
      if (is('Ag', 'Ce', 'Re') && !own) return step('commitNonce', 'draw-1')
      const isEnough = (rules?.nonces.length ?? 0) >= 2
      return is('Ag', 'Pu') && isEnough ? step('commit', 'draw-1') : step('awaitCommitment')
    }
    case 'committed':
      return step('awaitMoment', null, rules?.plan?.at ?? null)
    case 'revealing':
      return own?.nonce === null
        ? step('reveal', 'draw-3', rules?.revealUntil)
        : step('awaitNonces', null, rules?.revealUntil)
    case 'seeded':
      return page.lot.endsWith('-0') ? step('drawn') : step('awaitOpening')
    case 'notifying':
      return step('awaitAnswers')
    case 'complete': {
      const { seats = [], representatives = [] } = page.committee ?? {}
      if ([...seats, ...representatives].every((one) => one.isCheckedIn)) return step('done')
      return is('Ce') ? step('checkIn', 'draw-5') : step('awaitCheckIn')
    }
  }
}

/** First on the page, as everywhere: the act, or what comes. */
export function DrawNext(props: DrawProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const next = () => nextStepOf(props)
  return (
    <NextAct
      kind={next().panel ? 'act' : 'wait'}
      title={t(`draw.next.${next().id}`)}
      clock={<Show when={next().at}>{(at) => <Countdown until={at()} now={now} />}</Show>}
      text={
        <p class="yg-note">
          <Show when={next().at} fallback={t(`draw.next.${next().id}Text`)}>
            {(at) => t('draw.next.at', { time: time(at()) })}
          </Show>
        </p>
      }
      act={
        <Show when={next().panel}>
          {(panel) => <ButtonLink href={`#${panel()}`}>{t('draw.next.go')}</ButtonLink>}
        </Show>
      }
    />
  )
}
