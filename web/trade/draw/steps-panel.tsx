import { createSignal, For, type JSX, Show } from 'solid-js'
import type { DrawnStratum } from '../../../server/experts/draw/rules.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row, Section, Stack } from '../../kit/layout.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import { toast } from '../../kit/toast.tsx'
import { stratumName } from './committee-panel.tsx'
import { type DrawProps, isOfParameters, partyName } from './draw-page.tsx'
import { StandTag } from './nonce-panel.tsx'
import { type Check, commandOf, type Recomputed, recompute } from './recompute.ts'

/** 4: the steps of the draw, made again on the visitor's own device. */
export function StepsPanel(props: DrawProps): JSX.Element {
  const [made, setMade] = createSignal<Recomputed | null>(null)
  const [problem, setProblem] = createSignal(false)
  const stand = () => {
    const isDrawn = props.page.committee !== null || isOfParameters(props.page)
    if (props.page.stage === 'seeded' || props.page.committee) return isDrawn ? 'done' : 'now'
    return 'todo'
  }
  const seed = () => props.page.rules?.seed ?? null
  function run(): void {
    setProblem(false)
    try {
      setMade(recompute(props.page))
    } catch (error) {
      console.error(error)
      setProblem(true)
    }
  }
  return (
    <Section
      id="draw-4"
      title={t('draw.four.title')}
      more={<StandTag stand={stand()} />}
      note={t('draw.four.note')}
      card
    >
      <Show when={seed()}>
        <Show when={props.page.stage === 'seeded' && !isOfParameters(props.page)}>
          <Notice>{t('draw.four.waits')}</Notice>
        </Show>
        <Row>
          <Button kind="primary" onPress={run}>
            {t('draw.four.recompute')}
          </Button>
          <span class="yg-note">{t('draw.four.local')}</span>
        </Row>
        <Show when={problem()}>
          <Notice tone="danger" live="assertive">
            {t('draw.four.failed')}
          </Notice>
        </Show>
        <Show when={made()}>
          {(one) => (
            <Stack>
              <Verdict {...props} made={one()} />
              <For each={one().parameters}>
                {(parameter) => (
                  <Notice tone="ok">
                    {t('draw.four.parameter', {
                      name: t(
                        parameter.name === 'k' ? 'draw.parameter.k' : 'draw.parameter.method',
                      ),
                      value: parameter.value,
                      index: parameter.taken.result + 1,
                      count: parameter.list.length,
                    })}
                  </Notice>
                )}
              </For>
              <For each={one().strata}>
                {(stratum) => <Stratum stratum={stratum} seed={seed() ?? ''} />}
              </For>
            </Stack>
          )}
        </Show>
      </Show>
    </Section>
  )
}

/** 一致, or the first step that differs. */
function Verdict(props: DrawProps & { made: Recomputed }): JSX.Element {
  const first = () => props.made.checks.find((c) => c.result === 'differs')
  const count = (result: Check['result']) =>
    props.made.checks.filter((c) => c.result === result).length
  const name = (check: Check) =>
    t(`draw.check.${check.step}`, {
      of: check.step === 'nonce' ? partyName(props.trade, check.of) : check.of,
    })
  return (
    <>
      <Show
        when={first()}
        fallback={
          <Notice tone="ok" title={t('draw.four.same')} live="polite">
            {t('draw.four.counts', { same: count('same'), cannot: count('cannot') })}
          </Notice>
        }
      >
        {(check) => (
          <Notice
            tone="danger"
            title={t('draw.four.differs', { step: name(check()) })}
            live="assertive"
          >
            <p>{t('draw.four.expected', { text: check().expected })}</p>
            <p>{t('draw.four.found', { text: check().found })}</p>
          </Notice>
        )}
      </Show>
      <DataTable
        caption={t('draw.four.checks')}
        rows={props.made.checks}
        columns={[
          { id: 'step', head: t('draw.four.step'), cell: name },
          {
            id: 'result',
            head: t('draw.four.result'),
            cell: (check) => (
              <Tag
                tone={
                  check.result === 'same' ? 'ok' : check.result === 'differs' ? 'danger' : undefined
                }
              >
                {t(`draw.four.is.${check.result}`)}
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
    await navigator.clipboard.writeText(command())
    toast(t('draw.four.copied'))
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
      title={t('draw.four.stratum', { key: stratumName(props.stratum.stratum) })}
      note={t('draw.four.seats', { count: props.stratum.selected.length })}
      open
    >
      <DataTable
        caption={t('draw.four.walk')}
        hideCaption
        rows={rows()}
        columns={[
          { id: 'id', head: t('draw.four.expert'), cell: (row) => row.id },
          { id: 'place', head: t('draw.four.place'), align: 'end', cell: (row) => row.place },
          {
            id: 'result',
            head: t('draw.four.result'),
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
                {t(`draw.walk.${row.result}`)}
              </Tag>
            ),
          },
        ]}
      />
      <Fold title={t('draw.four.numbers')}>
        <p class="yg-note">{t('draw.four.numbersNote', { label: props.stratum.label })}</p>
        <DataTable
          caption={t('draw.four.numbers')}
          hideCaption
          rows={props.stratum.swaps}
          empty={<Empty title={t('draw.four.noSwaps')} />}
          columns={[
            { id: 'at', head: t('draw.four.at'), cell: (s) => s.place + 1 },
            { id: 'with', head: t('draw.four.with'), align: 'end', cell: (s) => s.result + 1 },
            {
              id: 'block',
              head: t('draw.four.block'),
              align: 'end',
              cell: (s) => `${s.block} : ${s.offset}`,
            },
            { id: 'x', head: t('draw.four.x'), align: 'end', cell: (s) => s.x },
          ]}
        />
        <Row>
          <Button small onPress={() => void copy()}>
            {t('draw.four.copy')}
          </Button>
        </Row>
        <pre class="yg-act-text" tabindex="0">
          {command()}
        </pre>
      </Fold>
    </Fold>
  )
}
