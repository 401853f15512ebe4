import { createSignal, type JSX } from 'solid-js'
import { b64u } from '../../server/formats/bytes.ts'
import { canonicalBytes, type Json } from '../../server/formats/jcs.ts'
import { sha256 } from '../../server/formats/sha256.ts'
import type { TenderDocument } from '../../server/tendering/project/document.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Radio } from '../kit/choice.tsx'
import { Field } from '../kit/field.tsx'
import { Row } from '../kit/layout.tsx'
import type { StoredFile } from '../shell/answers.ts'
import { post } from '../shell/api.ts'
import { signAndSend } from '../shell/signer.ts'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'
import { useDraftText } from './use-draft-text.ts'

interface AmendmentFormProps {
  readonly project: string
  /** The document in force: the act names its title. */
  readonly inForce: TenderDocument | null
  /** The whole document as it would be; absent: an amendment in words alone. */
  readonly whole?: { readonly document: TenderDocument; readonly files: readonly StoredFile[] }
  /** Why it cannot be proposed now, or null. */
  readonly off?: string | null
  readonly verb: string
  readonly isPrimary?: boolean
  readonly onDone: () => Promise<void>
  readonly children?: JSX.Element
}

/** What is changed, in words; whether it bears on bids; the act that proposes it. */
export function AmendmentForm(props: AmendmentFormProps): JSX.Element {
  const words = useDraftText(() => `amendment ${props.project}${props.whole ? ' whole' : ''}`)
  const [affects, setAffects] = createSignal<'yes' | 'no'>('yes')
  const acting = useAct(async () => {
    words.clear()
    await props.onDone()
  })
  function propose(): Promise<boolean> | undefined {
    const text = words.text().trim()
    const { inForce, whole, project } = props
    if (text === '' || !inForce) return void acting.setProblem(t('proposal.new.changeFirst'))
    const material = {
      document: whole?.document ?? null,
      files:
        whole?.files.map(({ name, sha256, bytes, mediaType }) => ({
          ...{ name, sha256, bytes, mediaType },
        })) ?? null,
    }
    const own = {
      subject: subjectOf(inForce),
      text,
      documentSha256: whole
        ? b64u(sha256(canonicalBytes(whole.document as unknown as Json)))
        : null,
      affectsBids: affects() === 'yes',
    }
    return acting.run('propose', (intent) =>
      signAndSend(
        'propose-amendment',
        { ...own, id: `p-${intent.slice(0, 16)}` },
        { tender: project },
        (body, key) =>
          post(
            `/api/projects/${project}/amendment-proposals`,
            { ...body, with: material },
            { key },
          ),
      ),
    )
  }
  return (
    <>
      <Field
        label={t('proposal.change')}
        hint={t('proposal.new.changeHint')}
        name="amendment"
        lines={5}
        maxLength={20_000}
        value={words.text()}
        error={acting.problem()}
        onInput={words.setText}
      />
      <Radio
        label={t('questions.bears')}
        name="amendment-affects"
        value={affects()}
        options={[
          { value: 'yes', text: t('proposal.new.affects') },
          { value: 'no', text: t('proposal.new.affectsNot') },
        ]}
        onValue={setAffects}
      />
      <Row>
        <Button
          kind={props.isPrimary ? 'primary' : undefined}
          pending={acting.busy() !== null}
          off={props.off ?? null}
          onPress={() => void propose()}
        >
          {props.verb}
        </Button>
        {props.children}
      </Row>
    </>
  )
}
