import { type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Countdown } from '../../kit/countdown.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Facts, Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import { useTradeNow } from '../../shell/use-now.ts'
import { NonceAct } from './draw-later.ts'
import { type DrawProps, isContributor, partyName } from './draw-props.ts'

type Stand = 'todo' | 'now' | 'done'
const tones = { todo: undefined, now: 'sun', done: 'ok' } as const

export function StandTag(props: { stand: Stand }): JSX.Element {
  return <Tag tone={tones[props.stand]}>{t(`draw.state.${props.stand}`)}</Tag>
}

/** 2: the first public checkpoint at or after the moment, which nobody could choose. */
export function CheckpointPanel(props: DrawProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const stand = (): Stand =>
    props.page.rules?.checkpoint ? 'done' : props.page.stage === 'committed' ? 'now' : 'todo'
  return (
    <Section
      id="draw-2"
      title={t('draw.two.title')}
      more={<StandTag stand={stand()} />}
      note={t('draw.two.note')}
      card
    >
      <Show when={props.page.stage === 'committed' && props.page.rules?.plan}>
        {(plan) => (
          <p>
            <Countdown until={plan().at} now={now} atZero={t('draw.two.atZero')} />{' '}
            <span class="yg-note">{t('draw.two.until', { time: time(plan().at) })}</span>
          </p>
        )}
      </Show>
      <Show when={props.page.rules?.checkpoint}>
        {(point) => (
          <Facts
            rows={[
              { name: t('draw.two.size'), value: point().size },
              {
                name: t('draw.two.root'),
                value: <Hash value={point().root} label={t('draw.two.root')} />,
                note: t('draw.two.rootNote'),
              },
            ]}
          />
        )}
      </Show>
    </Section>
  )
}

/** 3: nonces come out only now; two or more give the seed. */
export function NoncePanel(props: DrawProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const stand = (): Stand =>
    props.page.rules?.seed ? 'done' : props.page.stage === 'revealing' ? 'now' : 'todo'
  const isShown = () => props.page.rules?.checkpoint != null
  return (
    <Section
      id="draw-3"
      title={t('draw.three.title')}
      more={<StandTag stand={stand()} />}
      note={t('draw.three.note')}
      card
    >
      <Show when={props.page.stage === 'revealing' && props.page.rules?.revealUntil}>
        {(until) => (
          <p>
            <Countdown until={until()} now={now} />{' '}
            <span class="yg-note">{t('draw.three.until', { time: time(until()) })}</span>
          </p>
        )}
      </Show>
      <Show when={isShown()}>
        <DataTable
          caption={t('draw.three.title')}
          hideCaption
          rows={props.page.rules?.nonces ?? []}
          columns={[
            {
              id: 'party',
              head: t('draw.one.contributor'),
              cell: (n) => partyName(props.trade, n.party),
            },
            {
              id: 'state',
              head: t('draw.three.state'),
              cell: (n) => (
                <Tag tone={n.nonce ? 'ok' : props.page.rules?.seed ? 'warn' : undefined}>
                  {t(n.nonce ? 'draw.three.revealed' : 'draw.three.hidden')}
                </Tag>
              ),
            },
            {
              id: 'nonce',
              head: t('draw.three.nonce'),
              cell: (n) => (
                <Show when={n.nonce} fallback="–">
                  {(nonce) => <Hash value={nonce()} label={partyName(props.trade, n.party)} />}
                </Show>
              ),
            },
          ]}
        />
      </Show>
      <Show when={props.page.stage === 'revealing' && isContributor(props.trade)}>
        <NonceAct {...props} />
      </Show>
      <Show when={props.page.rules?.seed}>
        {(seed) => (
          <Notice tone="ok" title={t('draw.three.seed')}>
            <Hash value={seed()} label={t('draw.three.seed')} />
          </Notice>
        )}
      </Show>
    </Section>
  )
}
