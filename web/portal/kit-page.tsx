import { createSignal, For, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import type { Example } from '../kit/examples.ts'
import { Row, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'

const files = import.meta.glob<{ default: readonly Example[] }>('../kit/*.examples.tsx', {
  eager: true,
})
const sheets = Object.entries(files).map(([path, file]) => ({
  name: path.replace(/^.*\/(.*)\.examples\.tsx$/, '$1'),
  examples: file.default,
}))

/** Every component in every state, for whoever builds or tests pages. */
export default function KitPage(): JSX.Element {
  const [isNarrow, setNarrow] = createSignal(false)
  return (
    <Page
      title={t('portal.kit.title')}
      lead={t('portal.kit.lead')}
      actions={
        <Button pressed={isNarrow()} onPress={() => setNarrow((narrow) => !narrow)}>
          {t('portal.kit.narrow')}
        </Button>
      }
    >
      <div style={isNarrow() ? { 'max-width': '358px' } : {}}>
        <Stack gap="large">
          <nav aria-label={t('portal.kit.title')}>
            <Row>
              <For each={sheets}>{(sheet) => <a href={`#${sheet.name}`}>{sheet.name}</a>}</For>
            </Row>
          </nav>
          <For each={sheets}>
            {(sheet) => (
              <Section title={sheet.name} id={sheet.name}>
                <For each={sheet.examples}>
                  {(example) => (
                    <div class="yg-stack" data-gap="small" data-example={example.name}>
                      <h3 class="yg-note">{example.name}</h3>
                      {example.draw()}
                    </div>
                  )}
                </For>
              </Section>
            )}
          </For>
        </Stack>
      </div>
    </Page>
  )
}
