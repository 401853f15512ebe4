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
    if (verdict !== 'indeterminate') return t(`report.verdict.${verdict}Text`)
    return t(pinned ? 'report.verdict.uncheckedText' : 'report.verdict.unpinnedText')
  }
  return (
    <>
      <Verdict
        tone={tones[props.report.verdict]}
        title={t(`report.verdict.${props.report.verdict}`)}
        text={why()}
        actions={
          <Button
            onPress={() =>
              saveJson(`${props.report.archive.lot}-${t('report.reportFile')}.json`, props.report)
            }
          >
            {t('report.export')}
          </Button>
        }
      />
      <Findings findings={props.report.findings} />
      <Section title={t('report.bag')} card>
        <Facts
          rows={[
            {
              name: t('report.bag.kind'),
              value: t(`report.bag.${props.report.kind}`),
              note: t(`report.bag.${props.report.kind}Note`),
            },
            {
              name: t('report.bag.trade'),
              value: <a href={`/t/${props.report.archive.trade}`}>{props.report.archive.lot}</a>,
            },
            { name: t('report.bag.origin'), value: props.report.archive.origin },
            {
              name: t('report.bag.size'),
              value: t('report.bag.sizeOf', { size: props.report.archive.size }),
            },
            { name: 'SHA-256', value: <Hash value={props.report.archive.sha256} /> },
            {
              name: t('report.bag.keys'),
              value: t(props.report.pinned ? 'report.bag.pinned' : 'report.bag.unpinned'),
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
  if (check.failed > 0) return { tone: 'danger', text: t('report.state.failed') }
  if (check.unchecked > 0) return { tone: 'warn', text: t('report.state.unchecked') }
  if (check.passed > 0) return { tone: 'ok', text: t('report.state.passed') }
  return check.withheld > 0
    ? { tone: 'plain', text: t('report.state.withheld') }
    : { tone: 'plain', text: t('report.state.none') }
}

function Checks(props: { checks: readonly CheckCount[] }): JSX.Element {
  const count = (id: 'passed' | 'failed' | 'unchecked' | 'withheld') => ({
    id,
    head: t(`report.state.${id}`),
    align: 'end' as const,
    cell: (check: CheckCount) => check[id],
  })
  return (
    <DataTable
      caption={t('report.checks')}
      rows={props.checks}
      columns={[
        {
          id: 'name',
          head: t('report.check'),
          cell: (check) => (
            <>
              {t(`report.check.${check.id}`)}
              <span class="yg-table-under">{t(`report.check.${check.id}Text`)}</span>
            </>
          ),
        },
        {
          id: 'state',
          head: t('report.state'),
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
  const key = `report.code.${code}` as TextKey
  const text = t(key)
  return text === key ? t('report.code.other') : text
}

function placeOf(place: Place): string {
  const names = Object.entries(place).filter(([, value]) => value !== undefined)
  return names
    .map(([name, value]) => t('report.place', { name: placeName(name), value: String(value) }))
    .join(t('report.place.and'))
}
function placeName(name: string): string {
  const key = `report.place.${name}` as TextKey
  const text = t(key)
  return text === key ? name : text
}

function Findings(props: { findings: readonly Finding[] }): JSX.Element {
  return (
    <Show when={props.findings.length > 0}>
      <DataTable
        caption={t('report.findings', { count: props.findings.length })}
        rows={props.findings}
        columns={[
          {
            id: 'what',
            head: t('report.finding.what'),
            cell: (one) => (
              <>
                {wordsOf(one.code)}
                <span class="yg-table-under">
                  {t(`report.check.${one.check}`)} <code>{one.code}</code>
                </span>
              </>
            ),
          },
          { id: 'place', head: t('report.finding.place'), cell: (one) => placeOf(one.place) },
          {
            id: 'seen',
            head: t('report.finding.seen'),
            cell: (one) => (
              <Show when={one.expected ?? one.found} fallback="–">
                <span class="yg-table-under">
                  {t('report.finding.expected', { value: one.expected ?? '–' })}
                </span>
                <span class="yg-table-under">
                  {t('report.finding.found', { value: one.found ?? '–' })}
                </span>
              </Show>
            ),
          },
          {
            id: 'fault',
            head: t('report.finding.fault'),
            cell: (one) => t(`report.fault.${one.fault ?? 'unknown'}`),
          },
        ]}
      />
    </Show>
  )
}
