import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Select } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Stack } from '../../kit/layout.tsx'
import { Page } from '../../kit/page.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { get, newKey, post } from '../../shell/api.ts'
import { serverNowMs } from '../../shell/clock.ts'
import { createLive } from '../../shell/create-live.ts'
import { useAct } from '../use-act.ts'

interface PartyRow {
  readonly id: string
  readonly name: string
}
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A number of the platform's form: the day and six letters drawn here, so that a retry is the same. */
function newProjectId(): string {
  const day = new Date(serverNowMs() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  const drawn = crypto.getRandomValues(new Uint8Array(6))
  return `YG-${day}-${[...drawn].map((b) => letters[b % letters.length]).join('')}`
}

/** An agency creates a project under its mandate. */
export default function NewPage(): JSX.Element {
  const navigate = useNavigate()
  const parties = (role: string) =>
    createLive(() => get<{ items: readonly PartyRow[] }>(`/api/parties?role=${role}`))
  const purchasers = parties('purchaser')
  const centres = parties('tradingCentre')
  const [purchaser, setPurchaser] = createSignal('')
  const [centre, setCentre] = createSignal('')
  const [mandate, setMandate] = createSignal('')
  const [approval, setApproval] = createSignal('')
  const id = newProjectId()
  const key = newKey()
  const acting = useAct(() => navigate(`/t/${id}/edit`))
  const options = (rows: readonly PartyRow[] | undefined) => [
    { value: '', text: t('edit.new.choose') },
    ...(rows ?? []).map((one) => ({ value: one.id, text: one.name })),
  ]
  const create = () =>
    acting.run('create', () =>
      post(
        '/api/projects',
        {
          id,
          purchaser: purchaser(),
          tradingCentre: centre() || (centres()?.items[0]?.id ?? ''),
          mandate: mandate(),
          approvalNumber: approval() || null,
        },
        { key },
      ),
    )
  return (
    <Page title={t('edit.new.title')} lead={t('edit.new.lead')}>
      <Stack>
        <RefusalNote text={acting.problem()} />
        <Select
          name="purchaser"
          label={t('edit.new.purchaser')}
          value={purchaser()}
          options={options(purchasers()?.items)}
          onValue={setPurchaser}
        />
        <Select
          name="centre"
          label={t('edit.new.centre')}
          value={centre()}
          options={options(centres()?.items)}
          onValue={setCentre}
        />
        <Field
          name="mandate"
          label={t('edit.new.mandate')}
          value={mandate()}
          onInput={setMandate}
          maxLength={200}
        />
        <Field
          name="approval"
          label={t('edit.new.approval')}
          value={approval()}
          onInput={setApproval}
          maxLength={200}
        />
        <div>
          <Button kind="primary" pending={acting.busy() !== null} onPress={() => void create()}>
            {t('edit.new.act')}
          </Button>
        </div>
      </Stack>
    </Page>
  )
}
