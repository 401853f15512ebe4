import { type JSX, Show } from 'solid-js'
import { day, time, timeProse, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Countdown, SyncBadge } from '../../kit/countdown.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { sync } from '../../shell/clock.ts'
import { hasBond } from './bond.tsx'
import type { Sealing } from './sealing.ts'
import type { Workspace } from './workspace.ts'

/** Beside every step: time left, bond, certificates, what is kept. */
export function BidRail(props: {
  work: Workspace
  sealing: Sealing
  deadline: string
  now: () => number
}): JSX.Element {
  const pair = () => props.sealing.pair()
  const savedAt = () => props.work.savedAt()
  return (
    <Stack>
      <Section title={t('bid.rail.title')} card>
        <Show
          when={props.work.lot().stage === 'tendering'}
          fallback={<p>{t('bid.rail.closed', { time: timeProse(props.deadline) })}</p>}
        >
          <div class="yg-wide">
            <Countdown until={props.deadline} now={props.now} />
            <p class="yg-note">{t('bid.rail.deadline', { time: timeProse(props.deadline) })}</p>
          </div>
          <SyncBadge sync={sync()} />
        </Show>
        <Facts
          kind="rail"
          rows={[
            {
              name: t('bid.rail.bond'),
              value:
                props.work.terms().bondFen === 0
                  ? t('bid.rail.noBond')
                  : hasBond(props.work)
                    ? t('bid.rail.bondIn', { amount: yuan(props.work.terms().bondFen) })
                    : t('bid.rail.bondOut', { amount: yuan(props.work.terms().bondFen) }),
            },
            {
              name: t('bid.rail.certificates'),
              value: pair()
                ? t(pair()?.encrypt?.key ? 'bid.rail.pair' : 'bid.rail.signOnly', {
                    day: day(pair()?.sign.notAfter ?? ''),
                  })
                : t('bid.rail.noCertificate'),
            },
            {
              name: t('bid.rail.saved'),
              value: savedAt()
                ? t('bid.rail.savedAt', { time: time(new Date(savedAt() ?? 0).toISOString()) })
                : t('bid.rail.notSaved'),
              note: t('bid.rail.savedNote'),
            },
          ]}
        />
      </Section>
      <Notice tone="sealed" title={t('bid.rail.sealed')}>
        <p>{t('bid.rail.sealedText')}</p>
        <a href="/help">{t('bid.rail.how')}</a>
      </Notice>
    </Stack>
  )
}
