import {
  at,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import type { OrganisationRole } from '../../kernel/viewer.ts'
import { problems } from './problems.ts'
import { areCompatible, needsAdministrator } from './rules.ts'
import type {
  Approver,
  BoundCertificate,
  ExpertFacts,
  Invitation,
  MemberCapacity,
  PartyFacts,
  Passkey,
  Registered,
  RegisteredParty,
  State,
} from './state.ts'

export type * from './state.ts'

/**
 * A party: an organisation with its members, or a pool expert, who acts for no one. Who acts for
 * another already becomes a member by his own acceptance alone: what an organisation says of a person
 * never makes him one of its own. Names of people
 * are personal values: events hold their salted digests, the values stand in `person.values` and
 * can be erased without breaking a proof.
 * @source 电子招标投标办法 art. 14 ○; 评标专家和评标专家库管理办法 art. 8 ◐; 个人信息保护法 art. 47 ○
 */
export type Command =
  | { type: 'registerParty'; party: PartyFacts; rolesAsked?: readonly OrganisationRole[] }
  | { type: 'claimParty'; party: PartyFacts; rolesAsked: readonly OrganisationRole[] }
  | { type: 'askRoles'; roles: readonly OrganisationRole[] }
  | { type: 'approveRoles'; roles: readonly OrganisationRole[]; by: Approver }
  | { type: 'declineRoles'; roles: readonly OrganisationRole[]; reason: string; by: Approver }
  | { type: 'addMember'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'inviteMember'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'acceptInvitation'; capacity: MemberCapacity }
  | { type: 'removeMember'; person: string }
  | { type: 'bindCertificate'; certificate: BoundCertificate }
  | { type: 'unbindCertificate'; sha256: string }
  | { type: 'addPasskey'; passkey: Passkey }
  | { type: 'removePasskey'; id: string }
  | { type: 'enrolExpert'; expert: ExpertFacts; worksForOverseer?: boolean }
  | { type: 'suspendExpert'; reason: string }

export type Event =
  | { type: 'PartyRegistered'; party: PartyFacts }
  | { type: 'PartyClaimed'; party: PartyFacts }
  | { type: 'RolesAsked'; roles: readonly OrganisationRole[] }
  | { type: 'RolesApproved'; roles: readonly OrganisationRole[]; by: Approver }
  | { type: 'RolesDeclined'; roles: readonly OrganisationRole[]; reason: string; by: Approver }
  | { type: 'MemberAdded'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'MemberInvited'; person: string; nameDigest: string; capacity: MemberCapacity }
  | { type: 'MemberRemoved'; person: string }
  | { type: 'CertificateBound'; certificate: BoundCertificate; act?: string }
  | { type: 'CertificateUnbound'; sha256: string }
  | { type: 'PasskeyAdded'; passkey: Passkey }
  | { type: 'PasskeyRemoved'; id: string }
  | { type: 'ExpertEnrolled'; expert: ExpertFacts }
  | { type: 'ExpertSuspended'; reason: string }

type Roles = { readonly roles: readonly OrganisationRole[] }
type ByApprover = Roles & { readonly by: Approver }
type Registration = { party: PartyFacts; rolesAsked?: readonly OrganisationRole[] }
const asksInVain = (_: unknown, c: Registration) =>
  !areCompatible([...c.party.roles, ...(c.rolesAsked ?? [])])
const asked = (_: unknown, { rolesAsked = [] }: Registration) =>
  rolesAsked.length > 0 && { roles: rolesAsked }

/** Nobody approves his own party, and nobody approves what was not asked for. */
const byAnother = {
  'own-party': (s: Registered, _: unknown, x: Context) => x.actor.party === s.id,
  'roles-not-asked': (s: Registered, c: Roles) => !c.roles.every((r) => s.rolesAsked.includes(r)),
  'role-needs-administrator': (_: unknown, c: ByApprover) =>
    c.by !== 'platformAdmin' && c.roles.some(needsAdministrator),
}

/** A member's capacities are an organisation's; an expert has the one that he is himself. */
const forNoExpert = (s: Registered, c: { capacity: MemberCapacity }) =>
  (c.capacity === 'expert') !== (s.kind === 'person')

/** An invitation that the actor himself was given: nobody accepts for another. */
const invitationOf = (s: Registered, c: { capacity: MemberCapacity }, x: Context) =>
  s.invitations.find((one) => one.person === x.actor.person && one.capacity === c.capacity)

export const table: Table<State, Command, Event, keyof typeof problems> = {
  none: {
    registerParty: {
      unless: { 'roles-incompatible': asksInVain },
      then: { PartyRegistered: (_, { party }) => ({ party }), RolesAsked: asked },
    },
  },
  registered: {
    claimParty: {
      unless: {
        'party-registered-already': (s) => s.roles.length > 0 || s.certificates.length > 0,
        'roles-incompatible': asksInVain,
      },
      then: { PartyClaimed: (_, { party }) => ({ party }), RolesAsked: asked },
    },
    askRoles: {
      unless: {
        'roles-held-already': (s, c) => c.roles.every((r) => s.roles.includes(r)),
        'roles-incompatible': (s, c) => !areCompatible([...s.roles, ...c.roles]),
      },
      then: {
        RolesAsked: (s, { roles }) => ({ roles: roles.filter((r) => !s.roles.includes(r)) }),
      },
    },
    approveRoles: {
      unless: {
        ...byAnother,
        'roles-incompatible': (s, c) => !areCompatible([...s.roles, ...c.roles]),
      },
      then: { RolesApproved: (_, { roles, by }) => ({ roles, by }) },
    },
    declineRoles: {
      unless: byAnother,
      then: { RolesDeclined: (_, { roles, reason, by }) => ({ roles, reason, by }) },
    },
    addMember: {
      unless: {
        'capacity-of-experts': forNoExpert,
        'member-already': (s, c) =>
          s.members.some((m) => m.person === c.person && m.capacity === c.capacity),
      },
      then: {
        MemberAdded: (_, { person, nameDigest, capacity }) => ({ person, nameDigest, capacity }),
      },
    },
    inviteMember: {
      unless: {
        'capacity-of-experts': forNoExpert,
        'member-already': (s, c) => s.members.some((m) => m.person === c.person),
      },
      then: {
        MemberInvited: (_, { person, nameDigest, capacity }) => ({ person, nameDigest, capacity }),
      },
    },
    acceptInvitation: {
      unless: { 'not-invited': (s, c, x) => !invitationOf(s, c, x) },
      then: { MemberAdded: (s, c, x) => invitationOf(s, c, x) as Invitation },
    },
    removeMember: {
      unless: {
        'no-such-member': (s, c) =>
          ![...s.members, ...s.invitations].some((m) => m.person === c.person),
        'last-administrator': (s, c) =>
          s.members.some((m) => m.capacity === 'orgAdmin') &&
          !s.members.some((m) => m.capacity === 'orgAdmin' && m.person !== c.person),
      },
      then: { MemberRemoved: (_, { person }) => ({ person }) },
    },
    bindCertificate: {
      unless: {
        'certificate-bound-already': (s, c) =>
          s.certificates.some((one) => one.sha256 === c.certificate.sha256),
      },
      then: {
        CertificateBound: (_, { certificate }, x) => ({
          certificate,
          ...(x.act ? { act: x.act } : {}),
        }),
      },
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
      unless: {
        'not-a-person': (s) => s.kind !== 'person',
        'expert-enrolled-already': (s) => s.expert?.active === true,
        'expert-of-overseer': (_, c) => c.worksForOverseer === true,
      },
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
      return registered(e.party)
    case 'PartyClaimed':
      at(state, 'registered')
      return registered(e.party)
    case 'RolesAsked': {
      const s = at(state, 'registered')
      const rolesAsked = [...new Set([...s.rolesAsked, ...e.roles])]
      const isAgain = s.declined?.roles.some((r) => e.roles.includes(r))
      return { ...s, rolesAsked, askedAt: e.recordedAt, declined: isAgain ? null : s.declined }
    }
    case 'RolesApproved': {
      const s = at(state, 'registered')
      const rolesAsked = s.rolesAsked.filter((r) => !e.roles.includes(r))
      return { ...s, rolesAsked, roles: [...new Set([...s.roles, ...e.roles])] }
    }
    case 'RolesDeclined': {
      const s = at(state, 'registered')
      const declined = { roles: e.roles, reason: e.reason, at: e.recordedAt }
      return { ...s, rolesAsked: s.rolesAsked.filter((r) => !e.roles.includes(r)), declined }
    }
    case 'MemberAdded': {
      const s = at(state, 'registered')
      const { person, nameDigest, capacity } = e
      const invitations = s.invitations.filter((one) => one.person !== person)
      return { ...s, members: [...s.members, { person, nameDigest, capacity }], invitations }
    }
    case 'MemberInvited': {
      const s = at(state, 'registered')
      const { person, nameDigest, capacity } = e
      const others = s.invitations.filter((one) => one.person !== person)
      return { ...s, invitations: [...others, { person, nameDigest, capacity }] }
    }
    case 'MemberRemoved': {
      const s = at(state, 'registered')
      const others = (m: { person: string }) => m.person !== e.person
      return { ...s, members: s.members.filter(others), invitations: s.invitations.filter(others) }
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
      return { ...s, passkeys: [...s.passkeys, { ...e.passkey, addedAt: e.recordedAt }] }
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

function registered(party: PartyFacts): RegisteredParty {
  return {
    stage: 'registered',
    ...party,
    rolesAsked: [],
    askedAt: null,
    declined: null,
    members: [],
    invitations: [],
    certificates: [],
    passkeys: [],
    expert: null,
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
