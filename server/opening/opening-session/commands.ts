import type { OpeningWindows } from '../../tendering/project/document.ts'
import type { DrawnParameters, HallRole, ListedLot, OpenedRow } from './events.ts'

/** What can be asked of an opening session, and what its guards know of its project and lots. */
export type Command =
  | { type: 'openHall'; project: string }
  | { type: 'signIn'; role: HallRole; name: string }
  | { type: 'startOpening'; lots: ListedLot[]; returned: string[] }
  | { type: 'abort' }
  | ({ type: 'setParameters' } & DrawnParameters)
  | { type: 'timeOutDrawing' }
  | { type: 'releaseKey'; lot: string; party: string }
  | { type: 'extendWindow'; minutes: number; reason: string }
  | { type: 'openBids'; rows: OpenedRow[] }
  | { type: 'readOut' }
  | { type: 'confirm'; lot: string; opened: boolean; priceFen: number | null }
  | { type: 'closeConfirmation' }
  | { type: 'object'; id: string; lot: string; text: string }
  | { type: 'answer'; id: string; text: string }
  | { type: 'close'; role: 'host' | 'witness'; recordSha256: string }
  /** `asOf`: since when the platform stood still, the system's own word alone. */
  | { type: 'halt'; cause: string; asOf?: string }
  | { type: 'resume' }

/** What the session's guards know of its project and lots. */
export interface Facts {
  readonly deadline: string | null
  readonly hallOpensAt: string | null
  readonly windows: OpeningWindows
  readonly host: string
  readonly witness: string
  /** Lots that still take bids, or are not there yet. */
  readonly waitingLots: number
  /** Lots at the stage `opening`. */
  readonly openLots: readonly string[]
  /** base64url SHA-256 of the record as it stands. */
  readonly recordSha256: string | null
}
