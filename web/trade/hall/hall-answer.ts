import type { Bilingual, OpeningWindows } from '../../../server/tendering/project/document.ts'
import type { Quotation } from '../../../server/tendering/project/document-quotation.ts'

/** `GET /api/projects/{id}/opening`: the hall as this viewer may see it. */
export interface HallPage {
  readonly project: string
  readonly title: Bilingual
  readonly stage: HallStage
  readonly back: HallStage | null
  readonly now: string
  readonly deadline: string
  readonly hallOpensAt: string
  readonly windows: OpeningWindows
  readonly host: string
  readonly witness: string
  readonly signedIn: readonly SignedIn[]
  readonly startedAt?: string | null
  readonly openedAt?: string | null
  readonly closedAt?: string | null
  readonly windowEndsAt: string | null
  readonly objections?: readonly HallObjection[]
  readonly extensions?: readonly {
    readonly minutes: number
    readonly reason: string
    readonly at: string
  }[]
  readonly halts?: readonly {
    readonly by: string
    readonly cause: string
    readonly at: string
    readonly resumedAt: string | null
  }[]
  readonly hostSigned?: boolean
  readonly lots: readonly HallLot[]
  readonly recordSha256: string | null
  readonly me: {
    readonly role: 'host' | 'witness' | 'bidder' | null
    readonly party?: string
    readonly lots: readonly {
      readonly lot: string
      readonly stage: string
      readonly hallEnteredAt: string | null
    }[]
  }
  /** By act: null where it is open, else why not. */
  readonly acts: Readonly<Record<string, { readonly detail: string } | null>>
}
export type HallStage =
  | 'scheduled'
  | 'signIn'
  | 'drawing'
  | 'decrypting'
  | 'readingOut'
  | 'confirming'
  | 'closing'
  | 'closed'
  | 'aborted'
  | 'halted'

export interface SignedIn {
  readonly role: 'host' | 'witness' | 'bidder'
  readonly party: string
  readonly name: string
  readonly at: string
}
export interface HallObjection {
  readonly id: string
  readonly lot: string
  readonly party: string
  readonly text: string
  readonly at: string
  readonly answer: { readonly text: string; readonly at: string } | null
}
export interface HallLot {
  readonly lot: string
  readonly title: Bilingual
  readonly stage: string
  /** Null before the list is out; `returned`: fewer than three, nobody is named. */
  readonly outcome: 'opening' | 'returned' | null
  readonly parameters: { readonly k: string | null; readonly method: string | null } | null
  readonly rows: readonly HallRow[]
}
export interface HallRow {
  readonly party: string
  readonly name: string
  readonly receivedAt: string
  readonly hallEnteredAt: string | null
  readonly documentVersion: number
  readonly confirmedVersion: number
  readonly bondFen: number
  readonly signedInAt: string | null
  readonly releasedAt: string | null
  readonly outcome: 'opened' | 'notOpened' | null
  readonly quotation?: Quotation
  readonly priceFen?: number
  readonly words?: string
  readonly isOverCeiling?: boolean
  readonly problem?: string
  readonly fault?: 'bidder' | 'platform' | 'other'
  readonly confirmation: 'signed' | 'silent' | null
}

/** Whether an act is open to the viewer now. */
export const mayAct = (hall: HallPage, act: string): boolean => hall.acts[act] === null
/** Why an act that the viewer's role has is not open now. */
export const whyNot = (hall: HallPage, act: string): string | null => hall.acts[act]?.detail ?? null

/** The stage that runs, or ran before the halt. */
export const shownStage = (hall: HallPage): HallStage => hall.back ?? hall.stage

/** Nobody is listed before the deadline is over. */
export const isBefore = (hall: HallPage): boolean =>
  hall.stage === 'scheduled' || (shownStage(hall) === 'signIn' && !hall.startedAt)
