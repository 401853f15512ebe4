import { createSignal, type JSX, Show } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { lotSubject } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { useDraftText } from '../use-draft-text.ts'
import type { ObjectionPage } from './award-answers.ts'
import type { ObjectionProps } from './objections.tsx'

type About = 'document' | 'opening' | 'result'
const abouts: readonly About[] = ['result', 'opening', 'document']

/** One's own objection or challenge, signed; what can't be objected to any more says since when. */
export function ObjectionForm(
  props: ObjectionProps & { until: ObjectionPage['until'] },
): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const isTender = () => props.page.regime === 'tender'
  const isOpen = (about: About) => {
    const at = props.until[about]
    return at !== null && now() < Date.parse(at)
  }
  const correcting = () => props.objections()?.items.find((one) => one.stage === 'correcting')
  const [about, setAbout] = createSignal<About | null>(abouts.find(isOpen) ?? null)
  const facts = useDraftText(() => `objection ${props.page.lot} facts`)
  const request = useDraftText(() => `objection ${props.page.lot} request`)
  const law = useDraftText(() => `objection ${props.page.lot} law`)
  const acting = useAct(async () => {
    facts.clear()
    request.clear()
    law.clear()
    await props.objections.refresh()
  })
  const hint = (about: About) => {
    const at = props.until[about]
    if (at === null) return t('awarding.object.notOpen')
    return t(isOpen(about) ? 'awarding.object.openUntil' : 'awarding.object.closedAt', {
      time: limit(at),
    })
  }

  async function file(): Promise<void> {
    const subject = about()
    if (!subject) return acting.setProblem(t('awarding.object.aboutFirst'))
    if (!facts.text().trim() || !request.text().trim())
      return acting.setProblem(t('awarding.object.empty'))
    await acting.run('file', (intent) =>
      signAndSend(
        'file-objection',
        {
          subject: lotSubject(props.trade, props.page.lot),
          id: correcting()?.id ?? `o-${intent.slice(0, 16)}`,
          kind: isTender() ? 'objection' : 'challenge',
          about: subject,
          facts: facts.text().trim(),
          request: request.text().trim(),
          law: law.text().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) => post(`/api/lots/${props.page.lot}/objections`, body, { key }),
      ),
    )
  }

  return (
    <Section title={t(isTender() ? 'awarding.object.fileTender' : 'awarding.object.fileGp')} card>
      <Show
        when={abouts.some(isOpen)}
        fallback={
          <Notice tone="warn">
            {t(isTender() ? 'awarding.object.lateTender' : 'awarding.object.lateGp')}
          </Notice>
        }
      >
        <Radio
          label={t('awarding.object.about')}
          name="objection-about"
          value={about()}
          options={abouts.map((value) => ({
            value,
            text: t(`awarding.about.${value}`),
            hint: hint(value),
            isOff: !isOpen(value),
          }))}
          onValue={setAbout}
        />
        <Field
          label={t('awarding.object.facts')}
          name="objection-facts"
          hint={t('awarding.object.factsHint')}
          lines={6}
          maxLength={20_000}
          value={facts.text()}
          onInput={facts.setText}
        />
        <Field
          label={t('awarding.object.request')}
          name="objection-request"
          lines={2}
          maxLength={2000}
          value={request.text()}
          onInput={request.setText}
        />
        <Field
          label={t('awarding.object.law')}
          name="objection-law"
          optional
          maxLength={2000}
          value={law.text()}
          onInput={law.setText}
        />
        <RefusalNote text={acting.problem()} />
        <p class="yg-note">{t('awarding.object.kept')}</p>
        <Row>
          <Button kind="primary" pending={acting.busy() !== null} onPress={() => void file()}>
            {t(isTender() ? 'awarding.object.sendTender' : 'awarding.object.sendGp')}
          </Button>
        </Row>
      </Show>
    </Section>
  )
}
