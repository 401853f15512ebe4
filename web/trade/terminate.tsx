import { createSignal, type JSX, Show } from 'solid-js'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Select } from '../kit/choice.tsx'
import { Fold } from '../kit/desk.tsx'
import { fieldId } from '../kit/field.tsx'
import { Facts, Row } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import type { TradeLot, TradePage } from '../shell/answers.ts'
import { post } from '../shell/api.ts'
import { signAndSend } from '../shell/signer.ts'
import { mayTerminate } from './lot-state.ts'
import { maySign } from './may-sign.ts'
import { ReasonField, useReason } from './reason-field.tsx'
import { lotSubject } from './subject.ts'
import { useAct } from './use-act.ts'

interface TerminateProps {
  readonly trade: TradePage
  readonly done: () => Promise<void>
}

/**
 * 终止: the purchaser ends a lot that has no award yet. It can't be taken back: so it stays folded,
 * and of several lots none is chosen beforehand.
 * @source 招标投标法实施条例 art. 31; 财政部令第87号 art. 29 ○
 */
export function Terminate(props: TerminateProps): JSX.Element {
  const regime = () => props.trade.regime ?? 'governmentProcurement'
  return (
    <Fold title={t(`ending.terminate.${regime()}`)}>
      <p>{t(`ending.terminate.when.${regime()}`)}</p>
      <Facts
        rows={[
          { name: t('ending.terminate.bids'), value: t('ending.terminate.bidsText') },
          { name: t('ending.terminate.money'), value: t(`ending.terminate.money.${regime()}`) },
          { name: t('ending.terminate.told'), value: t('ending.terminate.toldText') },
          { name: t('ending.terminate.final'), value: t('ending.terminate.finalText') },
        ]}
      />
      <TerminateForm {...props} />
    </Fold>
  )
}

const lotField = 'terminate-lot'

function TerminateForm(props: TerminateProps): JSX.Element {
  const [chosen, setChosen] = createSignal('')
  const [isLotMissed, setLotMissed] = createSignal(false)
  const reason = useReason('terminate-reason', () => props.trade.id)
  // Of the next lot none of it is true.
  const acting = useAct(() => {
    reason.clear()
    setChosen('')
    return props.done()
  })
  const lots = () => props.trade.lots.filter(mayTerminate)
  const asks = () => lots().length > 1 || chosen() !== ''
  // What was chosen may have gone on meanwhile: the one that is left does not take its place.
  const lot = () => (asks() ? lots().find(({ id }) => id === chosen()) : lots()[0])
  async function act(): Promise<void> {
    const one = lot()
    const why = reason.given()
    setLotMissed(!one)
    if (!one) document.getElementById(fieldId(lotField))?.focus()
    if (one && why) await acting.run('terminate', () => terminate(props.trade, one, why))
  }
  return (
    <>
      <Show
        when={asks()}
        fallback={
          <Show when={props.trade.lots.length > 1 && lot()}>
            {(one) => <p>{t('ending.terminate.only', { lot: pick(one().terms.title) })}</p>}
          </Show>
        }
      >
        <Select
          label={t('ending.terminate.lot')}
          name={lotField}
          hint={t('ending.terminate.lotHint')}
          value={chosen()}
          error={isLotMissed() ? t('ending.terminate.lotFirst') : null}
          options={[
            { value: '', text: t('ending.terminate.choose') },
            ...lots().map(({ id, terms }) => ({ value: id, text: pick(terms.title) })),
          ]}
          onValue={(id) => {
            setChosen(id)
            setLotMissed(false)
          }}
        />
      </Show>
      <ReasonField
        reason={reason}
        label={t('ending.terminate.reason')}
        hint={t('ending.terminate.reasonHint')}
        missed={t('ending.terminate.reasonFirst')}
      />
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="danger"
          off={maySign() ? null : t('ending.signersOnly')}
          pending={acting.busy() !== null}
          onPress={() => void act()}
        >
          {t('ending.terminate.sign')}
        </Button>
      </Row>
    </>
  )
}

const terminate = (trade: TradePage, { id }: TradeLot, reason: string) =>
  signAndSend(
    'terminate-lot',
    { subject: lotSubject(trade, id), reason },
    { tender: trade.id, lot: id, verb: t('ending.terminate.verb') },
    (body, key) => post(`/api/lots/${id}/termination`, body, { key }),
  )
