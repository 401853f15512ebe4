import type { OrganisationRole } from '../../kernel/viewer.ts'

/** As what somebody approved the roles of another party. */
export type Approver = 'platformAdmin' | 'tradingCentre'

export type MemberCapacity =
  | 'orgAdmin'
  | 'legalRepresentative'
  | 'authorisedSigner'
  | 'operator'
  | 'financeOfficer'
  | 'expert'

export interface PartyFacts {
  /** Unified social credit code; for an expert the person's id. */
  readonly id: string
  readonly kind: 'organisation' | 'person'
  /** Of an organisation; a person's name is a personal value. */
  readonly name: string | null
  readonly nameDigest: string | null
  readonly roles: readonly OrganisationRole[]
  readonly region: string | null
  readonly isDemo: boolean
}
export interface BoundCertificate {
  readonly sha256: string
  readonly use: 'sign' | 'encrypt'
  readonly der: string
  readonly notAfter: string
  /** Member in whose hand the key is; absent where any member of its capacity may hold it. */
  readonly person?: string
}
export interface Passkey {
  readonly id: string
  readonly person: string
  /** What its holder calls it: a personal value, by its digest. */
  readonly nameDigest?: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}
export interface ExpertFacts {
  readonly specialties: readonly string[]
  readonly region: string
  readonly employer: string
  readonly title: string
  /** Keyed hash of the id number, base64url: binds the person's certificate; never the number. */
  readonly idNumberHash?: string
}

/** Someone who acts for another organisation is asked to act for this one, too. */
export interface Invitation {
  readonly person: string
  readonly nameDigest: string
  readonly capacity: MemberCapacity
}
/** The last refusal of roles, until they are asked for again. */
interface DeclinedRoles {
  readonly roles: readonly OrganisationRole[]
  readonly reason: string
  readonly at: string
}
export interface Registered extends PartyFacts {
  readonly rolesAsked: readonly OrganisationRole[]
  /** When the newest of the roles that wait were asked for. */
  readonly askedAt: string | null
  readonly declined: DeclinedRoles | null
  readonly members: readonly { person: string; nameDigest: string; capacity: MemberCapacity }[]
  /** Not accepted yet: they give nobody anything. */
  readonly invitations: readonly Invitation[]
  readonly certificates: readonly BoundCertificate[]
  readonly passkeys: readonly (Passkey & { readonly addedAt: string })[]
  readonly expert: (ExpertFacts & { readonly active: boolean }) | null
}
export type State = { stage: 'none' } | ({ stage: 'registered' } & Registered)
export type RegisteredParty = Extract<State, { stage: 'registered' }>
