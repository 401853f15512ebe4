import { createSignal, Index, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { DrawProps } from './draw-props.ts'

/** The purchaser names its own representatives, each with a mandate letter. */
export function RepresentativesForm(props: DrawProps): JSX.Element {
  return (
    <Show when={props.page.rules?.representatives} keyed>
      {(wanted) => <Names {...props} wanted={wanted} />}
    </Show>
  )
}

function Names(props: DrawProps & { wanted: number }): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const named = () => props.page.named ?? []
  const [rows, setRows] = createSignal<readonly { id: string; mandate: string }[]>(
    Array.from({ length: props.wanted }, (_, i) => named()[i] ?? { id: '', mandate: '' }),
  )
  const change = (at: number, part: { id?: string; mandate?: string }) =>
    setRows((all) => all.map((row, i) => (i === at ? { ...row, ...part } : row)))
  async function send(): Promise<void> {
    const representatives = rows().map(({ id, mandate }) => ({
      id: id.trim(),
      mandate: mandate.trim(),
    }))
    if (representatives.some((r) => !r.id || !r.mandate))
      return acting.setProblem(t('drawing.named.empty'))
    await acting.run('name', () =>
      post(
        `/api/lots/${props.page.lot}/draw/representatives`,
        { representatives },
        { key: newKey() },
      ),
    )
  }
  return (
    <Fold
      title={t('drawing.named.title')}
      note={t(named().length === props.wanted ? 'drawing.named.done' : 'drawing.named.open', {
        count: props.wanted,
      })}
      open={named().length !== props.wanted}
    >
      <p class="yg-note">{t('drawing.named.note')}</p>
      <Index each={rows()}>
        {(row, i) => (
          <Row>
            <Field
              label={t('drawing.named.person')}
              name={`representative-${i}`}
              width="medium"
              value={row().id}
              onInput={(id) => change(i, { id })}
            />
            <Field
              label={t('drawing.named.mandate')}
              name={`mandate-${i}`}
              width="medium"
              value={row().mandate}
              onInput={(mandate) => change(i, { mandate })}
            />
          </Row>
        )}
      </Index>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button pending={acting.busy() !== null} onPress={() => void send()}>
          {t('drawing.named.send')}
        </Button>
      </Row>
    </Fold>
  )
}
