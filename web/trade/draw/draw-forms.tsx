import { type JSX, Show } from 'solid-js'
import { CommitForm } from './commit-form.tsx'
import { type DrawProps, isOfParameters } from './draw-props.ts'
import { NonceAct } from './nonce-acts.tsx'
import { PoolCounts } from './pool-counts.tsx'
import { PrepareForm } from './prepare-form.tsx'
import { RepresentativesForm } from './representatives-form.tsx'

/** What is done until the draw is committed: nonces, preparation, the moment, representatives. */
export function DrawForms(props: DrawProps): JSX.Element {
  const may = (role: string) => props.trade.roles.includes(role)
  const isParty = () => may('Ag') || may('Pu')
  const isOpen = () => props.page.stage === 'none' || props.page.stage === 'preparing'
  return (
    <>
      <Show when={props.page.pool}>{(rows) => <PoolCounts rows={rows()} />}</Show>
      <Show when={isOpen()}>
        <NonceAct {...props} />
      </Show>
      <Show when={isOpen() && isParty()}>
        <PrepareForm {...props} />
        <Show when={props.page.stage === 'preparing'}>
          <CommitForm {...props} />
        </Show>
      </Show>
      <Show when={may('Pu') && props.page.rules && !isOfParameters(props.page)}>
        <RepresentativesForm {...props} />
      </Show>
    </>
  )
}
