import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { reopenGrounds } from '../../../server/evaluation/evaluation/committee.ts'
import { lawfulGrounds } from '../../../server/evaluation/evaluation/rules-motions.ts'
import { wholeLimit } from '../../../server/tendering/project/limits-data.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Select } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import { useAct } from '../use-act.ts'
import { CorrectionFields, emptyCorrection, itemsOf } from './correction-fields.tsx'
import type { DeskMotion, DeskPage } from './desk-answers.ts'
import { voteFor } from './motions.tsx'

type Motion = DeskMotion['motion']
type Kind = Exclude<Motion['kind'], 'electChair'>
type About = 'ambiguity' | 'arithmetic' | 'lowPrice'

/** Which motions may be put now, by the table of the evaluation. */
function kindsOf(page: DeskPage): Kind[] {
  const isAnswered = page.requests.some((r) => r.answer !== null && !r.isAccepted)
  const left = page.left?.length ?? 0
  return [
    ...(page.you?.isChair ? (['requestExplanation'] as const) : []),
    ...(isAnswered ? (['acceptExplanation'] as const) : []),
    'rejectBid',
    ...(page.items?.scoring.price.formula === 'discountRate' ? [] : (['correctPrice'] as const)),
    ...(page.discussUntil ? (['rankAgain'] as const) : []),
    ...(page.stage === 'aggregated' ? (['reopenSheet'] as const) : []),
    ...(left < 3 || page.undecided ? (['failEvaluation'] as const) : []),
  ]
}

/** A motion of one's own: putting it is one's vote for it. */
export function MotionForm(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
  onDone: () => void
}): JSX.Element {
  const kinds = () => kindsOf(props.page)
  const [kind, setKind] = createSignal<Kind>(kinds()[0])
  const [bidder, setBidder] = createSignal(firstLowPrice(props.page) ?? props.page.left?.[0] ?? '')
  const [about, setAbout] = createSignal<About>(
    firstLowPrice(props.page) ? 'lowPrice' : 'ambiguity',
  )
  const [minutes, setMinutes] = createSignal(String(wholeLimit('lowPriceExplain')))
  const [ground, setGround] = createSignal('')
  const [member, setMember] = createSignal(props.page.members[0]?.id ?? '')
  const [request, setRequest] = createSignal('')
  const [text, setText] = createSignal('')
  const acting = useAct(async () => {
    await props.live.refresh()
    props.onDone()
  })
  const left = () => props.page.bids.filter((b) => props.page.left?.includes(b.party))
  const answered = () => props.page.requests.filter((r) => r.answer !== null && !r.isAccepted)
  const grounds = () => lawfulGrounds[props.page.items?.regime ?? 'tender']
  const failGround = () =>
    left().length === 0
      ? 'allRejected'
      : props.page.undecided
        ? 'documentFlawed'
        : 'competitionLacking'
  const [correction, setCorrection] = createSignal(emptyCorrection)
  const needsReason = () => kind() !== 'acceptExplanation' && kind() !== 'rankAgain'

  function motion(intent: string): Motion {
    const reason = text().trim()
    switch (kind()) {
      case 'requestExplanation':
        return {
          kind: 'requestExplanation',
          id: `x-${intent.slice(0, 12)}`,
          bidder: bidder(),
          about: about(),
          question: reason,
          minutes: Number(minutes()) || wholeLimit('lowPriceExplain'),
        }
      case 'acceptExplanation':
        return { kind: 'acceptExplanation', request: request() || (answered()[0]?.id ?? '') }
      case 'rejectBid': {
        const chosen = grounds().find((g) => g === ground()) ?? grounds()[0]
        return { kind: 'rejectBid', bidder: bidder(), ground: chosen, reason }
      }
      case 'reopenSheet': {
        const chosen = reopenGrounds.find((g) => g === ground()) ?? reopenGrounds[0]
        return { kind: 'reopenSheet', member: member(), ground: chosen, reason }
      }
      case 'correctPrice':
        return {
          kind: 'correctPrice',
          id: `c-${intent.slice(0, 12)}`,
          bidder: bidder(),
          items: itemsOf(correction()) ?? [],
          wordsTotal: correction().wordsTotal.trim() || null,
          reason,
          minutes: Number(minutes()) || wholeLimit('correctionConfirm'),
        }
      case 'rankAgain':
        return { kind: 'rankAgain' }
      case 'failEvaluation':
        return { kind: 'failEvaluation', ground: failGround(), reason }
    }
  }

  async function put(): Promise<void> {
    if (needsReason() && !text().trim()) return acting.setProblem(t('desk.motions.reasonFirst'))
    if (kind() === 'correctPrice' && itemsOf(correction()) === null)
      return acting.setProblem(t('desk.correct.linesFirst'))
    await acting.run('put', (intent) => voteFor(props.trade, props.page, motion(intent)))
  }

  const bidSelect = () => (
    <Select
      label={t('desk.motions.bidder')}
      name="motion-bidder"
      value={bidder()}
      options={left().map((b) => ({ value: b.party, text: b.name }))}
      onValue={setBidder}
    />
  )
  return (
    <Stack>
      <Select
        label={t('desk.motions.kind')}
        name="motion-kind"
        value={kind()}
        options={kinds().map((value) => ({ value, text: t(`desk.kind.${value}`) }))}
        onValue={setKind}
      />
      <Switch>
        <Match when={kind() === 'requestExplanation'}>
          {bidSelect()}
          <Select
            label={t('desk.motions.about')}
            name="motion-about"
            value={about()}
            options={(['ambiguity', 'arithmetic', 'lowPrice'] as const).map((value) => ({
              value,
              text: t(`desk.about.${value}`),
            }))}
            onValue={setAbout}
          />
          <Field
            label={t('desk.motions.minutes')}
            name="motion-minutes"
            numeric
            width="short"
            hint={t('desk.motions.minutesHint')}
            unit={t('desk.motions.minute')}
            value={minutes()}
            onInput={setMinutes}
          />
        </Match>
        <Match when={kind() === 'acceptExplanation'}>
          <Select
            label={t('desk.motions.explanation')}
            name="motion-request"
            value={request() || (answered()[0]?.id ?? '')}
            options={answered().map((r) => ({
              value: r.id,
              text: props.page.bids.find((b) => b.party === r.bidder)?.name ?? r.bidder,
              hint: r.question,
            }))}
            onValue={setRequest}
          />
        </Match>
        <Match when={kind() === 'rejectBid'}>
          {bidSelect()}
          <Select
            label={t('desk.motions.ground')}
            name="motion-ground"
            hint={t('desk.motions.groundHint')}
            value={ground() || grounds()[0]}
            options={grounds().map((value) => ({ value, text: t(`desk.ground.${value}`) }))}
            onValue={setGround}
          />
        </Match>
        <Match when={kind() === 'correctPrice'}>
          {bidSelect()}
          <CorrectionFields
            page={props.page}
            bidder={bidder()}
            draft={correction()}
            onDraft={setCorrection}
          />
          <Field
            label={t('desk.correct.minutes')}
            name="motion-minutes"
            numeric
            width="short"
            unit={t('desk.motions.minute')}
            value={minutes()}
            onInput={setMinutes}
          />
        </Match>
        <Match when={kind() === 'rankAgain'}>
          <p class="yg-note">{t('desk.discuss.rankAgain')}</p>
        </Match>
        <Match when={kind() === 'reopenSheet'}>
          <Select
            label={t('desk.motions.member')}
            name="motion-member"
            value={member()}
            options={props.page.members.map((m) => ({ value: m.id ?? '', text: m.name ?? '' }))}
            onValue={setMember}
          />
          <Select
            label={t('desk.motions.ground')}
            name="motion-reopen"
            hint={t('desk.motions.reopenHint')}
            value={ground() || reopenGrounds[0]}
            options={reopenGrounds.map((value) => ({ value, text: t(`desk.reopen.${value}`) }))}
            onValue={setGround}
          />
        </Match>
        <Match when={kind() === 'failEvaluation'}>
          <p class="yg-note">{t(`desk.fail.${failGround()}`)}</p>
        </Match>
      </Switch>
      <Show when={needsReason()}>
        <Field
          label={t(
            kind() === 'requestExplanation' ? 'desk.motions.question' : 'desk.motions.reason',
          )}
          name="motion-text"
          lines={3}
          maxLength={2000}
          value={text()}
          error={acting.problem()}
          onInput={setText}
        />
      </Show>
      <Show when={!needsReason() && acting.problem()}>
        <Notice tone="danger" live="assertive">
          {acting.problem()}
        </Notice>
      </Show>
      <Row>
        <Button pending={acting.busy() !== null} onPress={() => void put()}>
          {t('desk.motions.put')}
        </Button>
        <Button kind="plain" onPress={props.onDone}>
          {t('desk.motions.leave')}
        </Button>
      </Row>
    </Stack>
  )
}

/** A low price that nobody has asked about yet. */
function firstLowPrice(page: DeskPage): string | undefined {
  return page.lowPrice?.reviewed.find(
    (bidder) => !page.requests.some((r) => r.bidder === bidder && r.about === 'lowPrice'),
  )
}
