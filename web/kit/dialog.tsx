import { Dialog as Kobalte } from '@kobalte/core/dialog'
import type { JSX } from 'solid-js'

/**
 * A question over the page: traps the focus, gives it back, one at a time. Focus starts on the
 * title, so that Enter does nothing.
 */
export function Dialog(props: {
  title: string
  isOpen: boolean
  /** Null: it can't be left now, the act is on its way. */
  onClose: (() => void) | null
  foot: JSX.Element
  children: JSX.Element
}): JSX.Element {
  let title: HTMLHeadingElement | undefined
  let opener: HTMLElement | null = null
  // To where one was; where that is gone after the act, to the heading of the page.
  const giveBack = () => {
    const heading = document.querySelector<HTMLElement>('main h1')
    const place = opener?.isConnected && opener !== document.body ? opener : heading
    place?.focus({ preventScroll: true })
  }
  return (
    <Kobalte
      open={props.isOpen}
      onOpenChange={(open) => {
        if (!open) props.onClose?.()
      }}
      modal
    >
      <Kobalte.Portal>
        <Kobalte.Overlay class="yg-veil" />
        <div class="yg-dialog-place">
          <Kobalte.Content
            class="yg-dialog"
            onOpenAutoFocus={(event: Event) => {
              event.preventDefault()
              opener = document.activeElement as HTMLElement | null
              title?.focus()
            }}
            onCloseAutoFocus={(event: Event) => {
              event.preventDefault()
              giveBack()
            }}
            onPointerDownOutside={(event: Event) => event.preventDefault()}
            onEscapeKeyDown={(event: Event) => {
              if (!props.onClose) event.preventDefault()
            }}
          >
            <div class="yg-dialog-head">
              <Kobalte.Title class="yg-dialog-title" tabindex="-1" ref={title}>
                {props.title}
              </Kobalte.Title>
            </div>
            <div class="yg-dialog-body">{props.children}</div>
            <div class="yg-dialog-foot">{props.foot}</div>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  )
}
