import { useLocation } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Row, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'

/** An address that leads nowhere. */
export default function MissingPage(): JSX.Element {
  const location = useLocation()
  return (
    <Page
      title={t('portal.missing.title')}
      lead={t('portal.missing.lead', { path: location.pathname })}
    >
      <Stack>
        <Row>
          <ButtonLink kind="primary" href="/search">
            {t('portal.missing.search')}
          </ButtonLink>
          <ButtonLink href="/">{t('portal.missing.home')}</ButtonLink>
        </Row>
      </Stack>
    </Page>
  )
}
