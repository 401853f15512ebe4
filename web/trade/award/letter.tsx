import { createSignal, For, type JSX, Show } from 'solid-js'
import { limit, time, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Select } from '../../kit/choice.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { Reading } from '../reading.tsx'
import type { LetterPage } from './award-answers.ts'
import type { AwardProps } from './award-page.tsx'
import { StepList } from './steps.tsx'

/** 中标通知书 or 未中标通知: to its addressee; the parties may read each. */
export function LetterPart(props: AwardProps): JSX.Element {
  const isParty = () => props.page.party !== null
  const [bidder, setBidder] = createSignal(props.page.award?.bidder ?? '')
  const letter = createLive(
    () =>
      get<LetterPage>(
        `/api/lots/${props.page.lot}/letter${isParty() ? `?bidder=${encodeURIComponent(bidder())}` : ''}`,
      ),
    () => [props.trade.id, 'LotAwarded', 'AwardCancelled', 'ResultPublished'],
  )
  const options = () =>
    (props.page.party?.ranking ?? []).map((row) => ({
      value: row.bidder,
      text: props.nameOf(row.bidder),
    }))
  return (
    <Section title={t('award.letter.title')} card>
      <Show when={isParty()}>
        <Select
          label={t('award.letter.of')}
          name="letter-of"
          value={bidder()}
          options={options()}
          onValue={setBidder}
        />
      </Show>
      <Reading of={letter}>{(page) => <Letter page={page()} />}</Reading>
    </Section>
  )
}

function Letter(props: { page: LetterPage }): JSX.Element {
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
            <Notice tone="ok" title={t('award.letter.won', { name: one().toName })} />
            <Facts
              rows={[
                { name: t('award.price'), value: yuan(one().priceFen), note: one().words },
                {
                  name: t('award.letter.delivery'),
                  value: t('award.letter.days', { count: one().deliveryDays }),
                },
                {
                  name: t('award.letter.sign'),
                  value: limit(one().signUntil.at),
                  note: t('award.letter.signNote'),
                },
              ]}
            />
          </>
        )}
      </Show>
      <Show when={lost()}>
        {(one) => (
          <>
            <Notice title={t('award.letter.lost', { name: one().toName })}>
              {t(`award.letter.${one().reason.kind}`)}
            </Notice>
            <Facts
              rows={[
                {
                  name: t('award.winner'),
                  value: one().winnerName,
                  note: yuan(one().winnerPriceFen),
                },
                ...(one().total === undefined
                  ? []
                  : [{ name: t('award.letter.total'), value: one().total }]),
                ...(one().rank === undefined
                  ? []
                  : [{ name: t('award.letter.rank'), value: one().rank }]),
                { name: t('award.letter.at'), value: time(props.page.awardedAt) },
                {
                  name: t('award.letter.remedy'),
                  value: t(`award.letter.${one().remedy}`),
                },
              ]}
            />
          </>
        )}
      </Show>
      <Show when={props.page.correction}>
        {(one) => (
          <p class="yg-note">
            {t(one().answer?.isConfirmed ? 'award.letter.corrected' : 'award.letter.notCorrected', {
              opened: yuan(one().openedFen),
              corrected: yuan(one().correctedFen),
            })}
          </p>
        )}
      </Show>
      <For each={props.page.rejected}>
        {(row) => (
          <p>
            <Tag tone="warn">{t('award.letter.ground')}</Tag> {t(`award.ground.${row.ground}`)}
            <Show when={row.votes}>
              {(votes) => (
                <span class="yg-note">
                  {t('award.letter.votes', { against: votes().against, for: votes().for })}
                </span>
              )}
            </Show>
            <span class="yg-table-under">{row.reasons.join('；')}</span>
          </p>
        )}
      </For>
      {/* Who lost came for the reasons. */}
      <StepList steps={props.page.steps} isOpen={lost() !== null} />
    </Stack>
  )
}
