import { type JSX, Show } from 'solid-js'
import type { CheckCount, Finding, Place } from '../../server/archive/verify/report.ts'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Button } from '../kit/button.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Facts, Section } from '../kit/layout.tsx'
import { Hash } from '../kit/proof.tsx'
import { Tag, type Tone } from '../kit/status.tsx'
import { Verdict } from '../kit/verdict.tsx'
import { saveJson } from '../shell/save-file.ts'
import type { BagReport } from '../workers/verify-messages.ts'

const tones = { passed: 'ok', failed: 'danger', indeterminate: 'warn' } as const

/** A report: the verdict first, then each check with its counts, then every finding. */
export function ReportView(props: { report: BagReport }): JSX.Element {
  const why = () => {
    const { verdict, pinned } = props.report
    if (verdict !== 'indeterminate') return t(`verify.verdict.${verdict}Text`)
    return t(pinned ? 'verify.verdict.uncheckedText' : 'verify.verdict.unpinnedText')
  }
  return (
    <>
      <Verdict
        tone={tones[props.report.verdict]}
        title={t(`verify.verdict.${props.report.verdict}`)}
        text={why()}
        actions={
          <Button
            onPress={() =>
              saveJson(`${props.report.archive.lot}-${t('verify.reportFile')}.json`, props.report)
            }
          >
            {t('verify.export')}
          </Button>
        }
      />
      <Findings findings={props.report.findings} />
      <Section title={t('verify.bag')} card>
        <Facts
          rows={[
            {
              name: t('verify.bag.kind'),
              value: t(`verify.bag.${props.report.kind}`),
              note: t(`verify.bag.${props.report.kind}Note`),
            },
            {
              name: t('verify.bag.trade'),
              value: <a href={`/t/${props.report.archive.trade}`}>{props.report.archive.lot}</a>,
            },
            { name: t('verify.bag.origin'), value: props.report.archive.origin },
            {
              name: t('verify.bag.size'),
              value: t('verify.bag.sizeOf', { size: props.report.archive.size }),
            },
            { name: 'SHA-256', value: <Hash value={props.report.archive.sha256} /> },
            {
              name: t('verify.bag.keys'),
              value: t(props.report.pinned ? 'verify.bag.pinned' : 'verify.bag.unpinned'),
            },
          ]}
        />
      </Section>
      <Checks checks={props.report.checks} />
    </>
  )
}

/** The state of a check, the worst first. */
function stateOf(check: CheckCount): { tone: Tone; text: string } {
  if (check.failed > 0) return { tone: 'danger', text: t('verify.state.failed') }
  if (check.unchecked > 0) return { tone: 'warn', text: t('verify.state.unchecked') }
  if (check.passed > 0) return { tone: 'ok', text: t('verify.state.passed') }
  return check.withheld > 0
    ? { tone: 'plain', text: t('verify.state.withheld') }
    : { tone: 'plain', text: t('verify.state.none') }
}

function Checks(props: { checks: readonly CheckCount[] }): JSX.Element {
  const count = (id: 'passed' | 'failed' | 'unchecked' | 'withheld') => ({
    id,
    head: t(`verify.state.${id}`),
    align: 'end' as const,
    cell: (check: CheckCount) => check[id],
  })
  return (
    <DataTable
      caption={t('verify.checks')}
      rows={props.checks}
      columns={[
        {
          id: 'name',
          head: t('verify.check'),
          cell: (check) => (
            <>
              {t(`verify.check.${check.id}`)}
              <span class="yg-table-under">{t(`verify.check.${check.id}Text`)}</span>
            </>
          ),
        },
        {
          id: 'state',
          head: t('verify.state'),
          cell: (check) => <Tag tone={stateOf(check).tone}>{stateOf(check).text}</Tag>,
        },
        count('passed'),
        count('failed'),
        count('unchecked'),
        count('withheld'),
      ]}
    />
  )
}

/** A finding's words; a code that is newer than the texts stands for itself. */
function wordsOf(code: string): string {
  const key = `verify.code.${code}` as TextKey
  const text = t(key)
  return text === key ? t('verify.code.other') : text
}

function placeOf(place: Place): string {
  const names = Object.entries(place).filter(([, value]) => value !== undefined)
  return names
    .map(([name, value]) => t('verify.place', { name: placeName(name), value: String(value) }))
    .join(t('verify.place.and'))
}
function placeName(name: string): string {
  const key = `verify.place.${name}` as TextKey
  const text = t(key)
  return text === key ? name : text
}

function Findings(props: { findings: readonly Finding[] }): JSX.Element {
  return (
    <Show when={props.findings.length > 0}>
      <DataTable
        caption={t('verify.findings', { count: props.findings.length })}
        rows={props.findings}
        columns={[
          {
            id: 'what',
            head: t('verify.finding.what'),
            cell: (one) => (
              <>
                {wordsOf(one.code)}
                <span class="yg-table-under">
                  {t(`verify.check.${one.check}`)} <code>{one.code}</code>
                </span>
              </>
            ),
          },
          { id: 'place', head: t('verify.finding.place'), cell: (one) => placeOf(one.place) },
          {
            id: 'seen',
            head: t('verify.finding.seen'),
            cell: (one) => (
              <Show when={one.expected ?? one.found} fallback="–">
                <span class="yg-table-under">
                  {t('verify.finding.expected', { value: one.expected ?? '–' })}
                </span>
                <span class="yg-table-under">
                  {t('verify.finding.found', { value: one.found ?? '–' })}
                </span>
              </Show>
            ),
          },
          {
            id: 'fault',
            head: t('verify.finding.fault'),
            cell: (one) => t(`verify.fault.${one.fault ?? 'unknown'}`),
          },
        ]}
      />
    </Show>
  )
}
