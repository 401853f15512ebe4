import { For, type JSX, Show } from 'solid-js'
import { limit, time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Countdown } from '../../kit/countdown.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Empty, Notice, Tag, type Tone } from '../../kit/status.tsx'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { Reading } from '../reading.tsx'
import type { Objection, ObjectionCopy, ObjectionPage } from './award-answers.ts'
import { ObjectionForm } from './objection-form.tsx'
import { ObjectionReply, WithdrawObjection } from './objection-reply.tsx'
import { type AwardProps, has } from './use-award.ts'

export type ObjectionProps = AwardProps & { readonly objections: Live<ObjectionPage> }

const tones: Record<Objection['stage'], Tone> = {
  filed: 'sun',
  accepted: 'sun',
  correcting: 'warn',
  overdue: 'danger',
  answered: 'ok',
  refused: 'plain',
  withdrawn: 'plain',
}

/** Objections 异议 or challenges 质疑 of a lot: one's own; all of them to the addressee and regulator. */
export function Objections(props: AwardProps): JSX.Element {
  const objections = createLive(
    () => get<ObjectionPage>(`/api/lots/${props.page.lot}/objections`),
    () => [props.trade.id],
  )
  const isTender = () => props.page.regime === 'tender'
  const isAddressee = () => has(props.trade, 'Pu', 'Ag')
  const mayFile = () => has(props.trade, 'Bidder') && !isAddressee()
  return (
    <Section
      id="objections"
      title={t(isTender() ? 'award.object.titleTender' : 'award.object.titleGp')}
      note={t(isTender() ? 'awarding.object.noteTender' : 'awarding.object.noteGp')}
    >
      <Reading of={objections}>
        {(page) => (
          <Stack>
            <For
              each={page().items}
              fallback={
                <Show when={!mayFile()}>
                  <Empty title={t('awarding.object.none')} />
                </Show>
              }
            >
              {(one) => <Card {...props} objections={objections} one={one} />}
            </For>
            <For each={page().copies}>{(one) => <Copy one={one} />}</For>
            <Show when={mayFile()}>
              <ObjectionForm {...props} objections={objections} until={page().until} />
            </Show>
          </Stack>
        )}
      </Reading>
    </Section>
  )
}

function Card(props: ObjectionProps & { one: Objection }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const isOwn = () => props.one.party === viewer()?.party
  const isOpen = () => ['filed', 'accepted', 'correcting', 'overdue'].includes(props.one.stage)
  return (
    <div class="yg-card">
      <div class="yg-row" data-spread="">
        <span class="yg-row">
          <strong>
            {isOwn() ? t('awarding.object.yours') : props.nameOf(props.one.party)}
            {' · '}
            {t(`awarding.about.${props.one.about}`)}
          </strong>
          <Tag tone={tones[props.one.stage]}>{t(`awarding.object.is.${props.one.stage}`)}</Tag>
        </span>
        <Show when={isOpen()}>
          <Countdown
            until={props.one.replyUntil}
            now={now}
            over={t('awarding.object.replyLeft')}
            atZero={t('awarding.object.replyOver')}
          />
        </Show>
      </div>
      <Facts
        rows={[
          { name: t('awarding.object.at'), value: time(props.one.filedAt) },
          { name: t('awarding.object.facts'), value: props.one.facts },
          { name: t('awarding.object.request'), value: props.one.request },
          ...(props.one.law ? [{ name: t('awarding.object.law'), value: props.one.law }] : []),
          ...(props.one.complaintUntil
            ? [{ name: t('awarding.object.complaint'), value: limit(props.one.complaintUntil) }]
            : []),
        ]}
      />
      <Show when={props.one.correction}>
        <Notice tone="warn" title={t('awarding.object.correction')}>
          {props.one.correction}
        </Notice>
      </Show>
      <Show when={props.one.refusal}>
        <Notice title={t('awarding.object.refusal')}>{props.one.refusal}</Notice>
      </Show>
      <Answer one={props.one} />
      <Show when={has(props.trade, 'Pu', 'Ag') && isOpen()}>
        <ObjectionReply {...props} />
      </Show>
      <Show when={isOwn() && isOpen()}>
        <WithdrawObjection {...props} />
      </Show>
    </div>
  )
}

function Answer(props: { readonly one: Pick<Objection, 'answer'> }): JSX.Element {
  return (
    <Show when={props.one.answer}>
      {(answer) => (
        <Notice
          tone="ok"
          title={t(answer().upheld ? 'awarding.object.upheld' : 'awarding.object.notUpheld', {
            time: time(answer().at),
          })}
        >
          {answer().text}
        </Notice>
      )}
    </Show>
  )
}

/** An answer goes to all whom it concerns, not to its filer alone. */
function Copy(props: { readonly one: ObjectionCopy }): JSX.Element {
  return (
    <div class="yg-card">
      <strong>
        {t('awarding.object.another')}
        {' · '}
        {t(`awarding.about.${props.one.about}`)}
      </strong>
      <Facts rows={[{ name: t('awarding.object.request'), value: props.one.request }]} />
      <Answer one={props.one} />
    </div>
  )
}
