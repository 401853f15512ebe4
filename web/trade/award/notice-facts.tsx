import { type JSX, Show } from 'solid-js'
import { limit, yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Facts } from '../../kit/layout.tsx'
import type { AwardChannel, NoticeTerms, ResultNotice } from './award-answers.ts'

const terms = (of: NoticeTerms) => [
  { name: t('award.notice.delivery'), value: t('award.notice.days', { count: of.deliveryDays }) },
  ...(of.quality ? [{ name: t('award.notice.quality'), value: of.quality }] : []),
  ...(of.warrantyMonths === null
    ? []
    : [
        {
          name: t('award.notice.warranty'),
          value: t('award.notice.months', { count: of.warrantyMonths }),
        },
      ]),
  {
    name: t('award.notice.qualifications'),
    value: of.qualifications.map(pick).join('；'),
  },
]

/** A candidate's response to the document, in one cell. */
export function CandidateTerms(props: { readonly of: NoticeTerms }): JSX.Element {
  return <Facts rows={terms(props.of)} />
}

/** To whom one objects, and until when. */
export function ChannelFacts(props: { readonly of: AwardChannel | undefined }): JSX.Element {
  return (
    <Show when={props.of}>
      {(channel) => (
        <Facts
          rows={[
            { name: t('award.notice.purchaser'), value: channel().purchaser },
            { name: t('award.notice.agency'), value: channel().agency },
            {
              name: t('award.notice.channel'),
              value: t(`award.notice.${channel().kind}`),
              ...(channel().until ? { note: limit(channel().until ?? '') } : {}),
            },
          ]}
        />
      )}
    </Show>
  )
}

/** What was bought, and who evaluated. */
export function ResultFacts(props: { readonly of: ResultNotice }): JSX.Element {
  const goods = () =>
    props.of.goods.map((line) =>
      [
        pick(line),
        props.of.brand ?? '',
        line.quantity === null ? '' : `${line.quantity} ${line.unit ?? ''}`,
        line.fen === null ? '' : yuan(line.fen),
      ]
        .filter(Boolean)
        .join(' · '),
    )
  const experts = () =>
    (props.of.experts ?? []).map(({ name, represents }) =>
      represents === 'purchaser'
        ? t('award.notice.representative', { name: name ?? '—' })
        : (name ?? '—'),
    )
  return (
    <Facts
      rows={[
        { name: t('award.notice.uscc'), value: props.of.uscc },
        { name: t('award.notice.goods'), value: goods().join('；') },
        ...terms(props.of),
        ...(experts().length > 0
          ? [{ name: t('award.notice.experts'), value: experts().join('、') }]
          : []),
      ]}
    />
  )
}
