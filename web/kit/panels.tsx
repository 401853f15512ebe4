import { Tabs as Kobalte } from '@kobalte/core/tabs'
import { For, type JSX } from 'solid-js'

export interface Panel {
  readonly value: string
  readonly text: string
  readonly body: () => JSX.Element
}

/** Panels of one page that have no address; arrow keys move between them. */
export function Panels(props: {
  label: string
  panels: readonly Panel[]
  value?: string
  onValue?: (value: string) => void
}): JSX.Element {
  return (
    <Kobalte value={props.value} onChange={props.onValue}>
      <Kobalte.List class="yg-tabs" aria-label={props.label}>
        <For each={props.panels}>
          {(panel) => (
            <Kobalte.Trigger class="yg-tabs-tab" value={panel.value}>
              {panel.text}
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.panels}>
        {(panel) => <Kobalte.Content value={panel.value}>{panel.body()}</Kobalte.Content>}
      </For>
    </Kobalte>
  )
}
