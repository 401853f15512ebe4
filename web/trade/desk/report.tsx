import { createSignal, For, type JSX, Show } from 'solid-js'
import { limit, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Field } from '../../kit/field.tsx'
import { Section } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { useAct } from '../use-act.ts'
import type { DeskPage } from './desk-answers.ts'
import { Signatures } from './signatures.tsx'

interface ReportProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}

/** The report: what came out, who signed how, and one's own signature or dissent. */
export function ReportPart(props: ReportProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const own = () => props.page.report?.signatures.find((s) => s.member === viewer()?.party)
  const signed = () => props.page.report?.signatures.length ?? 0
  return (
    <Show when={props.page.report}>
      {(report) => (
        <>
          <Show when={props.page.stage === 'reported'}>
            <Notice tone="ok" title={t('desk.report.submitted')}>
              {t('desk.report.submittedText')}
            </Notice>
          </Show>
          <Show when={props.page.stage === 'ranked' && !own()}>
            <NextAct
              kind="act"
              title={t('desk.report.sign')}
              clock={<Countdown until={report().signUntil} now={now} />}
              text={<p class="yg-note">{t('desk.report.signText')}</p>}
              act={<ButtonLink href="#sign-report">{t('desk.report.toSign')}</ButtonLink>}
            />
          </Show>
          {/* Its chair reads this on the page where the report is submitted. */}
          <Show when={props.page.stage === 'ranked' && own() && !props.page.you?.isChair}>
            <NextAct
              kind="wait"
              title={t('desk.report.others', {
                count: `${signed()}\u00a0/\u00a0${props.page.members.length}`,
              })}
              clock={<Countdown until={report().signUntil} now={now} />}
              text={<p class="yg-note">{t('desk.report.othersText')}</p>}
            />
          </Show>
          <Show when={props.page.stage === 'ranked' && props.page.isDiscussed}>
            <Notice>{t('desk.discuss.same')}</Notice>
          </Show>
          <Ranking page={props.page} />
          <Signatures page={props.page} />
          <Section
            id="sign-report"
            title={t('desk.report.sign')}
            more={<Hash value={report().reportSha256} label={t('desk.report.digest')} />}
            card
          >
            <Show
              when={own()}
              fallback={
                <Show
                  when={props.page.stage === 'ranked'}
                  fallback={<p>{t('desk.report.silent')}</p>}
                >
                  <SignForm {...props} />
                </Show>
              }
            >
              {(row) => (
                <Notice tone="ok">
                  {t(row().how === 'dissent' ? 'desk.report.youDissent' : 'desk.report.youAgreed')}
                </Notice>
              )}
            </Show>
          </Section>
        </>
      )}
    </Show>
  )
}

/** Bids in the order of the report, with the parts of their points. */
export function Ranking(props: { page: DeskPage }): JSX.Element {
  const nameOf = (party: string) => props.page.bids.find((b) => b.party === party)?.name ?? party
  const priceOf = (party: string) => props.page.bids.find((b) => b.party === party)?.priceFen ?? 0
  const out = () => props.page.report?.report.rejections ?? []
  return (
    <Section title={t('desk.ranking.title')} note={t('desk.ranking.note')}>
      <DataTable
        caption={t('desk.ranking.title')}
        hideCaption
        rows={props.page.report?.ranking ?? []}
        empty={<Empty title={t('desk.ranking.none')} />}
        columns={[
          {
            id: 'bid',
            head: t('desk.ranking.bid'),
            cell: (row) => (
              <>
                {nameOf(row.bid)}{' '}
                <Show when={props.page.report?.candidates.includes(row.bid)}>
                  <Tag tone="act">{t('desk.ranking.candidate')}</Tag>
                </Show>
              </>
            ),
          },
          { id: 'rank', head: t('desk.ranking.rank'), align: 'end', cell: (row) => row.rank },
          {
            id: 'price',
            head: t('desk.ranking.price'),
            align: 'end',
            cell: (row) => yuan(priceOf(row.bid)),
          },
          {
            id: 'evaluated',
            head: t('desk.ranking.evaluated'),
            align: 'end',
            cell: (row) =>
              row.evaluatedPriceFen === undefined ? '–' : yuan(row.evaluatedPriceFen),
          },
          {
            id: 'priceScore',
            head: t('desk.ranking.priceScore'),
            align: 'end',
            cell: (row) => row.priceScore ?? '–',
          },
          {
            id: 'items',
            head: t('desk.ranking.items'),
            align: 'end',
            cell: (row) => row.itemsMean ?? '–',
          },
          {
            id: 'total',
            head: t('desk.ranking.total'),
            align: 'end',
            cell: (row) => <strong>{row.total ?? '–'}</strong>,
          },
        ]}
      />
      <For each={props.page.report?.report.revoked ?? []}>
        {(row) => (
          <Notice tone="warn">
            {t('desk.ranking.revoked', { bid: nameOf(row.bidder), reason: row.reason })}
          </Notice>
        )}
      </For>
      <For each={props.page.report?.report.corrections ?? []}>
        {(row) => (
          <p class="yg-note">
            {t(row.isConfirmed ? 'desk.ranking.corrected' : 'desk.ranking.notCorrected', {
              bid: nameOf(row.bidder),
              opened: yuan(row.openedFen),
              corrected: yuan(row.correctedFen),
            })}
          </p>
        )}
      </For>
      <Show when={out().length > 0}>
        <DataTable
          caption={t('desk.ranking.rejected')}
          rows={out()}
          columns={[
            { id: 'bid', head: t('desk.ranking.bid'), cell: (row) => nameOf(row.bidder) },
            {
              id: 'ground',
              head: t('desk.ranking.ground'),
              cell: (row) => t(`desk.ground.${row.ground}`),
            },
            {
              id: 'by',
              head: t('desk.ranking.by'),
              cell: (row) =>
                row.votes
                  ? t('desk.ranking.votes', { against: row.votes.against, for: row.votes.for })
                  : t(row.by === 'purchaser' ? 'desk.ranking.purchaser' : 'desk.ranking.byRule'),
            },
            {
              id: 'reasons',
              head: t('desk.ranking.reasons'),
              cell: (row) => row.reasons.join('；') || '–',
            },
          ]}
        />
      </Show>
    </Section>
  )
}

function SignForm(props: ReportProps): JSX.Element {
  const [how, setHow] = createSignal<'agree' | 'dissent' | null>(null)
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  const base = () => `/api/lots/${props.page.lot}/evaluation`

  async function sign(): Promise<void> {
    const report = props.page.report
    if (!report || how() === null) return acting.setProblem(t('desk.report.chooseFirst'))
    const own = { subject: props.page.subject, reportSha256: report.reportSha256 }
    const place = { tender: props.trade.id, lot: props.page.lot }
    if (how() === 'agree') {
      await acting.run('sign', () =>
        signAndSend('sign-report', own, place, (body, key) =>
          post(`${base()}/report-signatures`, body, { key }),
        ),
      )
      return
    }
    if (!reason().trim()) return acting.setProblem(t('desk.report.reasonFirst'))
    await acting.run('sign', () =>
      signAndSend('dissent', { ...own, reason: reason().trim() }, place, (body, key) =>
        post(`${base()}/dissents`, body, { key }),
      ),
    )
  }

  return (
    <>
      <p class="yg-note">
        {t('desk.report.law', { time: limit(props.page.report?.signUntil ?? props.page.now) })}
      </p>
      <Radio
        label={t('desk.report.opinion')}
        name="report-opinion"
        value={how()}
        error={how() === null ? acting.problem() : null}
        options={[
          { value: 'agree', text: t('desk.report.agree') },
          { value: 'dissent', text: t('desk.report.dissent'), hint: t('desk.report.dissentHint') },
        ]}
        onValue={setHow}
      />
      <Show when={how() === 'dissent'}>
        <Field
          label={t('desk.report.reason')}
          name="dissent-reason"
          lines={4}
          maxLength={2000}
          value={reason()}
          onInput={setReason}
        />
      </Show>
      <Show when={how() !== null && acting.problem()}>
        <Notice tone="danger" live="assertive">
          {acting.problem()}
        </Notice>
      </Show>
      <div>
        <Button kind="primary" pending={acting.busy() !== null} onPress={() => void sign()}>
          {t('desk.report.signVerb')}
        </Button>
      </div>
    </>
  )
}
