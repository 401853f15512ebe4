import { type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { FileDrop } from '../kit/file-drop.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { Notice } from '../kit/status.tsx'

/** Whose keys are trusted: a file that the reader kept, else what is checked proves less. */
export function TrustSide(props: {
  name: string | null
  problem: string | null
  onFile: (file: File) => void
  onDrop: () => void
}): JSX.Element {
  return (
    <Section title={t('verify.trust')} note={t('verify.trust.why')} card>
      <Stack gap="small">
        <Show when={props.problem}>
          <Notice tone="danger" live="assertive">
            {props.problem}
          </Notice>
        </Show>
        <Show when={props.name} fallback={<Notice tone="warn">{t('verify.trust.none')}</Notice>}>
          {(name) => (
            <Notice tone="ok">
              <p>{t('verify.trust.picked', { name: name() })}</p>
              <Button small onPress={props.onDrop}>
                {t('verify.trust.without')}
              </Button>
            </Notice>
          )}
        </Show>
        <FileDrop
          label={t('verify.trust.drop')}
          verb={t('verify.trust.choose')}
          accept=".json"
          onFiles={([one]) => props.onFile(one)}
        />
        <p class="yg-note">{t('verify.trust.save')}</p>
        <div>
          <ButtonLink href="/api/trust" download="yangguang.trust.json">
            {t('verify.trust.saveVerb')}
          </ButtonLink>
        </div>
      </Stack>
    </Section>
  )
}
