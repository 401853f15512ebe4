import { type JSX, Show } from 'solid-js'
import { time, yuanList } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Tag, type Tone } from '../kit/status.tsx'
import type { LotStage, TradeRow } from '../shell/answers.ts'

/** One trade in a list: what, where it stands, who buys, how much, until when. */
export function TradeItem(props: { trade: TradeRow }): JSX.Element {
  return (
    <>
      <div class="yg-list-top">
        <a class="yg-list-name" href={`/t/${props.trade.id}`}>
          {pick(props.trade.title)}
        </a>
        <StageTag stage={props.trade.stage} />
      </div>
      <p class="yg-list-facts">
        <span class="yg-nowrap">{props.trade.id}</span>
        <span>{props.trade.purchaserName}</span>
        <span>
          {t('trade.kind', {
            regime: t(`trade.regime.${props.trade.regime}`),
            method: t(`trade.method.${props.trade.method}`),
            object: t(`trade.object.${props.trade.objectKind}`),
          })}
        </span>
        <span class="yg-nowrap">
          {t('trade.budgetOf', { amount: yuanList(props.trade.budgetFen) })}
        </span>
        <Show when={props.trade.stage === 'tendering'}>
          <strong class="yg-nowrap">
            {t('trade.deadlineAt', { time: time(props.trade.deadline) })}
          </strong>
        </Show>
      </p>
    </>
  )
}

const tones: Partial<Record<LotStage, Tone>> = {
  tendering: 'act',
  opening: 'sun',
  awarded: 'ok',
  contracted: 'ok',
  archived: 'plain',
  failed: 'warn',
  terminated: 'warn',
}

export function StageTag(props: { stage: LotStage }): JSX.Element {
  return <Tag tone={tones[props.stage] ?? 'plain'}>{t(`trade.stage.${props.stage}`)}</Tag>
}
