import { createSignal, For, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Row, Stack } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { asProblem } from './problem.ts'
import { actAs, type Membership } from './session.ts'

/** Capacities to choose from, a button each, the words on it saying for whom and as what. */
export function MembershipButtons(props: {
  items: readonly Membership[]
  onChosen?: () => void
}): JSX.Element {
  const [busy, setBusy] = createSignal<Membership | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function choose(one: Membership): Promise<void> {
    setBusy(one)
    setProblem(null)
    try {
      await actAs(one)
      props.onChosen?.()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(null)
  }
  return (
    <Stack gap="small">
      <Row>
        <For each={props.items}>
          {(one) => (
            <Button pending={busy() === one} onPress={() => void choose(one)}>
              {t('shell.bar.choice', {
                party: one.partyName ?? '',
                capacity: t(`shell.capacity.${one.capacity}`),
              })}
            </Button>
          )}
        </For>
      </Row>
      <RefusalNote text={problem()} />
    </Stack>
  )
}
