import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Row } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { createLoaded } from '../../shell/create-loaded.ts'
import { viewer } from '../../shell/session.ts'
import { useAct } from '../use-act.ts'
import { type DrawProps, isContributor } from './draw-props.ts'
import { keptNonce, makeNonce } from './nonces.ts'

/** A contributor's act of the present stage: commit a nonce, later reveal it. */
export function NonceAct(props: DrawProps): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const party = () => viewer()?.party ?? ''
  const own = () => props.page.rules?.nonces.find((n) => n.party === party())
  const base = () => `/api/lots/${props.page.lot}/draw`
  const mayCommit = () => props.page.stage === 'preparing' && !own()
  /** Digest of one's own nonce while it may be revealed. */
  const toReveal = () =>
    props.page.stage === 'revealing' && own()?.nonce === null ? own()?.nonceSha256 : undefined

  async function commit(): Promise<void> {
    const nonceSha256 = await makeNonce(props.page.lot, party())
    if (nonceSha256 === null) return acting.setProblem(t('drawing.nonce.notKept'))
    await acting.run('commit', () =>
      post(`${base()}/nonce-commitments`, { nonceSha256 }, { key: newKey() }),
    )
  }
  const reveal = (nonce: string) =>
    acting.run('reveal', () => post(`${base()}/nonces`, { nonce }, { key: newKey() }))

  return (
    <Show when={isContributor(props.trade)}>
      <Show when={mayCommit()}>
        <p class="yg-note">{t('drawing.nonce.commitNote')}</p>
        <Row>
          <Button pending={acting.busy() !== null} onPress={() => void commit()}>
            {t('drawing.nonce.commit')}
          </Button>
        </Row>
      </Show>
      <Show when={toReveal()} keyed>
        {(sha256) => (
          <Reveal
            read={() => keptNonce(props.page.lot, party(), sha256)}
            busy={acting.busy() !== null}
            onReveal={(nonce) => void reveal(nonce)}
          />
        )}
      </Show>
      <RefusalNote text={acting.problem()} />
    </Show>
  )
}

/** The nonce that this browser kept, or where else it has to be looked for. */
function Reveal(props: {
  read: () => Promise<string | null>
  busy: boolean
  onReveal: (nonce: string) => void
}): JSX.Element {
  const [kept] = createLoaded(async () => ({ nonce: await props.read().catch(() => null) }))
  return (
    <Show when={kept()}>
      {(found) => (
        <Show
          when={found().nonce}
          fallback={
            <Notice tone="warn" title={t('drawing.nonce.elsewhere')}>
              {t('drawing.nonce.elsewhereText')}
            </Notice>
          }
        >
          {(nonce) => (
            <Row>
              <Button kind="primary" pending={props.busy} onPress={() => props.onReveal(nonce())}>
                {t('drawing.nonce.reveal')}
              </Button>
            </Row>
          )}
        </Show>
      )}
    </Show>
  )
}
