import { type JSX, Match, Show, Switch } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { time, yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { type HallLot, type HallPage, mayAct, shownStage } from './hall-answer.ts'
import { Release } from './release.tsx'
import { Window } from './window.tsx'

export interface OwnActProps {
  hall: HallPage
  lot: HallLot
  trade: TradePage
  now: () => number
  onDone: () => Promise<void>
}

/** What a listed bidder does now in a lot: decrypt, confirm, or wait. */
export function OwnActs(props: OwnActProps): JSX.Element {
  const mine = () => props.lot.rows.find((row) => row.party === props.hall.me.party)
  const isRevoked = () =>
    props.hall.me.lots.some(({ lot, stage }) => lot === props.lot.lot && stage === 'revoked')
  return (
    <Show when={mine()}>
      {(row) => (
        <Switch>
          {/* Its key would open nothing: the row says that it was revoked. */}
          <Match when={isRevoked() && row().outcome === null}>
            <NextAct
              kind="wait"
              title={t('attending.release.revoked')}
              text={<p>{t('attending.release.revokedText')}</p>}
            />
          </Match>
          <Match when={mayAct(props.hall, `releaseKey ${props.lot.lot}`)}>
            <Release {...props} />
          </Match>
          <Match when={mayAct(props.hall, `confirm ${props.lot.lot}`)}>
            <Confirm {...props} />
          </Match>
          <Match when={shownStage(props.hall) === 'decrypting' && row().releasedAt}>
            <NextAct
              kind="wait"
              title={t('attending.release.done')}
              clock={<Window hall={props.hall} now={props.now} />}
              text={
                <p>{t('attending.release.doneText', { time: time(row().releasedAt ?? '') })}</p>
              }
            />
          </Match>
          <Match when={row().confirmation === 'signed' && props.hall.stage !== 'closed'}>
            <NextAct kind="wait" title={t('attending.confirm.done')} />
          </Match>
        </Switch>
      )}
    </Show>
  )
}

function Confirm(props: OwnActProps): JSX.Element {
  const acting = useAct(props.onDone)
  const row = () => props.lot.rows.find((one) => one.party === props.hall.me.party)
  const fen = () => (row()?.outcome === 'opened' ? (row()?.priceFen ?? null) : null)
  const confirm = () =>
    acting.run('confirm', async () => {
      const { document } = props.trade
      if (!document) return null
      const { lot } = props.lot
      const subject = subjectOf(document, Number(lot.split('-').pop()) - 1)
      return signAndSend(
        'confirm-row',
        { subject, opened: row()?.outcome === 'opened', priceFen: fen() },
        { tender: props.hall.project, lot, verb: t('attending.confirm.verb') },
        (body, key) => post<unknown>(`/api/lots/${lot}/row-confirmations`, body, { key }),
      )
    })
  return (
    <NextAct
      kind="act"
      title={t('attending.confirm.title', { lot: pick(props.lot.title) })}
      clock={<Window hall={props.hall} now={props.now} />}
      text={
        <>
          <p>
            {fen() === null
              ? t('attending.confirm.notOpened')
              : t('attending.confirm.price', {
                  amount: yuan(fen() ?? 0),
                  words: toWords(fen() ?? 0),
                })}
          </p>
          <p class="yg-note">{t('attending.confirm.silence')}</p>
          <RefusalNote text={acting.problem()} />
        </>
      }
      act={
        <Button
          kind="primary"
          pending={acting.busy() !== null}
          off={props.trade.document ? null : t('attending.confirm.documentFirst')}
          onPress={() => void confirm()}
        >
          {t('attending.confirm.verb')}
        </Button>
      }
    />
  )
}
