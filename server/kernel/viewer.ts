import type { Actor, Capacity } from './decider.ts'

/** What an organisation is on the platform; a person has the roles of the party he acts for. */
export type OrganisationRole =
  | 'purchaser'
  | 'agency'
  | 'bidder'
  | 'tradingCentre'
  | 'regulator'
  | 'platformAdmin'
  | 'expert'

/** Who looks or acts, from the session; null is the public. */
export interface Viewer {
  readonly person: string
  readonly personName: string
  readonly party: string
  readonly partyName: string
  readonly capacity: Exclude<Capacity, 'system'>
  readonly roles: readonly OrganisationRole[]
  /**
   * The one party that this log-in may act for, where its proof was that party's own (a certificate,
   * a link): it never opens what the same person is elsewhere. Absent: all that the person may be.
   */
  readonly within?: string
}

export const actorOf = (v: Viewer): Actor => ({
  party: v.party,
  person: v.person,
  capacity: v.capacity,
})

/** What a clock or a policy does. */
export const systemActor: Actor = { party: 'platform', capacity: 'system' }
