import type { JSX } from 'solid-js'

/** Inline drawings, 20 units square, in the ink around them; a word always stands beside. */
const paths = {
  alert: 'M10 3 18 17H2zM10 8v4M10 14.2v.6',
  arrow: 'M4 10h12M11 5l5 5-5 5',
  check: 'm4 10.5 4 4 8-9',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4l3 2',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  cross: 'm5 5 10 10M15 5 5 15',
  down: 'm5 8 5 5 5-5',
  file: 'M5 2.5h6.5L15.5 6v11.5h-10.5zM11 2.5V6.500h4.5',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 9v5M10 6v.6',
  lock: 'M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9',
  menu: 'M3 5.500h14M3 10h14M3 14.500h14',
  person: 'M10 3.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6M4 17c.5-3.5 3-5 6-5s5.5 1.5 6 5',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4M13 13l4 4',
  signal: 'M4 16v-3M8 16v-6M12 16V7M16 16V4',
  up: 'm5 12 5-5 5 5',
} as const

export type IconName = keyof typeof paths

/** @param props.label only where no word stands beside it */
export function Icon(props: { name: IconName; size?: number; label?: string }): JSX.Element {
  return (
    <svg
      width={props.size ?? 20}
      height={props.size ?? 20}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      <path d={paths[props.name]} />
    </svg>
  )
}

/** ◈: behind it are the event, its proof and the check. */
export function SealIcon(props: { size?: number }): JSX.Element {
  return (
    <svg
      width={props.size ?? 14}
      height={props.size ?? 14}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      aria-hidden="true"
    >
      <path d="M10 1.5 18.5 10 10 18.5 1.5 10z" />
      <path d="M10 6.5 13.5 10 10 13.5 6.5 10z" fill="currentColor" />
    </svg>
  )
}

/** The sun over its line: the house's sign. */
export function SunMark(): JSX.Element {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M4 22a12 12 0 0 1 24 0z" style={{ fill: 'var(--sun)' }} />
      <path d="M2 26h28" stroke="currentColor" stroke-width="2.5" />
    </svg>
  )
}
