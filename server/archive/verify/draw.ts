import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** The draw of the committee, made again from its published inputs. */
export function checkDraws(_info: BagInfo, events: readonly BagEvent[], report: Report): void {
  for (const e of events)
    if (e.event?.type === 'DrawCompleted') report.skip('draw', 'draw-unchecked', { path: e.path })
}
