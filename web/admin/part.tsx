import { type JSX, Show } from 'solid-js'
import { WayOn } from '../kit/page.tsx'
import { Loading, Notice } from '../kit/status.tsx'
import type { Live } from '../shell/create-live.ts'

/** A part of a page with a reading of its own: what it waits for, or why it did not come. */
export function PartReading<T>(props: {
  of: Live<T>
  children: (value: () => T) => JSX.Element
}): JSX.Element {
  return (
    <Show
      when={props.of()}
      fallback={
        <Show when={props.of.problem()} fallback={<Loading lines={4} isPart />}>
          {(problem) => (
            <Notice tone="danger" live="polite">
              <p>{problem().message}</p>
              <WayOn slug={problem().slug} onRetry={() => void props.of.refresh()} />
            </Notice>
          )}
        </Show>
      }
    >
      {(value) => props.children(value as () => T)}
    </Show>
  )
}
