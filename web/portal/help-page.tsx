import { For, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Prose, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'

const parts = ['find', 'bid', 'sealed', 'opening', 'objection', 'verify', 'trouble'] as const

/** How things are done here, in the order in which people ask. */
export default function HelpPage(): JSX.Element {
  return (
    <Page title={t('portal.help.title')} lead={t('portal.help.lead')}>
      <Stack>
        <For each={parts}>
          {(part) => (
            <Section title={t(`portal.help.${part}` as TextKey)} id={part}>
              <Prose>{t(`portal.help.${part}Text` as TextKey)}</Prose>
            </Section>
          )}
        </For>
      </Stack>
    </Page>
  )
}
