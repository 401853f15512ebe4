import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { HallPage } from './hall-answer.ts'

/** A bidder who was not in the hall before the deadline signs in while it runs. */
export function LateSignIn(props: { hall: HallPage; onDone: () => Promise<void> }): JSX.Element {
  const acting = useAct(props.onDone)
  const signIn = () =>
    void acting.run('signIn', () =>
      post(`/api/projects/${props.hall.project}/opening/attendance`, {}, { key: newKey() }),
    )
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <div>
        <Button pending={acting.busy() !== null} onPress={signIn}>
          {t('hall.signIn')}
        </Button>
      </div>
      <p class="yg-note">{t('attending.side.signInNote')}</p>
    </>
  )
}
