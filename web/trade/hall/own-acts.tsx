import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { time, yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { Fold } from '../../kit/desk.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import { SecretFileForm } from '../../shell/key-file.tsx'
import { encryptionKeys, openOwnKeys } from '../../shell/keys.ts'
import { Problem } from '../../shell/problem.ts'
import { askSealer, sealCaller } from '../../shell/sealer.ts'
import { signAndSend } from '../../shell/signer.ts'
import type { Opener } from '../../workers/seal/messages.ts'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { type HallLot, type HallPage, mayAct, shownStage } from './hall-answer.ts'

interface OwnActProps {
  hall: HallPage
  lot: HallLot
  trade: TradePage
  now: () => number
  onDone: () => Promise<void>
}

/** What a listed bidder does now in a lot: decrypt, confirm, or wait. */
export function OwnActs(props: OwnActProps): JSX.Element {
  const mine = () => props.lot.rows.find((row) => row.party === props.hall.me.party)
  return (
    <Show when={mine()}>
      {(row) => (
        <Switch>
          <Match when={mayAct(props.hall, `releaseKey ${props.lot.lot}`)}>
            <Release {...props} />
          </Match>
          <Match when={mayAct(props.hall, `confirm ${props.lot.lot}`)}>
            <Confirm {...props} />
          </Match>
          <Match when={shownStage(props.hall) === 'decrypting' && row().releasedAt}>
            <NextAct
              kind="wait"
              title={t('hall.release.done')}
              clock={<Window hall={props.hall} now={props.now} />}
              text={<p>{t('hall.release.doneText', { time: time(row().releasedAt ?? '') })}</p>}
            />
          </Match>
          <Match when={row().confirmation === 'signed' && props.hall.stage !== 'closed'}>
            <NextAct kind="wait" title={t('hall.confirm.done')} />
          </Match>
        </Switch>
      )}
    </Show>
  )
}

export function Window(props: { hall: HallPage; now: () => number }): JSX.Element {
  return (
    <Show when={props.hall.windowEndsAt}>
      {(until) => <Countdown until={until()} now={props.now} atZero={t('hall.window.atZero')} />}
    </Show>
  )
}

const retryMs = 3000

/** 解密: the secret goes up once, is asked for again while the line is broken and the window runs. */
function Release(props: OwnActProps): JSX.Element {
  const [isRetrying, setRetrying] = createSignal(false)
  const [needsFile, setNeedsFile] = createSignal(false)
  const acting = useAct(props.onDone)
  const key = newKey()

  async function release(opener: Opener): Promise<void> {
    for (;;) {
      try {
        const caller = sealCaller()
        await askSealer({ call: 'release', lot: props.lot.lot, opener, caller, key })
        setRetrying(false)
        return
      } catch (error) {
        const isOver = props.now() >= Date.parse(props.hall.windowEndsAt ?? '')
        const mayRetry =
          error instanceof Problem && (error.slug === 'unreachable' || error.status >= 500)
        if (!mayRetry || isOver) {
          setRetrying(false)
          throw error
        }
        setRetrying(true)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }
  const byKey = () =>
    acting.run('release', async () => {
      try {
        if (!(await openOwnKeys())) {
          setNeedsFile(true)
          throw new Error(t('hall.release.noKey'))
        }
        const keys = (await encryptionKeys()).flatMap((one) => (one.key ? [one.key] : []))
        await release({ by: 'key', keys })
      } catch (error) {
        setNeedsFile(true)
        if (error instanceof Problem) throw error
        throw new Problem('no-key', 0, (error as Error).message)
      }
    })
  return (
    <NextAct
      kind="act"
      title={t('hall.release.title')}
      clock={<Window hall={props.hall} now={props.now} />}
      text={
        <>
          <p>{t('hall.release.text')}</p>
          <Show when={isRetrying()}>
            <Notice tone="warn" live="polite">
              {t('hall.release.retrying')}
            </Notice>
          </Show>
          <Show when={acting.problem()}>
            <Notice tone="danger" live="assertive">
              {acting.problem()}
            </Notice>
          </Show>
          <Fold title={t('hall.release.byFile')} open={needsFile()}>
            <SecretFileForm
              label={t('seal.keep.file')}
              choose={t('hall.release.chooseFile')}
              hint={t('hall.release.fileHint')}
              accept=".ygkeep"
              passPhraseLabel={t('seal.keep.passPhrase')}
              verb={t('hall.release.byFileVerb')}
              name="release-pass-phrase"
              onOpen={async (file, passPhrase) => {
                const bytes = new Uint8Array(await file.arrayBuffer())
                await release({ by: 'file', bytes, passPhrase })
                await props.onDone()
              }}
            />
          </Fold>
        </>
      }
      act={
        <Button kind="primary" pending={acting.busy() !== null} onPress={() => void byKey()}>
          {t('hall.release.verb')}
        </Button>
      }
    />
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
        { tender: props.hall.project, lot, verb: t('hall.confirm.verb') },
        (body, key) => post<unknown>(`/api/lots/${lot}/row-confirmations`, body, { key }),
      )
    })
  return (
    <NextAct
      kind="act"
      title={t('hall.confirm.title', { lot: pick(props.lot.title) })}
      clock={<Window hall={props.hall} now={props.now} />}
      text={
        <>
          <p>
            {fen() === null
              ? t('hall.confirm.notOpened')
              : t('hall.confirm.price', {
                  amount: yuan(fen() ?? 0),
                  words: toWords(fen() ?? 0),
                })}
          </p>
          <p class="yg-note">{t('hall.confirm.silence')}</p>
          <Show when={acting.problem()}>
            <Notice tone="danger" live="assertive">
              {acting.problem()}
            </Notice>
          </Show>
        </>
      }
      act={
        <Button
          kind="primary"
          pending={acting.busy() !== null}
          off={props.trade.document ? null : t('hall.confirm.documentFirst')}
          onPress={() => void confirm()}
        >
          {t('hall.confirm.verb')}
        </Button>
      }
    />
  )
}
