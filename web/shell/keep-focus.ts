const targets = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/**
 * An act often takes its own button away, and the focus with it. Called before the act; what it
 * returns is called after: whoever stood on what is gone goes on beside it, else at the heading.
 */
export function keepFocus(): () => void {
  const opener = document.activeElement
  const around: Element[] = []
  for (let one = opener?.parentElement; one && one.id !== 'main'; one = one.parentElement)
    around.push(one)
  return () =>
    requestAnimationFrame(() => {
      if (opener?.isConnected || document.activeElement !== document.body) return
      const place = around.find((one) => one.isConnected)
      const next = place?.querySelector<HTMLElement>(targets)
      const heading = document.querySelector<HTMLElement>('main h1')
      ;(next ?? heading)?.focus({ preventScroll: true })
    })
}
