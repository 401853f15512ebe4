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
import { Coming } from './award-wait.tsx'
import { type AwardProps, has } from './use-award.ts'

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

/** The contract is further down: what is to be done about it, and by when. */
function ToContract(props: {
  what: 'propose' | 'countersign'
  until: string | undefined
}): JSX.Element {
  return (
    <NextAct
      kind="act"
      title={t(`awarding.to.${props.what}`)}
      text={
        <p>
          <Show when={props.until} fallback={t(`awarding.to.${props.what}Text`)}>
            {(at) => t('awarding.to.until', { time: limit(at()) })}
          </Show>
        </p>
      }
      act={<ButtonLink href="#contract">{t(`awarding.to.${props.what}Go`)}</ButtonLink>}
    />
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
        { tender: props.trade.id, lot: props.page.lot, verb: t('awarding.candidates.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/candidates`, body, { key }),
      ),
    )
  return (
    <NextAct
      kind="act"
      title={t('awarding.candidates.title')}
      clock={<Deadline {...props} until={props.page.party?.decideUntil.at} />}
      text={
        <>
          <p>{t('awarding.candidates.until', { time: limit(earliest()) })}</p>
          <p class="yg-note">{t('awarding.candidates.text')}</p>
        </>
      }
      act={
        <Button
          kind="primary"
          pending={props.acting.busy() !== null}
          onPress={() => void publish()}
        >
          {t('awarding.candidates.publish')}
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
        { tender: props.trade.id, lot: props.page.lot, verb: t('awarding.decide.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/award`, body, { key }),
      ),
    )
  }
  return (
    <NextAct
      kind="act"
      title={t('awarding.decide.title')}
      // In a tender the law's days are those to publish candidates: they are over here.
      clock={
        <Show when={props.page.party?.isSilenceRankOne}>
          <Deadline {...props} until={props.page.party?.decideUntil.at} />
        </Show>
      }
      text={
        <Show when={first()} fallback={<p>{t('awarding.decide.none')}</p>}>
          {(one) => (
            <>
              <Facts
                rows={[
                  {
                    name: t('award.winner'),
                    value: one().name,
                    note: t('awarding.code', { code: one().bidder }),
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
                    ? 'awarding.decide.textGp'
                    : 'awarding.decide.textTender',
                )}
              </p>
              <Field
                label={t('awarding.decide.reason')}
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
          off={first() ? null : t('awarding.decide.none')}
          pending={props.acting.busy() !== null}
          onPress={decide}
        >
          {t('awarding.decide.decide')}
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
        { tender: props.trade.id, lot: props.page.lot, verb: t('awarding.result.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/result`, body, { key }),
      ),
    )
  return (
    <NextAct
      kind="act"
      title={t('awarding.result.title')}
      clock={<Deadline {...props} until={props.page.party?.resultNoticeUntil?.at} />}
      text={
        <>
          <p>{t('awarding.result.until', { time: limit(earliest()) })}</p>
          <p class="yg-note">{t('awarding.result.text')}</p>
        </>
      }
      act={
        <Button
          kind="primary"
          pending={props.acting.busy() !== null}
          onPress={() => void publish()}
        >
          {t('awarding.result.publish')}
        </Button>
      }
    />
  )
}

function Archive(props: ActProps): JSX.Element {
  const until = () => props.page.party?.reportToRegulatorUntil?.at
  const bonds = createLive(
    () => {
      props.live.at()
      return get<{ items: readonly BondRow[] }>(`/api/lots/${props.page.lot}/bonds`)
    },
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
      title={t(held() > 0 ? 'awarding.archive.bondsFirst' : 'awarding.archive.title', {
        count: held(),
      })}
      text={
        <>
          <Show when={until()}>
            {(at) => <p>{t('awarding.archive.until', { time: limit(at()) })}</p>}
          </Show>
          <p class="yg-note">{t('awarding.archive.text')}</p>
        </>
      }
      act={
        <Show
          when={held() === 0}
          fallback={<ButtonLink href="#bonds">{t('awarding.archive.toBonds')}</ButtonLink>}
        >
          <Button kind="primary" pending={props.acting.busy() !== null} onPress={archive}>
            {t('awarding.archive.archive')}
          </Button>
        </Show>
      }
    />
  )
}
