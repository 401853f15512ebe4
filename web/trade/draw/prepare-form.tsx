import { createSignal, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { FieldRows, Row } from '../../kit/layout.tsx'
import { RegionField } from '../../kit/region-field.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import { type DrawProps, isOfParameters } from './draw-props.ts'

interface Line {
  readonly specialty: string
  readonly region: string
  readonly count: string
}
const empty: Line = { specialty: '', region: '', count: '4' }

/** How many experts of which kind; the law's least and its odd number are the server's to check. */
export function PrepareForm(props: DrawProps): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const isAgain = () => props.page.stage === 'preparing'
  return (
    <Fold
      title={t(isAgain() ? 'drawing.prepare.again' : 'drawing.prepare.title')}
      open={!isAgain()}
    >
      <Show
        when={!isOfParameters(props.page)}
        fallback={
          <>
            <p class="yg-note">{t('drawing.prepare.parameters')}</p>
            <Row>
              <Button
                pending={acting.busy() !== null}
                onPress={() =>
                  void acting.run('parameters', () =>
                    post(`/api/projects/${props.trade.id}/parameter-draw`, {}, { key: newKey() }),
                  )
                }
              >
                {t('drawing.prepare.send')}
              </Button>
            </Row>
          </>
        }
      >
        <Strata {...props} acting={acting} />
      </Show>
      <RefusalNote text={acting.problem()} />
    </Fold>
  )
}

function Strata(props: DrawProps & { acting: ReturnType<typeof useAct> }): JSX.Element {
  const region = () => props.trade.document?.region ?? ''
  const [lines, setLines] = createStore<Line[]>([{ ...empty, region: region() }])
  const [representatives, setRepresentatives] = createSignal('1')
  const [perEmployer, setPerEmployer] = createSignal('1')
  const [minutes, setMinutes] = createSignal('30')
  const change = (at: number, part: Partial<Line>) => setLines(at, part)
  const number = (text: string) => Number.parseInt(text, 10) || 0
  const send = () =>
    props.acting.run('prepare', () =>
      post(
        `/api/lots/${props.page.lot}/draw`,
        {
          strata: lines.map((line) => ({
            specialty: line.specialty.trim() || null,
            region: line.region.trim() || null,
            count: number(line.count),
          })),
          representatives: number(representatives()),
          perEmployer: number(perEmployer()),
          answerMinutes: number(minutes()),
        },
        { key: newKey() },
      ),
    )
  return (
    <>
      <p class="yg-note">{t('drawing.prepare.pool')}</p>
      <FieldRows
        items={lines}
        row={(line, i) => (
          <>
            <RegionField
              label={t('draw.one.region')}
              name={`stratum-region-${i()}`}
              hint={t('drawing.prepare.regionHint')}
              width="short"
              value={line.region}
              onInput={(value) => change(i(), { region: value })}
            />
            <Field
              label={t('draw.one.specialty')}
              name={`stratum-specialty-${i()}`}
              hint={t('drawing.prepare.specialtyHint')}
              width="short"
              maxLength={20}
              value={line.specialty}
              onInput={(value) => change(i(), { specialty: value })}
            />
            <Field
              label={t('draw.one.count')}
              name={`stratum-count-${i()}`}
              hint={t('drawing.prepare.countHint')}
              width="short"
              numeric
              value={line.count}
              onInput={(value) => change(i(), { count: value })}
            />
          </>
        )}
        actions={(_, i) => (
          <Show when={lines.length > 1}>
            <Button
              small
              kind="plain"
              onPress={() => setLines((all) => all.filter((_line, at) => at !== i()))}
            >
              {t('drawing.prepare.remove')}
            </Button>
          </Show>
        )}
        add={
          <Button small onPress={() => setLines((all) => [...all, { ...empty, count: '1' }])}>
            {t('drawing.prepare.add')}
          </Button>
        }
      />
      <Row>
        <Field
          label={t('draw.one.representatives')}
          name="draw-representatives"
          width="short"
          numeric
          hint={t('drawing.prepare.representativesHint')}
          value={representatives()}
          onInput={setRepresentatives}
        />
        <Field
          label={t('draw.one.perEmployer')}
          name="draw-per-employer"
          width="short"
          numeric
          hint={t('drawing.prepare.perEmployerHint')}
          value={perEmployer()}
          onInput={setPerEmployer}
        />
        <Field
          label={t('draw.one.answer')}
          name="draw-answer-minutes"
          width="short"
          numeric
          hint={t('drawing.prepare.answerHint')}
          value={minutes()}
          onInput={setMinutes}
        />
      </Row>
      <Row>
        <Button pending={props.acting.busy() !== null} onPress={() => void send()}>
          {t('drawing.prepare.send')}
        </Button>
      </Row>
    </>
  )
}
