import { createSignal, type JSX, Show } from 'solid-js'
import type { JsonObject } from '../../../server/formats/jcs.ts'
import { parseVkey } from '../../../server/log/note.ts'
import { size, timeExact } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { CheckList } from '../../kit/check-list.tsx'
import { Receipt } from '../../kit/proof.tsx'
import { getBytes } from '../../shell/api.ts'
import { printPage, usePrintout } from '../../shell/print.ts'
import { saveJson } from '../../shell/save-file.ts'
import { checkStatement, type StatementChecks } from '../../verify/statement.ts'
import { useAct } from '../use-act.ts'
import type { Statement } from './sign-step.tsx'

/** What the platform confirmed, with its proof checked here. */
export function ReceiptCard(props: {
  title: string
  lot: string
  receipt: Statement
  actions?: JSX.Element
}): JSX.Element {
  const [checks, setChecks] = createSignal<StatementChecks | null>(null)
  const acting = useAct()
  usePrintout(() => ({
    name: t('bid.receipt.digest'),
    digest: String(props.receipt.actDigest),
    proof: '/verify',
  }))
  const event = () => props.receipt.event as { type: string; data: { revision?: number } }
  const blobs = () => props.receipt.blobs as readonly { bytes: number }[]
  const check = () =>
    acting.run('check', async () => {
      const { receipt } = props
      const vkey = new TextDecoder().decode(await getBytes('/log/vkey'))
      setChecks(checkStatement(receipt as JsonObject, [{ vkey: parseVkey(vkey.trim()) }]))
    })
  void check()
  return (
    <Receipt
      title={props.title}
      number={String(props.receipt.actDigest)}
      at={String(props.receipt.receivedAt)}
      rows={[
        { name: t('bid.receipt.lot'), value: props.lot },
        {
          name: t('bid.receipt.deadline'),
          value: timeExact(String(props.receipt.deadline)),
        },
        {
          name: t('bid.receipt.sealed'),
          value: t('bid.receipt.sealedOf', {
            count: blobs().length,
            size: size(blobs().reduce((sum, blob) => sum + blob.bytes, 0)),
          }),
        },
        {
          name: t('bid.receipt.place'),
          value: (
            <Show when={checks()?.place} fallback={t('bid.receipt.placeUnknown')}>
              {(place) => (
                <>{t('bid.receipt.placeOf', { index: place().index + 1, size: place().size })}</>
              )}
            </Show>
          ),
        },
        {
          name: t('bid.receipt.checked'),
          value: (
            <Show when={checks()} fallback={acting.problem() ?? t('bid.receipt.placeUnknown')}>
              {(one) => <Checks checks={one()} />}
            </Show>
          ),
        },
      ]}
      actions={
        <>
          <Button
            kind="primary"
            onPress={() => saveJson(nameOf(props.lot, event()), props.receipt)}
          >
            {t('bid.receipt.save')}
          </Button>
          <Button pending={acting.busy() !== null} onPress={() => void check()}>
            {t('bid.receipt.verify')}
          </Button>
          <Button onPress={() => void printPage()}>{t('shell.foot.print')}</Button>
          {props.actions}
        </>
      }
    />
  )
}

const nameOf = (lot: string, { type, data }: { type: string; data: { revision?: number } }) =>
  `${t('bid.receipt.file')}-${lot}-${type}${data.revision ? `-${data.revision}` : ''}.json`

/** The three things that a receipt proves. */
export function Checks(props: { checks: StatementChecks }): JSX.Element {
  const proof = () => props.checks.proof
  return (
    <CheckList
      label={t('bid.receipt.verify')}
      rows={[
        {
          id: 'signature',
          text: t('bid.receipt.signature'),
          state: props.checks.isSigned ? 'good' : 'bad',
        },
        {
          id: 'act',
          text: t('bid.receipt.act'),
          state: props.checks.isOfAct === null ? 'todo' : props.checks.isOfAct ? 'good' : 'bad',
        },
        {
          id: 'log',
          text: t('bid.receipt.log'),
          state: proof() === null ? 'todo' : proof()?.length === 0 ? 'good' : 'bad',
          note: proof()?.length ? proof()?.join(', ') : undefined,
        },
      ]}
    />
  )
}
