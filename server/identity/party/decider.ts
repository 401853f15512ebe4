import {
  at,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import type { OrganisationRole } from '../../kernel/viewer.ts'
import { problems } from './problems.ts'

/**
 * A party: an organisation with its members, or a pool expert, who acts for no one. Names of people
 * are personal values: events hold their salted digests, the values stand in `person.values` and
 * can be erased without breaking a proof.
 * @source 电子招标投标办法 art. 14 ○; 评标专家和评标专家库管理办法 art. 8 ◐; 个人信息保护法 art. 47 ○
 */
export type Command =
  | { type: 'registerParty'; party: PartyFacts }
  | { type: 'addMember'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'removeMember'; person: string }
  | { type: 'bindCertificate'; certificate: BoundCertificate }
  | { type: 'unbindCertificate'; sha256: string }
  | { type: 'addPasskey'; passkey: Passkey }
  | { type: 'removePasskey'; id: string }
  | { type: 'enrolExpert'; expert: ExpertFacts }
  | { type: 'suspendExpert'; reason: string }

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
}
export interface Passkey {
  readonly id: string
  readonly person: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}
export interface ExpertFacts {
  readonly specialties: readonly string[]
  readonly region: string
  readonly employer: string
  readonly title: string
}

export type Event =
  | { type: 'PartyRegistered'; party: PartyFacts }
  | { type: 'MemberAdded'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'MemberRemoved'; person: string }
  | { type: 'CertificateBound'; certificate: BoundCertificate }
  | { type: 'CertificateUnbound'; sha256: string }
  | { type: 'PasskeyAdded'; passkey: Passkey }
  | { type: 'PasskeyRemoved'; id: string }
  | { type: 'ExpertEnrolled'; expert: ExpertFacts }
  | { type: 'ExpertSuspended'; reason: string }

interface Registered extends PartyFacts {
  readonly members: readonly { person: string; nameDigest: string; capacity: MemberCapacity }[]
  readonly certificates: readonly BoundCertificate[]
  readonly passkeys: readonly Passkey[]
  readonly expert: (ExpertFacts & { readonly active: boolean }) | null
}
export type State = { stage: 'none' } | ({ stage: 'registered' } & Registered)
export type RegisteredParty = Extract<State, { stage: 'registered' }>

export const table: Table<State, Command, Event, keyof typeof problems> = {
  none: {
    registerParty: { then: { PartyRegistered: (_, { party }) => ({ party }) } },
  },
  registered: {
    addMember: {
      unless: {
        'member-already': (s, c) =>
          s.members.some((m) => m.person === c.person && m.capacity === c.capacity),
      },
      then: {
        MemberAdded: (_, { person, nameDigest, capacity }) => ({ person, nameDigest, capacity }),
      },
    },
    removeMember: {
      unless: { 'no-such-member': (s, c) => !s.members.some((m) => m.person === c.person) },
      then: { MemberRemoved: (_, { person }) => ({ person }) },
    },
    bindCertificate: {
      unless: {
        'certificate-bound-already': (s, c) =>
          s.certificates.some((one) => one.sha256 === c.certificate.sha256),
      },
      then: { CertificateBound: (_, { certificate }) => ({ certificate }) },
    },
    unbindCertificate: {
      unless: {
        'certificate-not-bound': (s, c) => !s.certificates.some((one) => one.sha256 === c.sha256),
      },
      then: { CertificateUnbound: (_, { sha256 }) => ({ sha256 }) },
    },
    addPasskey: {
      unless: {
        'passkey-added-already': (s, c) => s.passkeys.some((p) => p.id === c.passkey.id),
      },
      then: { PasskeyAdded: (_, { passkey }) => ({ passkey }) },
    },
    removePasskey: {
      unless: { 'no-such-passkey': (s, c) => !s.passkeys.some((p) => p.id === c.id) },
      then: { PasskeyRemoved: (_, { id }) => ({ id }) },
    },
    enrolExpert: {
      unless: { 'not-a-person': (s) => s.kind !== 'person' },
      then: { ExpertEnrolled: (_, { expert }) => ({ expert }) },
    },
    suspendExpert: {
      unless: { 'not-an-expert': (s) => s.expert?.active !== true },
      then: { ExpertSuspended: (_, { reason }) => ({ reason }) },
    },
  },
}

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'PartyRegistered':
      at(state, 'none')
      return {
        stage: 'registered',
        ...e.party,
        members: [],
        certificates: [],
        passkeys: [],
        expert: null,
      }
    case 'MemberAdded': {
      const s = at(state, 'registered')
      const { person, nameDigest, capacity } = e
      return { ...s, members: [...s.members, { person, nameDigest, capacity }] }
    }
    case 'MemberRemoved': {
      const s = at(state, 'registered')
      return { ...s, members: s.members.filter((m) => m.person !== e.person) }
    }
    case 'CertificateBound': {
      const s = at(state, 'registered')
      return { ...s, certificates: [...s.certificates, e.certificate] }
    }
    case 'CertificateUnbound': {
      const s = at(state, 'registered')
      return { ...s, certificates: s.certificates.filter((c) => c.sha256 !== e.sha256) }
    }
    case 'PasskeyAdded': {
      const s = at(state, 'registered')
      return { ...s, passkeys: [...s.passkeys, e.passkey] }
    }
    case 'PasskeyRemoved': {
      const s = at(state, 'registered')
      return { ...s, passkeys: s.passkeys.filter((p) => p.id !== e.id) }
    }
    case 'ExpertEnrolled':
      return { ...at(state, 'registered'), expert: { ...e.expert, active: true } }
    case 'ExpertSuspended': {
      const s = at(state, 'registered')
      return { ...s, expert: s.expert && { ...s.expert, active: false } }
    }
    default:
      return unreachable(e)
  }
}

export const party: Decider<State, Command, Event> = {
  kind: 'party',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
