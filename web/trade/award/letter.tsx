import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Addressee, LoserLetter } from '../../../server/award/award/rules-letters.ts'
import { limit, time, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Select } from '../../kit/choice.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { Reading } from '../reading.tsx'
import type { LetterPage } from './award-answers.ts'
import { StepList } from './steps.tsx'
import type { AwardProps } from './use-award.ts'

/** The letter of one, and to the parties all who have one. */
type LettersPage = LetterPage & {
  readonly addressees: readonly (Addressee & { readonly name: string })[] | null
}

/** 中标通知书 or 未中标通知: to its addressee; the parties may read each. */
export function LetterPart(props: AwardProps): JSX.Element {
  const isParty = () => props.page.party !== null
  const [bidder, setBidder] = createSignal(props.page.award?.bidder ?? '')
  const letter = createLive(
    () =>
      get<LettersPage>(
        `/api/lots/${props.page.lot}/letter${isParty() ? `?bidder=${encodeURIComponent(bidder())}` : ''}`,
      ),
    () => [props.trade.id, 'LotAwarded', 'AwardCancelled', 'ResultPublished'],
  )
  const options = () => {
    const all = letter()?.addressees ?? []
    if (all.length > 0) return all.map((one) => ({ value: one.bidder, text: addresseeText(one) }))
    // Until the first letter is here the one who is read is the one to choose.
    return [{ value: bidder(), text: props.nameOf(bidder()) }]
  }
  return (
    <Section title={t('awarding.letter.title')} card>
      <Show when={isParty()}>
        <Select
          label={t('awarding.letter.of')}
          name="letter-of"
          value={bidder()}
          options={options()}
          onValue={setBidder}
        />
      </Show>
      <Reading of={letter}>{(page) => <Letter page={page()} trade={props.trade} />}</Reading>
    </Section>
  )
}

/** Its name, and which kind of letter it has. */
function addresseeText({ name, rank, isOpened }: Addressee & { readonly name: string }): string {
  if (rank !== null) return t('awarding.letter.ofRanked', { name, rank })
  return t(isOpened ? 'awarding.letter.ofRejected' : 'awarding.letter.ofUnopened', { name })
}

/** The addressee's own score and rank, where it has them. */
const standing = ({ total, rank }: { readonly total?: string; readonly rank?: number }) => [
  ...(total === undefined ? [] : [{ name: t('awarding.letter.total'), value: total }]),
  ...(rank === undefined ? [] : [{ name: t('awarding.letter.rank'), value: rank }]),
]

const causes = [
  'key-not-released',
  'key-lost',
  'envelope-altered',
  'bid-commitment-differs',
  'quotation-invalid',
  'files-blobs-differ',
] as const

/** Why a bid did not open, in the words of the opening. */
function causeText(problem: string): string {
  const known = causes.find((one) => one === problem)
  if (known) return t(`awarding.letter.cause.${known}`)
  if (problem.startsWith('quotation-')) return t('awarding.letter.cause.quotation')
  return t(`awarding.letter.cause.${problem.startsWith('file') ? 'files' : 'other'}`)
}

function reasonText(reason: LoserLetter['reason']): string {
  if (reason.kind === 'notOpened')
    return t('awarding.letter.notOpened', {
      cause: causeText(reason.problem),
      fault: t(`awarding.letter.fault.${reason.fault === 'platform' ? 'platform' : 'bidder'}`),
    })
  return reason.kind === 'cancelled' || reason.kind === 'passedOver'
    ? t(`awarding.letter.${reason.kind}`, { ground: t(`awarding.cancel.${reason.ground}`) })
    : t(`awarding.letter.${reason.kind}`)
}

function Letter(props: { page: LetterPage; trade: TradePage }): JSX.Element {
  const letter = () => props.page.letter
  const award = () => {
    const one = letter()
    return one.kind === 'award' ? one : null
  }
  const lost = () => {
    const one = letter()
    return one.kind === 'notAwarded' ? one : null
  }
  return (
    <Stack>
      <Show when={award()}>
        {(one) => (
          <>
            <Notice tone="ok" title={t('awarding.letter.won', { name: one().toName })} />
            <Facts
              rows={[
                { name: t('award.price'), value: yuan(one().priceFen), note: one().words },
                {
                  name: t('awarding.letter.delivery'),
                  value: t('awarding.letter.days', { count: one().deliveryDays }),
                },
                ...standing(one()),
                {
                  name: t('awarding.letter.sign'),
                  value: limit(one().signUntil.at),
                  note: t('awarding.letter.signNote'),
                },
              ]}
            />
          </>
        )}
      </Show>
      <Show when={lost()}>
        {(one) => (
          <>
            <Notice title={t('awarding.letter.lost', { name: one().toName })}>
              {reasonText(one().reason)}
            </Notice>
            <Facts
              rows={[
                {
                  name: t('award.winner'),
                  value: one().winnerName,
                  note: yuan(one().winnerPriceFen),
                },
                ...standing(one()),
                { name: t('awarding.letter.at'), value: time(props.page.awardedAt) },
                {
                  name: t('awarding.letter.remedy'),
                  value: t(`awarding.letter.${one().remedy}`),
                },
              ]}
            />
          </>
        )}
      </Show>
      <Show when={props.page.correction}>
        {(one) => (
          <p class="yg-note">
            {t(
              one().answer?.isConfirmed
                ? 'awarding.letter.corrected'
                : 'awarding.letter.notCorrected',
              {
                opened: yuan(one().openedFen),
                corrected: yuan(one().correctedFen),
              },
            )}
          </p>
        )}
      </Show>
      <For each={props.page.rejected}>
        {(row) => (
          <p>
            <Tag tone="warn">{t('awarding.letter.ground')}</Tag>{' '}
            {t(`awarding.ground.${row.ground}`)}
            <Show when={row.votes}>
              {(votes) => (
                <span class="yg-note">
                  {t('awarding.letter.votes', { against: votes().against, for: votes().for })}
                </span>
              )}
            </Show>
            <span class="yg-table-under">{row.reasons.join('；')}</span>
          </p>
        )}
      </For>
      {/* Who lost came for the reasons. */}
      <StepList steps={props.page.steps} document={props.trade.document} isOpen={lost() !== null} />
    </Stack>
  )
}
