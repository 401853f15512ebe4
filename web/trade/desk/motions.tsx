import { createSignal, For, type JSX, Show } from 'solid-js'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { RefusalNote, Tag } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useAct } from '../use-act.ts'
import { correctedFen } from './correction-fields.tsx'
import type { DeskMotion, DeskPage } from './desk-answers.ts'
import { memberName } from './members.tsx'
import { MotionForm } from './motion-form.tsx'

type Motion = DeskMotion['motion']

/** What a motion says, in one sentence. */
export function motionText(page: DeskPage, motion: Motion): string {
  const bid = (party: string) => page.bids.find((b) => b.party === party)?.name ?? party
  switch (motion.kind) {
    case 'electChair':
      return t('desk.motion.electChair', { name: memberName(page, motion.member) })
    case 'requestExplanation':
      return t('desk.motion.requestExplanation', {
        bid: bid(motion.bidder),
        about: t(`desk.about.${motion.about}`),
        question: motion.question,
        minutes: motion.minutes,
      })
    case 'acceptExplanation': {
      const request = page.requests.find((r) => r.id === motion.request)
      return t('desk.motion.acceptExplanation', { bid: bid(request?.bidder ?? '') })
    }
    case 'rejectBid':
      return t('desk.motion.rejectBid', {
        bid: bid(motion.bidder),
        ground: t(`desk.ground.${motion.ground}`),
        reason: motion.reason,
      })
    case 'reopenSheet':
      return t('desk.motion.reopenSheet', {
        name: memberName(page, motion.member),
        ground: t(`desk.reopen.${motion.ground}`),
        reason: motion.reason,
      })
    case 'correctPrice':
      return t('desk.motion.correctPrice', {
        bid: bid(motion.bidder),
        minutes: motion.minutes,
        reason: motion.reason,
        price: priceOf(page, motion),
      })
    case 'rankAgain':
      return t('desk.motion.rankAgain')
    case 'failEvaluation':
      return t('desk.motion.failEvaluation', {
        ground: t(`desk.fail.${motion.ground}`),
        reason: motion.reason,
      })
  }
}

/** What the rule makes of the figures in the motion. */
function priceOf(page: DeskPage, motion: Extract<Motion, { kind: 'correctPrice' }>): string {
  const { items, wordsTotal } = motion
  const fen = correctedFen(page, motion.bidder, { items, wordsTotal: wordsTotal ?? '' })
  return fen === null ? '–' : yuan(fen)
}

/** Puts or backs a motion; to reject a bid is signed, the rest is a vote. */
export function voteFor(trade: TradePage, page: DeskPage, motion: Motion): Promise<unknown> {
  const base = `/api/lots/${page.lot}/evaluation`
  if (motion.kind !== 'rejectBid')
    return post(`${base}/votes`, { motion, choice: true }, { key: newKey() })
  const { kind: _, ...own } = motion
  return signAndSend(
    'reject-bid',
    { subject: page.subject, ...own },
    { tender: trade.id, lot: page.lot, verb: t('desk.motions.verb') },
    (body, key) => post(`${base}/rejection-votes`, body, { key }),
  )
}

/** Motions of the committee: those open, to vote on; those decided, with the ballots. */
export function MotionList(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
}): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const [isOpen, setOpen] = createSignal(false)
  const motions = () => (props.page.motions ?? []).filter((one) => one.motion.kind !== 'electChair')
  const open = () => motions().filter((one) => one.outcome === 'open')
  const decided = () => motions().filter((one) => one.outcome !== 'open')
  const vote = (one: DeskMotion, choice: boolean) =>
    acting.run(`${one.key} ${choice}`, () =>
      choice
        ? voteFor(props.trade, props.page, one.motion)
        : post(
            `/api/lots/${props.page.lot}/evaluation/votes`,
            { key: one.key, choice: false },
            { key: newKey() },
          ),
    )
  return (
    <Fold
      title={t('desk.motions.title')}
      note={t('desk.motions.count', { count: open().length })}
      open={open().length > 0 || props.page.discussUntil !== null}
    >
      <Stack>
        <RefusalNote text={acting.problem()} />
        <For each={open()}>
          {(one) => (
            <div class="yg-stack" data-gap="small">
              <p>{motionText(props.page, one.motion)}</p>
              <p class="yg-note">
                {t('desk.motions.cast', {
                  name: memberName(props.page, one.openedBy),
                  count: one.cast,
                  all: props.page.members.length,
                })}
              </p>
              <Show
                when={one.own === null}
                fallback={
                  <Row>
                    <Tag tone="ok">
                      {t(one.own ? 'desk.motions.yourFor' : 'desk.motions.yourAgainst')}
                    </Tag>
                  </Row>
                }
              >
                <Row>
                  <Button
                    pending={acting.busy() === `${one.key} true`}
                    onPress={() => void vote(one, true)}
                  >
                    {t('desk.motions.for')}
                  </Button>
                  <Button
                    pending={acting.busy() === `${one.key} false`}
                    onPress={() => void vote(one, false)}
                  >
                    {t('desk.motions.against')}
                  </Button>
                </Row>
              </Show>
            </div>
          )}
        </For>
        <For each={decided()}>
          {(one) => (
            <div class="yg-stack" data-gap="small">
              <p>
                <Tag tone={one.outcome === 'carried' ? 'ok' : undefined}>
                  {t(`desk.motions.${one.outcome as 'carried' | 'failed'}`)}
                </Tag>{' '}
                {motionText(props.page, one.motion)}
              </p>
              <p class="yg-note">{ballots(props.page, one)}</p>
            </div>
          )}
        </For>
        <Show
          when={isOpen()}
          fallback={
            <Row>
              <Button onPress={() => setOpen(true)}>{t('desk.motions.new')}</Button>
            </Row>
          }
        >
          <MotionForm {...props} onDone={() => setOpen(false)} />
        </Show>
      </Stack>
    </Fold>
  )
}

function ballots(page: DeskPage, one: DeskMotion): string {
  const votes = Object.entries(one.votes ?? {})
  const names = (choice: boolean) =>
    votes
      .filter(([, vote]) => vote === choice)
      .map(([id]) => memberName(page, id))
      .join('、') || t('desk.motions.nobody')
  return t('desk.motions.ballots', { for: names(true), against: names(false) })
}
