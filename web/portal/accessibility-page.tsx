import { For, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Prose, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'

const parts = ['standard', 'keyboard', 'elder', 'limits', 'contact'] as const

/** What was done so that everybody can use this, what is not there yet, whom to tell. */
export default function AccessibilityPage(): JSX.Element {
  return (
    <Page title={t('portal.accessibility.title')} lead={t('portal.accessibility.lead')}>
      <Stack>
        <For each={parts}>
          {(part) => (
            <Section title={t(`portal.accessibility.${part}` as TextKey)}>
              <Prose>{t(`portal.accessibility.${part}Text` as TextKey)}</Prose>
            </Section>
          )}
        </For>
      </Stack>
    </Page>
  )
}
