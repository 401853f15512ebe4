import type { JSX } from 'solid-js'

/** One state of a component, drawn on `/kit` and walked by tests. */
export interface Example {
  readonly name: string
  readonly draw: () => JSX.Element
}
