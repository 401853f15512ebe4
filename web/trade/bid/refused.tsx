import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { timeExact } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Notice } from '../../kit/status.tsx'
import type { Problem } from '../../shell/problem.ts'
import { type KeptRefusal, keptRefusals, putAwayRefusals } from '../../shell/refusals.ts'
import { saveJson } from '../../shell/save-file.ts'
import { viewer } from '../../shell/session.ts'
import type { Statement } from './sign-step.tsx'

/** A refused submission: the words, and the signed note that proves it, where one was given. */
type Refusal = Pick<KeptRefusal, 'message'> & { readonly note: Statement | null }

/** The last refusal in a lot; its note is kept on this device, and shown until it is put away. */
export function useRefusal(lot: () => string) {
  const [kept, setKept] = createSignal<Refusal | null>(null)
  const path = () => `/api/lots/${lot()}/bid`
  createEffect(
    on(
      () => [path(), viewer()?.party],
      async () => {
        const last = (await keptRefusals()).find((one) => one.path === path())
        setKept(last && !last.isPutAway ? last : null)
      },
    ),
  )
  return {
    kept,
    keep: ({ message, refusal }: Problem) => setKept({ message, note: refusal }),
    drop: () => {
      setKept(null)
      void putAwayRefusals(path())
    },
  }
}

export function Refused(props: { refusal: Refusal; onClose: () => void }): JSX.Element {
  return (
    <Notice tone="danger" live="assertive" title={t('bid.refused.title')}>
      <p>{props.refusal.message}</p>
      <Show when={props.refusal.note}>
        {(note) => (
          <>
            <Show when={lateBy(note())}>
              {(late) => (
                <p>
                  {t('bid.refused.late', {
                    at: timeExact(String(note().at)),
                    deadline: timeExact(String(note().deadline)),
                    seconds: late(),
                  })}
                </p>
              )}
            </Show>
            <p>{t('bid.refused.note')}</p>
            <div class="yg-row">
              <Button small onPress={() => saveJson(refusalFile(note()), note())}>
                {t('bid.refused.save')}
              </Button>
              <Button small onPress={props.onClose}>
                {t('bid.refused.close')}
              </Button>
            </div>
          </>
        )}
      </Show>
    </Notice>
  )
}

/** What a saved refusal is called. */
export const refusalFile = (note: Statement) => t('bid.refused.file', { at: String(note.at ?? '') })

/** Seconds past the deadline, to the millisecond; null where lateness is not the reason. */
function lateBy({ problem, at, deadline }: Statement): string | null {
  if (problem !== 'bid-too-late' || typeof at !== 'string' || typeof deadline !== 'string')
    return null
  return ((Date.parse(at) - Date.parse(deadline)) / 1000).toFixed(3)
}
