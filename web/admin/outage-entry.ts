/** An outage as it is typed: times are Beijing's, whatever the zone of the device. */
export interface OutageEntry {
  readonly from: string
  readonly until: string
  readonly parts: readonly string[]
  readonly zh: string
  readonly en: string
}
export const outageNames = ['from', 'until', 'parts', 'zh', 'en'] as const
export type OutageName = (typeof outageNames)[number]
type OutageFault = 'empty' | 'noTime' | 'backwards' | 'future' | 'noPart'

const msOf = (local: string): number =>
  Date.parse(`${local}${local.length === 16 ? ':00' : ''}+08:00`)

/** What is wrong, by field; what is recorded is over, since it is never changed afterwards. */
export function outageFaults(
  entry: OutageEntry,
  nowMs: number,
): Partial<Record<OutageName, OutageFault>> {
  const [from, until] = [msOf(entry.from), msOf(entry.until)]
  const isBackwards = until <= from
  return {
    ...(Number.isNaN(from) ? { from: 'noTime' } : from > nowMs ? { from: 'future' } : {}),
    ...(Number.isNaN(until)
      ? { until: 'noTime' }
      : isBackwards
        ? { until: 'backwards' }
        : until > nowMs
          ? { until: 'future' }
          : {}),
    ...(entry.parts.length > 0 ? {} : { parts: 'noPart' }),
    ...(entry.zh.trim() ? {} : { zh: 'empty' }),
    ...(entry.en.trim() ? {} : { en: 'empty' }),
  }
}

/** An instant of a field's local time. */
export const outageInstant = (local: string): string => new Date(msOf(local)).toISOString()
