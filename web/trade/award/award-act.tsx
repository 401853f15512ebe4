import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { limit, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { Field } from '../../kit/field.tsx'
import { Facts } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { get, newKey, post } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { lotSubject } from '../subject.ts'
import { type Acting, useAct } from '../use-act.ts'
import type { BondRow } from './award-answers.ts'
import { type AwardProps, has } from './award-page.tsx'
import { Coming, ToContract } from './award-wait.tsx'

type ActProps = AwardProps & { readonly acting: Acting }

/** The one thing to do now, by who looks; else what comes and when. */
export function AwardAct(props: AwardProps): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const is = (...roles: string[]) => has(props.trade, ...roles)
  const stage = () => props.page.stage
  const isGp = () => props.page.regime === 'governmentProcurement'
  const isWinner = () => props.page.award?.bidder === viewer()?.party
  const isToAward = () => stage() === 'awarding' || (stage() === 'evaluated' && isGp())
  return (
    <>
      <Switch fallback={<Coming {...props} />}>
        <Match when={stage() === 'evaluated' && !isGp() && is('Pu')}>
          <PublishCandidates {...props} acting={acting} />
        </Match>
        <Match when={isToAward() && is('Pu')}>
          <DecideAward {...props} acting={acting} />
        </Match>
        <Match
          when={stage() === 'awarded' && props.page.award?.resultUntil === null && is('Pu', 'Ag')}
        >
          <PublishResult {...props} acting={acting} />
        </Match>
        <Match when={stage() === 'awarded' && is('Pu') && !props.page.contract?.proposal}>
          <ToContract what="propose" until={props.page.party?.signUntil?.at} />
        </Match>
        <Match when={stage() === 'awarded' && isWinner() && props.page.contract?.proposal}>
          <ToContract what="countersign" until={undefined} />
        </Match>
        <Match when={stage() === 'contracted' && is('Ag')}>
          <Archive {...props} acting={acting} />
        </Match>
      </Switch>
      <RefusalNote text={acting.problem()} />
    </>
  )
}

function Deadline(props: AwardProps & { until: string | undefined }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  return <Show when={props.until}>{(at) => <Countdown until={at()} now={now} />}</Show>
}

function PublishCandidates(props: ActProps): JSX.Element {
  const earliest = () => props.page.party?.earliestUntil.at ?? props.page.now
  const publish = () =>
    props.acting.run('candidates', () =>
      signAndSend(
        'publish-candidates',
        {
          subject: lotSubject(props.trade, props.page.lot),
          until: earliest(),
          candidates: (props.page.candidates ?? []).map((c) => c.bidder),
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.candidates.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/candidates`, body, { key }),
      ),
    )
  return (
    <NextAct
      kind="act"
      title={t('award.candidates.title')}
      clock={<Deadline {...props} until={props.page.party?.decideUntil.at} />}
      text={
        <>
          <p>{t('award.candidates.until', { time: limit(earliest()) })}</p>
          <p class="yg-note">{t('award.candidates.text')}</p>
        </>
      }
      act={
        <Button
          kind="primary"
          pending={props.acting.busy() !== null}
          onPress={() => void publish()}
        >
          {t('award.candidates.publish')}
        </Button>
      }
    />
  )
}

function DecideAward(props: ActProps): JSX.Element {
  const [reason, setReason] = createSignal('')
  const first = () => {
    const bidder = props.page.party?.awardable[0]
    return props.page.candidates?.find((c) => c.bidder === bidder)
  }
  const decide = () => {
    const one = first()
    if (!one) return
    void props.acting.run('award', () =>
      signAndSend(
        'award',
        {
          subject: lotSubject(props.trade, props.page.lot),
          bidder: one.bidder,
          priceFen: one.priceFen,
          reason: reason().trim() || null,
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.decide.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/award`, body, { key }),
      ),
    )
  }
  return (
    <NextAct
      kind="act"
      title={t('award.decide.title')}
      // In a tender the law's days are those to publish candidates: they are over here.
      clock={
        <Show when={props.page.party?.isSilenceRankOne}>
          <Deadline {...props} until={props.page.party?.decideUntil.at} />
        </Show>
      }
      text={
        <Show when={first()} fallback={<p>{t('award.decide.none')}</p>}>
          {(one) => (
            <>
              <Facts
                rows={[
                  {
                    name: t('award.winner'),
                    value: one().name,
                    note: t('award.code', { code: one().bidder }),
                  },
                  {
                    name: t('award.price'),
                    value: yuan(one().priceFen),
                    note: toWords(one().priceFen),
                  },
                ]}
              />
              <p class="yg-note">
                {t(
                  props.page.party?.isSilenceRankOne
                    ? 'award.decide.textGp'
                    : 'award.decide.textTender',
                )}
              </p>
              <Field
                label={t('award.decide.reason')}
                name="award-reason"
                optional
                maxLength={2000}
                value={reason()}
                onInput={setReason}
              />
            </>
          )}
        </Show>
      }
      act={
        <Button
          kind="primary"
          off={first() ? null : t('award.decide.none')}
          pending={props.acting.busy() !== null}
          onPress={decide}
        >
          {t('award.decide.decide')}
        </Button>
      }
    />
  )
}

function PublishResult(props: ActProps): JSX.Element {
  const earliest = () => props.page.party?.earliestUntil.at ?? props.page.now
  const publish = () =>
    props.acting.run('result', () =>
      signAndSend(
        'publish-result',
        {
          subject: lotSubject(props.trade, props.page.lot),
          until: earliest(),
          bidder: props.page.award?.bidder ?? '',
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.result.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/result`, body, { key }),
      ),
    )
  return (
    <NextAct
      kind="act"
      title={t('award.result.title')}
      clock={<Deadline {...props} until={props.page.party?.resultNoticeUntil?.at} />}
      text={
        <>
          <p>{t('award.result.until', { time: limit(earliest()) })}</p>
          <p class="yg-note">{t('award.result.text')}</p>
        </>
      }
      act={
        <Button
          kind="primary"
          pending={props.acting.busy() !== null}
          onPress={() => void publish()}
        >
          {t('award.result.publish')}
        </Button>
      }
    />
  )
}

function Archive(props: ActProps): JSX.Element {
  const until = () => props.page.party?.reportToRegulatorUntil?.at
  const bonds = createLive(
    () => get<{ items: readonly BondRow[] }>(`/api/lots/${props.page.lot}/bonds`),
    () => [props.trade.id],
  )
  const held = () => (bonds()?.items ?? []).filter((one) => one.settled === null).length
  const archive = () =>
    void props.acting.run('archive', () =>
      post(`/api/lots/${props.page.lot}/archive`, {}, { key: newKey() }),
    )
  return (
    <NextAct
      kind="act"
      title={t(held() > 0 ? 'award.archive.bondsFirst' : 'award.archive.title', { count: held() })}
      text={
        <>
          <Show when={until()}>
            {(at) => <p>{t('award.archive.until', { time: limit(at()) })}</p>}
          </Show>
          <p class="yg-note">{t('award.archive.text')}</p>
        </>
      }
      act={
        <Show
          when={held() === 0}
          fallback={<ButtonLink href="#bonds">{t('award.archive.toBonds')}</ButtonLink>}
        >
          <Button kind="primary" pending={props.acting.busy() !== null} onPress={archive}>
            {t('award.archive.archive')}
          </Button>
        </Show>
      }
    />
  )
}
