import { type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Loading } from '../kit/status.tsx'
import type { Live } from '../shell/create-live.ts'
import { CalendarPart, liveCalendars } from './calendar-part.tsx'
import { liveOutages, OutagePart } from './outage-part.tsx'
import { liveTrustList, TrustPart } from './trust-part.tsx'

/** 平台数据: what the platform judges by, and its public record of outages; each act is an event. */
export default function PlatformPage(): JSX.Element {
  const [trust, calendars, outages] = [liveTrustList(), liveCalendars(), liveOutages()]
  // One under the other: drawn once all are known, so that none pushes the next away.
  const isKnown = () => [trust, calendars, outages].every(isAnswered)
  return (
    <Page title={t('admin.title')} lead={t('admin.lead')}>
      <Show when={isKnown()} fallback={<Loading />}>
        <Stack gap="large">
          <TrustPart live={trust} />
          <CalendarPart live={calendars} />
          <OutagePart live={outages} />
        </Stack>
      </Show>
    </Page>
  )
}

const isAnswered = (one: Live<unknown>): boolean => one() !== undefined || one.problem() !== null
