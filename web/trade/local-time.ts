import { formatBeijing } from '../../server/kernel/calendar.ts'

/** What a `datetime-local` field holds is Beijing time here, whatever the device's zone. */
export const instantOf = (local: string): string | null =>
  local === '' ? null : new Date(`${local}${local.length === 16 ? ':00' : ''}+08:00`).toISOString()

export const localOf = (instant: string | null): string =>
  instant === null ? '' : formatBeijing(instant).replace(' ', 'T')
