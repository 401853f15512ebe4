import { useLocation } from '@solidjs/router'
import { createEffect, type JSX, on, onCleanup, onMount } from 'solid-js'
import { session } from './session.ts'

/** A disclosure that closes by Escape, by a click elsewhere, and when its page is left. */
export function Menu(props: { label: JSX.Element; children: JSX.Element }): JSX.Element {
  let menu: HTMLDetailsElement | undefined
  const location = useLocation()
  const close = () => menu?.removeAttribute('open')
  createEffect(on([() => location.pathname, session], close, { defer: true }))
  onMount(() => {
    const outside = (event: Event) => {
      if (!menu?.contains(event.target as Node)) close()
    }
    document.addEventListener('pointerdown', outside)
    onCleanup(() => document.removeEventListener('pointerdown', outside))
  })
  return (
    <details
      class="yg-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu?.open) return
        close()
        menu.querySelector('summary')?.focus()
      }}
    >
      <summary class="yg-bar-item">{props.label}</summary>
      <div class="yg-menu-panel">{props.children}</div>
    </details>
  )
}
