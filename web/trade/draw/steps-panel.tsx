import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { RecomputedSteps } from './draw-later.ts'
import { type DrawProps, isOfParameters } from './draw-props.ts'
import { StandTag } from './nonce-panel.tsx'

/** 4: the steps of the draw, made again on the visitor's own device. */
export function StepsPanel(props: DrawProps): JSX.Element {
  const [runs, setRuns] = createSignal(0)
  const stand = () => {
    const isDrawn = props.page.committee !== null || isOfParameters(props.page)
    if (props.page.stage === 'seeded' || props.page.committee) return isDrawn ? 'done' : 'now'
    return 'todo'
  }
  const seed = () => props.page.rules?.seed ?? null
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
          <Button kind="primary" onPress={() => setRuns((count) => count + 1)}>
            {t('draw.four.recompute')}
          </Button>
          <span class="yg-note">{t('draw.four.local')}</span>
        </Row>
        {/* Keyed: each press makes them anew, of what is known by then. */}
        <Show when={runs()} keyed>
          {(_run) => <RecomputedSteps {...props} seed={seed() ?? ''} />}
        </Show>
      </Show>
    </Section>
  )
}
