import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { has } from './use-award.ts'

/** Everything about a lot in one file, for anyone to verify without this platform. */
export function Bags(props: { trade: TradePage; page: { readonly lot: string } }): JSX.Element {
  const lot = () => props.page.lot
  return (
    <Section title={t('award.bags.title')} note={t('award.bags.note')} card>
      <Row>
        <ButtonLink href={`/api/lots/${lot()}/bags/public`} download={`${lot()}.public.zip`}>
          {t('award.bags.public')}
        </ButtonLink>
        <Show when={has(props.trade, 'Pu', 'Ag', 'Re')}>
          <ButtonLink href={`/api/lots/${lot()}/bags/full`} download={`${lot()}.full.zip`}>
            {t('award.bags.full')}
          </ButtonLink>
        </Show>
        <Show when={has(props.trade, 'Ex', 'Re', 'Pu', 'Ag')}>
          <ButtonLink
            kind="plain"
            href={`/api/lots/${lot()}/evaluation/report.pdf`}
            download={`${lot()}-评标报告.pdf`}
          >
            {t('award.bags.report')}
          </ButtonLink>
        </Show>
        <ButtonLink kind="plain" href="/api/trust" download="trust.json">
          {t('award.bags.trust')}
        </ButtonLink>
        <ButtonLink kind="plain" href="/verify">
          {t('award.bags.verify')}
        </ButtonLink>
      </Row>
    </Section>
  )
}
