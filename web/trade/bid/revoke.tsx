import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import { keepFocus } from '../../shell/keep-focus.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { maySign } from '../may-sign.ts'
import { ReasonField, useReason } from '../reason-field.tsx'
import { lotSubject } from '../subject.ts'
import { useAct } from '../use-act.ts'

/**
 * 撤销: after the deadline a bid is not withdrawn 撤回 but revoked, and its bond is at risk. It can't
 * be taken back: so it stays folded, and is asked once more before it is signed.
 * @source 招标投标法实施条例 art. 35; 财政部令第87号 art. 23 ○
 */
export function Revoke(props: {
  trade: TradePage
  lot: string
  done: () => Promise<void>
}): JSX.Element {
  const [isAsked, setAsked] = createSignal(false)
  const reason = useReason('revoke-reason', () => `${props.lot} ${viewer()?.party}`)
  const acting = useAct(() => {
    reason.clear()
    return props.done()
  })
  const regime = () => props.trade.regime ?? 'governmentProcurement'
  const revoke = (why: string) =>
    acting.run('revoke', () =>
      signAndSend(
        'revoke-bid',
        { subject: lotSubject(props.trade, props.lot), reason: why },
        { tender: props.trade.id, lot: props.lot, verb: t('ending.revoke.sign') },
        (body, key) => post(`/api/lots/${props.lot}/bid-revocations`, body, { key }),
      ),
    )
  function stay(): void {
    const goOn = keepFocus()
    setAsked(false)
    goOn()
  }
  return (
    <Fold title={t('ending.revoke.title')}>
      <p>{t('ending.revoke.note')}</p>
      <p>{t(`ending.revoke.bond.${regime()}`)}</p>
      <ReasonField
        reason={reason}
        label={t('ending.revoke.reason')}
        hint={t('ending.revoke.reasonHint')}
        missed={t('ending.revoke.reasonFirst')}
      />
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="danger"
          off={maySign() ? null : t('ending.signersOnly')}
          onPress={() => setAsked(reason.given() !== null)}
        >
          {t('ending.revoke.title')}
        </Button>
      </Row>
      <Show when={isAsked()}>
        <Notice tone="warn" live="polite">
          <p>{t('ending.revoke.sure')}</p>
          <Row>
            <Button
              kind="danger"
              pending={acting.busy() !== null}
              onPress={() => {
                const why = reason.given()
                if (why) void revoke(why)
              }}
            >
              {t('ending.revoke.sign')}
            </Button>
            <Button onPress={stay}>{t('ending.revoke.stay')}</Button>
          </Row>
        </Notice>
      </Show>
    </Fold>
  )
}
