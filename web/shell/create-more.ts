import { createEffect, createSignal, on } from 'solid-js'
import type { Page } from './answers.ts'
import { get } from './api.ts'
import { asProblem } from './problem.ts'

/** What comes after the first page of a list, read page by page once somebody asks for it. */
export interface More<T> {
  readonly rows: () => readonly T[]
  /** Whether there is still more. */
  readonly isThere: () => boolean
  readonly isLoading: () => boolean
  readonly read: () => Promise<void>
}

/**
 * @param first the link that the first page names, as it stands now
 * @param props.list names the list; where it becomes another, what was read is forgotten
 * @param props.read how a link is followed, where its answer is not just a page of rows
 * @param props.failed told the reason when a page could not be read; it can be asked for again
 */
export function createMore<T>(
  first: () => string | null | undefined,
  props: {
    readonly list?: () => string
    readonly read?: (link: string) => Promise<Page<T>>
    readonly failed: (reason: string) => void
  },
): More<T> {
  const follow = props.read ?? ((link: string) => get<Page<T>>(link))
  const [pages, setPages] = createSignal<readonly Page<T>[]>([])
  const [isLoading, setLoading] = createSignal(false)
  if (props.list) createEffect(on(props.list, () => setPages([]), { defer: true }))
  const next = () => (pages().length > 0 ? pages().at(-1)?.next : first()) ?? null
  async function read(): Promise<void> {
    const link = next()
    if (link === null || isLoading()) return
    const list = props.list?.()
    setLoading(true)
    try {
      const page = await follow(link)
      if (props.list?.() === list) setPages((all) => [...all, page])
    } catch (error) {
      props.failed(asProblem(error).message)
    }
    setLoading(false)
  }
  return {
    rows: () => pages().flatMap((page) => page.items),
    isThere: () => next() !== null,
    isLoading,
    read,
  }
}
