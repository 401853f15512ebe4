import { For, type JSX, Show } from 'solid-js'
import type { Finding } from '../../server/tendering/project/finding.ts'
import { limit } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Facts, Section, Stack } from '../kit/layout.tsx'
import { Notice } from '../kit/status.tsx'
import type { DraftPage } from '../shell/answers.ts'

/**
 * What the rules find in a draft, each with its article and the earliest lawful value.
 * @param props.each something to do about one finding
 */
export function DraftFindings(props: {
  draft: DraftPage
  each?: (finding: Finding) => JSX.Element
}): JSX.Element {
  return (
    <Show
      when={props.draft.findings.length > 0}
      fallback={<Notice tone="ok">{t('notice.findings.none')}</Notice>}
    >
      <Section title={t('notice.findings', { count: props.draft.findings.length })}>
        <Stack gap="small">
          <For each={props.draft.findings}>
            {(finding) => (
              <Notice tone="warn" title={pick(finding)}>
                <p>
                  {finding.source}
                  <Show when={finding.earliest}>
                    {(at) => <> · {t('notice.findings.earliest', { time: limit(at()) })}</>}
                  </Show>
                </p>
                {props.each?.(finding)}
              </Notice>
            )}
          </For>
        </Stack>
      </Section>
    </Show>
  )
}

/** The times that follow, if the notice came now. */
export function DraftTimes(props: { draft: DraftPage }): JSX.Element {
  return (
    <Show when={props.draft.times}>
      {(times) => (
        <Section title={t('notice.times')}>
          <Facts
            rows={[
              { name: t('notice.times.notice'), value: limit(times().noticeAt) },
              { name: t('notice.times.document'), value: limit(times().documentUntil) },
              { name: t('notice.times.deadline'), value: limit(times().submissionDeadline) },
              { name: t('notice.times.validity'), value: limit(times().validityUntil) },
            ]}
          />
        </Section>
      )}
    </Show>
  )
}
