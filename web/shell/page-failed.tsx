import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Page } from '../kit/page.tsx'
import { Notice } from '../kit/status.tsx'

interface FailedProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** In place of a page that could not be fetched or drawn. */
export function PageFailed(props: FailedProps): JSX.Element {
  return (
    <Page title={t('shell.failed.title')}>
      <LoadFailed {...props} />
    </Page>
  )
}

/**
 * In place of what could not be fetched or drawn. Offline it is tried again here, since a browser
 * that reloads would lose even this; online a reload gets what the platform has now.
 */
export function LoadFailed(props: FailedProps): JSX.Element {
  console.error(props.error)
  const isFetch = () => /import|fetch|module/i.test(String(props.error))
  const retry = () => (navigator.onLine ? window.location.reload() : props.onRetry())
  return (
    <Notice tone="danger" live="polite">
      <p>{t(isFetch() ? 'shell.failed.fetch' : 'shell.problem.page')}</p>
      <Button small onPress={retry}>
        {t('kit.page.retry')}
      </Button>
    </Notice>
  )
}
