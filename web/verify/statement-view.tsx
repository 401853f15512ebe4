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
        title={t(holds() ? 'verify.statement.ok' : 'verify.statement.failed')}
        text={t(
          holds()
            ? props.isPinned
              ? 'verify.statement.okText'
              : 'verify.statement.unpinnedText'
            : 'verify.statement.failedText',
        )}
      />
      <Section title={t(`verify.statement.${props.checks.kind}`)} card>
        <CheckList
          label={t('verify.checks')}
          rows={[
            {
              id: 'signed',
              text: t('verify.statement.signed'),
              state: stateOf(props.checks.isSigned),
            },
            { id: 'act', text: t('verify.statement.act'), state: stateOf(props.checks.isOfAct) },
            {
              id: 'proof',
              text: t('verify.statement.proof'),
              state: stateOf(props.checks.proof && props.checks.proof.length === 0),
              note: props.checks.proof?.join('、') || undefined,
            },
          ]}
        />
        <Facts
          rows={[
            {
              name: t('verify.statement.place'),
              value: place()
                ? t('verify.statement.placeOf', {
                    index: (place()?.index ?? 0) + 1,
                    size: place()?.size ?? 0,
                  })
                : t('verify.statement.none'),
            },
          ]}
        />
      </Section>
    </>
  )
}
