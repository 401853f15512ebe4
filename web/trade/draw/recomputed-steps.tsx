import { For, type JSX, Show } from 'solid-js'
import type { DrawnStratum } from '../../../server/experts/draw/rules.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { copyText } from '../../kit/copy-text.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import { toast } from '../../kit/toast.tsx'
import { type DrawProps, partyName } from './draw-props.ts'
import { type Check, commandOf, type Recomputed, recompute } from './recompute.ts'
import { stratumName } from './stratum-name.ts'

/** The draw made again by the visitor's own device, of what the page knows when this is drawn. */
export function RecomputedSteps(props: DrawProps & { seed: string }): JSX.Element {
  const made = recomputed(props.page)
  return (
    <Show
      when={made}
      fallback={
        <Notice tone="danger" live="assertive">
          {t('recompute.failed')}
        </Notice>
      }
    >
      {(one) => (
        <Stack>
          <Verdict {...props} made={one()} />
          <For each={one().parameters}>
            {(parameter) => (
              <Notice tone="ok">
                {t('recompute.parameter', {
                  name: t(parameter.name === 'k' ? 'draw.parameter.k' : 'draw.parameter.method'),
                  value: parameter.value,
                  index: parameter.taken.result + 1,
                  count: parameter.list.length,
                })}
              </Notice>
            )}
          </For>
          <For each={one().strata}>
            {(stratum) => <Stratum stratum={stratum} seed={props.seed} />}
          </For>
        </Stack>
      )}
    </Show>
  )
}

function recomputed(page: DrawProps['page']): Recomputed | null {
  try {
    return recompute(page)
  } catch (error) {
    console.error(error)
    return null
  }
}

/** 一致, or the first step that differs. */
function Verdict(props: DrawProps & { made: Recomputed }): JSX.Element {
  const first = () => props.made.checks.find((c) => c.result === 'differs')
  const count = (result: Check['result']) =>
    props.made.checks.filter((c) => c.result === result).length
  const name = (check: Check) =>
    t(`recompute.check.${check.step}`, {
      of: check.step === 'nonce' ? partyName(props.trade, check.of) : check.of,
    })
  return (
    <>
      <Show
        when={first()}
        fallback={
          <Notice tone="ok" title={t('recompute.same')} live="polite">
            {t('recompute.counts', { same: count('same'), cannot: count('cannot') })}
          </Notice>
        }
      >
        {(check) => (
          <Notice
            tone="danger"
            title={t('recompute.differs', { step: name(check()) })}
            live="assertive"
          >
            <p>{t('recompute.expected', { text: check().expected })}</p>
            <p>{t('recompute.found', { text: check().found })}</p>
          </Notice>
        )}
      </Show>
      <DataTable
        caption={t('recompute.checks')}
        rows={props.made.checks}
        columns={[
          { id: 'step', head: t('recompute.step'), cell: name },
          {
            id: 'result',
            head: t('recompute.result'),
            cell: (check) => (
              <Tag
                tone={
                  check.result === 'same' ? 'ok' : check.result === 'differs' ? 'danger' : undefined
                }
              >
                {t(`recompute.is.${check.result}`)}
              </Tag>
            ),
          },
        ]}
      />
    </>
  )
}

/** One stratum: the walk through the drawn order, the numbers behind it, the command to check it. */
function Stratum(props: { stratum: DrawnStratum; seed: string }): JSX.Element {
  const command = () => commandOf(props.seed, props.stratum.label)
  async function copy(): Promise<void> {
    const isCopied = await copyText(command())
    toast(t(isCopied ? 'recompute.copied' : 'recompute.notCopied'))
  }
  const rows = () => [
    ...props.stratum.walk.map((place) => ({
      id: place.id,
      place: String(place.place + 1),
      result: place.result as 'seated' | 'sameEmployer' | 'reserve' | 'recused',
    })),
    ...props.stratum.recused.map((id) => ({ id, place: '–', result: 'recused' as const })),
  ]
  return (
    <Fold
      title={t('recompute.stratum', { key: stratumName(props.stratum.stratum) })}
      note={t('recompute.seats', { count: props.stratum.selected.length })}
      open
    >
      <DataTable
        caption={t('recompute.walk')}
        hideCaption
        rows={rows()}
        columns={[
          { id: 'id', head: t('recompute.expert'), cell: (row) => row.id },
          { id: 'place', head: t('recompute.place'), align: 'end', cell: (row) => row.place },
          {
            id: 'result',
            head: t('recompute.result'),
            cell: (row) => (
              <Tag
                tone={
                  row.result === 'seated'
                    ? 'ok'
                    : row.result === 'sameEmployer'
                      ? 'warn'
                      : undefined
                }
              >
                {t(`recompute.walk.${row.result}`)}
              </Tag>
            ),
          },
        ]}
      />
      <Fold title={t('recompute.numbers')}>
        <p class="yg-note">{t('recompute.numbersNote', { label: props.stratum.label })}</p>
        <DataTable
          caption={t('recompute.numbers')}
          hideCaption
          rows={props.stratum.swaps}
          empty={<Empty title={t('recompute.noSwaps')} />}
          columns={[
            { id: 'at', head: t('recompute.at'), cell: (s) => s.place + 1 },
            { id: 'with', head: t('recompute.with'), align: 'end', cell: (s) => s.result + 1 },
            {
              id: 'block',
              head: t('recompute.block'),
              align: 'end',
              cell: (s) => `${s.block} : ${s.offset}`,
            },
            { id: 'x', head: t('recompute.x'), align: 'end', cell: (s) => s.x },
          ]}
        />
        <Row>
          <Button small onPress={() => void copy()}>
            {t('recompute.copy')}
          </Button>
        </Row>
        <pre class="yg-act-text" tabindex="0">
          {command()}
        </pre>
      </Fold>
    </Fold>
  )
}
