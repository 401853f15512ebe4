import { createSignal } from 'solid-js'

/** How pages look on this device: light or dark, and the elder mode 长者模式 with its sizes. */
export type Theme = 'auto' | 'light' | 'dark'
export type Size = 'normal' | 'large' | 'larger' | 'largest'

const read = <T extends string>(key: string, allowed: readonly T[], fallback: T): T => {
  const value = localStorage.getItem(key) as T | null
  return value && allowed.includes(value) ? value : fallback
}

const [theme, setThemeSignal] = createSignal<Theme>(
  read('yg-theme', ['auto', 'light', 'dark'], 'auto'),
)
const [size, setSizeSignal] = createSignal<Size>(
  read('yg-size', ['normal', 'large', 'larger', 'largest'], 'normal'),
)

export { size, theme }

/** Puts the choices on the document; called before anything is drawn. */
export function showTheme(): void {
  const root = document.documentElement
  if (theme() === 'auto') root.removeAttribute('data-theme')
  else root.dataset.theme = theme()
  if (size() === 'normal') root.removeAttribute('data-size')
  else root.dataset.size = 'large'
  root.style.fontSize = { normal: '', large: '20px', larger: '24px', largest: '30px' }[size()]
}

export function chooseTheme(next: Theme): void {
  localStorage.setItem('yg-theme', next)
  setThemeSignal(next)
  showTheme()
}

export function chooseSize(next: Size): void {
  localStorage.setItem('yg-size', next)
  setSizeSignal(next)
  showTheme()
}
