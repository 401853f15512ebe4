import type { DemoIdentities } from './identity/demo/identities.ts'
import type { Sessions } from './kernel/sessions.ts'

/** Parts of the edge that some operations need beside the platform. */
export interface Services {
  readonly sessions: Sessions
  /** Null in production. */
  readonly demo: DemoIdentities | null
  /** Trades of the demo city: made so far, wanted. */
  readonly seeding: { done: number; total: number }
}
