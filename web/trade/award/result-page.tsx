import { type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { limit, time, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { SealMark } from '../../kit/proof.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import type { LotStage } from '../../shell/answers.ts'
import { later } from '../../shell/later.tsx'
import { usePrintout } from '../../shell/print.ts'
import { viewer } from '../../shell/session.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade } from '../frame.tsx'
import { Reading } from '../reading.tsx'
import { findEvent, proofHref, readEvents } from '../trade-events.ts'
import { LotTabs } from '../use-lot.tsx'
import { Bags } from './bags.tsx'
import { CandidateTerms, ChannelFacts, ResultFacts } from './notice-facts.tsx'
import { type AwardProps, has, useAward } from './use-award.ts'

const LetterPart = later(
  async () => (await import('./letter.tsx')).LetterPart,
  'awarding',
  'document',
)
const Objections = later(async () => (await import('./objections.tsx')).Objections, 'awarding')
export const parts = [LetterPart, Objections]

const over: readonly LotStage[] = ['failed', 'terminated']

/** What the law makes public of the result, the days that are left, and the way to object. */
export default function ResultPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, award, nameOf } = useAward()
  const title = () =>
    t(trade()?.regime === 'tender' ? 'award.public.titleTender' : 'award.public.titleGp')
  return (
    <TradeFrame trade={trade} title={title()}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/result" />
            <Reading of={award}>
              {(page) => <Body trade={one()} page={page()} live={award} nameOf={nameOf} />}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

function Body(props: AwardProps): JSX.Element {
  const isTender = () => props.page.regime === 'tender'
  const isShown = () =>
    isTender() ? props.page.candidates !== null && props.page.stage !== 'evaluated' : isPublished()
  const isPublished = () => props.page.award?.resultUntil != null
  const isBidder = () => has(props.trade, 'Bown')
  usePrintout(() => {
    if (!isShown()) return null
    const event = props.page.award ? 'LotAwarded' : 'CandidatesPublished'
    const wanted = { event, lot: props.page.lot }
    return {
      name: t(props.page.award ? 'award.public.result' : 'award.public.candidates'),
      digest: async () => findEvent(await readEvents(props.trade.id), wanted)?.digest ?? null,
      proof: proofHref(props.trade.id, wanted),
    }
  })
  return (
    <Stack>
      <Show when={over.includes(props.page.stage)}>
        <Ended trade={props.trade} lot={props.page.lot} />
        <Notice title={t('award.public.over')}>{t('award.public.overText')}</Notice>
      </Show>
      <Show
        when={isShown()}
        fallback={
          <Show when={!over.includes(props.page.stage)}>
            <Empty title={t(isTender() ? 'award.public.noneTender' : 'award.public.noneGp')}>
              <p>{t('award.public.noneText')}</p>
            </Empty>
          </Show>
        }
      >
        <Show when={isTender()}>
          <Candidates {...props} />
        </Show>
        <Show when={props.page.award && (isPublished() || isTender())}>
          <Result {...props} />
        </Show>
      </Show>
      <Show when={props.page.award && isBidder()}>
        <LetterPart {...props} />
      </Show>
      <Show
        when={viewer() && has(props.trade, 'Bidder', 'Pu', 'Ag', 'Re')}
        fallback={<SignInToObject {...props} />}
      >
        <Objections {...props} />
      </Show>
      <Show when={props.page.award}>
        <Bags {...props} />
      </Show>
    </Stack>
  )
}

function Candidates(props: AwardProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const until = () => props.page.publicityUntil ?? null
  return (
    <Section
      title={t('award.public.candidates')}
      more={
        <Show when={until()}>
          {(at) => <Countdown until={at()} now={now} over={t('award.public.left')} />}
        </Show>
      }
      note={t('award.public.candidatesNote')}
    >
      <Show when={until()}>{(at) => <p>{t('award.public.until', { time: limit(at()) })}</p>}</Show>
      <DataTable
        caption={t('award.public.candidates')}
        hideCaption
        rows={props.page.candidates ?? []}
        columns={[
          { id: 'name', head: t('award.public.candidate'), cell: (row) => row.name },
          { id: 'rank', head: t('award.public.rank'), align: 'end', cell: (row) => row.rank },
          {
            id: 'price',
            head: t('award.public.price'),
            align: 'end',
            cell: (row) => (
              <>
                {yuan(row.priceFen)}
                <Show when={row.openedFen !== null}>
                  <span class="yg-table-under">
                    {t('award.opened', { price: yuan(row.openedFen ?? 0) })}
                  </span>
                </Show>
              </>
            ),
          },
          {
            id: 'terms',
            head: t('award.notice.terms'),
            cell: (row) => <CandidateTerms of={row} />,
          },
          {
            id: 'proof',
            head: t('award.public.proof'),
            cell: (row) => (
              <SealMark
                of={row.name}
                href={proofHref(props.trade.id, {
                  event: 'CandidatesPublished',
                  lot: props.page.lot,
                  of: row.bidder,
                })}
              />
            ),
          },
        ]}
      />
      <ChannelFacts of={props.page.channel} />
    </Section>
  )
}

function Result(props: AwardProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const until = () => props.page.award?.resultUntil ?? null
  const isOpen = () => {
    const at = until()
    return at !== null && now() < Date.parse(at)
  }
  return (
    <Show when={props.page.award}>
      {(award) => (
        <Section
          title={t('award.public.result')}
          more={
            <Show when={isOpen() && until()}>
              {(at) => <Countdown until={at()} now={now} over={t('award.public.leftNotice')} />}
            </Show>
          }
          card
        >
          <Facts
            rows={[
              { name: t('award.winner'), value: <strong>{award().name}</strong> },
              {
                name: t('award.price'),
                value: (
                  <>
                    {yuan(award().priceFen)}{' '}
                    <SealMark
                      of={award().name}
                      href={proofHref(props.trade.id, {
                        event: 'LotAwarded',
                        lot: props.page.lot,
                      })}
                    />
                  </>
                ),
                note:
                  award().openedFen === null
                    ? toWords(award().priceFen)
                    : t('award.opened', { price: yuan(award().openedFen ?? 0) }),
              },
              { name: t('award.public.at'), value: time(award().awardedAt) },
              ...(until() ? [{ name: t('award.public.period'), value: limit(until() ?? '') }] : []),
            ]}
          />
          <ResultFacts of={award().notice} />
          <ChannelFacts of={props.page.channel} />
        </Section>
      )}
    </Show>
  )
}

function SignInToObject(props: AwardProps): JSX.Element {
  const isTender = () => props.page.regime === 'tender'
  return (
    <Section title={t(isTender() ? 'award.object.titleTender' : 'award.object.titleGp')} card>
      <p>{t(isTender() ? 'award.object.whoTender' : 'award.object.whoGp')}</p>
      <div>
        <ButtonLink
          href={`/login?to=${encodeURIComponent(`/t/${props.trade.id}/result?lot=${props.page.lot}`)}`}
        >
          {t('shell.bar.signIn')}
        </ButtonLink>
      </div>
    </Section>
  )
}
