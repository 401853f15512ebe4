import type {
  Bilingual,
  LotTerms,
  TenderDocument,
} from '../../server/tendering/project/document.ts'
import type { Finding } from '../../server/tendering/project/finding.ts'
import type { DerivedTimes } from '../../server/tendering/project/rules.ts'

/** Shapes of the API's answers that pages read; the server's own rows are the source. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Address of the next part, or null. */
  readonly next: string | null
}

export interface TradeRow {
  readonly id: string
  readonly title: Bilingual
  readonly regime: 'tender' | 'governmentProcurement'
  readonly method: TenderDocument['method']
  readonly objectKind: TenderDocument['objectKind']
  readonly region: string
  readonly purchaserName: string
  readonly budgetFen: number
  readonly stage: LotStage
  readonly publishedAt: string
  readonly deadline: string
  /** Trade time, where a demo trade has a clock of its own. */
  readonly now?: string
}

export type LotStage =
  | 'none'
  | 'tendering'
  | 'opening'
  | 'qualifying'
  | 'evaluating'
  | 'evaluated'
  | 'publicity'
  | 'awarding'
  | 'awarded'
  | 'contracted'
  | 'archived'
  | 'failed'
  | 'terminated'

export interface Named {
  readonly id: string
  readonly name: string
}
export interface StoredFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}
export interface TradeLot {
  readonly id: string
  readonly terms: LotTerms
  readonly stage: LotStage
  readonly suspended: boolean
}
export interface PublishedTrade {
  readonly at: string
  readonly ruleSetId: string
  readonly version: number
  readonly times: DerivedTimes
  readonly deadline: string
  readonly versions: readonly {
    readonly version: number
    readonly documentSha256: string
    readonly files: readonly StoredFile[]
    readonly at: string
    readonly text: string | null
  }[]
  readonly answers: readonly {
    readonly id: string
    readonly question: string
    readonly text: string
    readonly at: string
  }[]
  readonly deadlines: readonly {
    readonly from: string
    readonly to: string
    readonly at: string
    /** Why: an amendment, a suspension of a lot, an outage. */
    readonly by: string
  }[]
  readonly successor: string | null
}

/** One trade, as `GET /api/projects/{id}` gives it to this viewer. */
export interface TradePage {
  readonly id: string
  readonly stage: 'drafting' | 'approved' | 'published'
  readonly now: string
  readonly clock: { readonly offsetMs: number; readonly frozen: boolean }
  readonly roles: readonly string[]
  readonly title: Bilingual | null
  readonly regime: 'tender' | 'governmentProcurement' | null
  readonly document: TenderDocument | null
  readonly files: readonly StoredFile[]
  readonly purchaser: Named
  readonly agency: Named
  readonly tradingCentre: Named
  readonly published: PublishedTrade | null
  readonly lots: readonly TradeLot[]
  readonly next: { readonly at: string | null }
}

/** `GET …/draft`: the document as it is being written, for its two parties. */
export interface DraftPage {
  readonly id: string
  readonly stage: TradePage['stage']
  readonly purchaser: string
  readonly agency: string
  readonly revision: number
  /** Of the document in force, once it is published. */
  readonly version?: number
  readonly document: TenderDocument | null
  readonly documentSha256: string | null
  readonly files: readonly StoredFile[]
  readonly returned: string | null
  readonly times: DerivedTimes | null
  readonly findings: readonly Finding[]
}

export interface TradeEvent {
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly at: string
  readonly recordedAt: string
  readonly lot: string | null
  readonly capacity: string
  readonly digest: string
}
