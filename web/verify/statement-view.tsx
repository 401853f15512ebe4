import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { CheckList, type CheckRow } from '../kit/check-list.tsx'
import { Facts, Section } from '../kit/layout.tsx'
import { Verdict } from '../kit/verdict.tsx'
import { isWhole, type StatementChecks } from './statement.ts'

const stateOf = (is: boolean | null): CheckRow['state'] =>
  is === null ? 'todo' : is ? 'good' : 'bad'

/** What a receipt or refusal proves, and by whose key. */
export function StatementView(props: { checks: StatementChecks; isPinned: boolean }): JSX.Element {
  const holds = () => isWhole(props.checks)
  const place = () => props.checks.place
  return (
    <>
      <Verdict
        tone={holds() ? (props.isPinned ? 'ok' : 'warn') : 'danger'}
        title={t(holds() ? 'report.statement.ok' : 'report.statement.failed')}
        text={t(
          holds()
            ? props.isPinned
              ? 'report.statement.okText'
              : 'report.statement.unpinnedText'
            : 'report.statement.failedText',
        )}
      />
      <Section title={t(`report.statement.${props.checks.kind}`)} card>
        <CheckList
          label={t('report.checks')}
          rows={[
            {
              id: 'signed',
              text: t('report.statement.signed'),
              state: stateOf(props.checks.isSigned),
            },
            { id: 'act', text: t('report.statement.act'), state: stateOf(props.checks.isOfAct) },
            {
              id: 'proof',
              text: t('report.statement.proof'),
              state: stateOf(props.checks.proof && props.checks.proof.length === 0),
              note: props.checks.proof?.join('、') || undefined,
            },
          ]}
        />
        <Facts
          rows={[
            {
              name: t('report.statement.place'),
              value: place()
                ? t('report.statement.placeOf', {
                    index: (place()?.index ?? 0) + 1,
                    size: place()?.size ?? 0,
                  })
                : t('report.statement.none'),
            },
          ]}
        />
      </Section>
    </>
  )
}
