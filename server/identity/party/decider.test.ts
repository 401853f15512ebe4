import { test } from 'vitest'
import { everyCell, given } from '../../../tests/kit/stories.ts'
import {
  type BoundCertificate,
  type Event,
  type ExpertFacts,
  type PartyFacts,
  type Passkey,
  party,
} from './decider.ts'

const facts = (more: Partial<PartyFacts> = {}): PartyFacts => ({
  id: 'P1',
  kind: 'organisation',
  name: '某公司',
  nameDigest: null,
  roles: [],
  region: null,
  isDemo: false,
  ...more,
})
const registered = (more: Partial<PartyFacts> = {}): Event => ({
  type: 'PartyRegistered',
  party: facts(more),
})
const member = (person: string, capacity: 'orgAdmin' | 'operator' = 'orgAdmin'): Event => ({
  type: 'MemberAdded',
  person,
  nameDigest: 'd',
  capacity,
})
const asked = (...roles: ('bidder' | 'agency' | 'regulator')[]): Event => ({
  type: 'RolesAsked',
  roles,
})
const certificate: BoundCertificate = { sha256: 'c1', use: 'sign', der: 'AA', notAfter: '2027' }
const bound: Event = { type: 'CertificateBound', certificate }
const passkey: Passkey = { id: 'k1', person: 'p1', publicKey: 'AA', counter: 0, transports: [] }
const expert: ExpertFacts = {
  specialties: ['A08'],
  region: '371300',
  employer: '某院',
  title: '高工',
}
const own = { actor: { party: 'P1', capacity: 'orgAdmin' } } as const

test('an organisation registers, and its other roles wait for approval', () => {
  const story = given(party)
  story
    .when({ type: 'registerParty', party: facts({ roles: ['bidder'] }), rolesAsked: ['agency'] })
    .then({ type: 'PartyRegistered' }, { type: 'RolesAsked', roles: ['agency'] })
  story
    .when({ type: 'registerParty', party: facts(), rolesAsked: ['bidder', 'regulator'] })
    .refused('roles-incompatible')
})

test('whoever has the certificate takes the place of an unproved registration, of no other', () => {
  const claim = { type: 'claimParty', party: facts({ roles: ['bidder'] }), rolesAsked: [] } as const
  given(party, registered(), member('p1')).when(claim).then({ type: 'PartyClaimed' })
  given(party, registered(), bound).when(claim).refused('party-registered-already')
  given(party, registered({ roles: ['agency'] }))
    .when(claim)
    .refused('party-registered-already')
  given(party, registered())
    .when({ ...claim, rolesAsked: ['regulator'] })
    .refused('roles-incompatible')
})

test('further roles are asked for, and approved or declined by another who may', () => {
  const holder = given(party, registered({ roles: ['bidder'] }))
  holder.when({ type: 'askRoles', roles: ['bidder'] }).refused('roles-held-already')
  holder.when({ type: 'askRoles', roles: ['regulator'] }).refused('roles-incompatible')
  holder
    .when({ type: 'askRoles', roles: ['bidder', 'agency'] })
    .then({ type: 'RolesAsked', roles: ['agency'] })
  const waiting = given(party, registered(), asked('agency', 'bidder', 'regulator'))
  for (const type of ['approveRoles', 'declineRoles'] as const) {
    const by = 'tradingCentre' as const
    const command = { type, roles: ['agency'] as const, by, reason: '资料不全' }
    waiting.when(command).then({
      type: type === 'approveRoles' ? 'RolesApproved' : 'RolesDeclined',
      roles: ['agency'],
    })
    waiting.when(command, own).refused('own-party')
    waiting.when({ ...command, roles: ['purchaser'] }).refused('roles-not-asked')
    waiting.when({ ...command, roles: ['regulator'] }).refused('role-needs-administrator')
  }
  given(party, registered(), asked('agency', 'regulator'), {
    type: 'RolesApproved',
    roles: ['agency'],
    by: 'platformAdmin',
  })
    .when({ type: 'approveRoles', roles: ['regulator'], by: 'platformAdmin' })
    .refused('roles-incompatible')
  given(party, registered(), asked('agency'), {
    type: 'RolesDeclined',
    roles: ['agency'],
    by: 'platformAdmin',
    reason: '',
  })
    .when({ type: 'approveRoles', roles: ['agency'], by: 'platformAdmin' })
    .refused('roles-not-asked')
})

test('members come and go, but the last administrator stays', () => {
  const story = given(party, registered(), member('p1'))
  const add = { type: 'addMember', person: 'p2', nameDigest: 'd', capacity: 'operator' } as const
  story.when(add).then({ type: 'MemberAdded', person: 'p2' })
  story.when({ ...add, person: 'p1', capacity: 'orgAdmin' }).refused('member-already')
  story.when({ ...add, capacity: 'expert' }).refused('capacity-of-experts')
  story.when({ type: 'removeMember', person: 'p2' }).refused('no-such-member')
  story.when({ type: 'removeMember', person: 'p1' }).refused('last-administrator')
  const two = given(party, registered(), member('p1'), member('p2'), member('p3', 'operator'))
  two.when({ type: 'removeMember', person: 'p1' }).then({ type: 'MemberRemoved' })
  two.when({ type: 'removeMember', person: 'p3' }).then({ type: 'MemberRemoved' })
  given(party, registered(), member('p1'), member('p2'), { type: 'MemberRemoved', person: 'p1' })
    .when({ type: 'removeMember', person: 'p2' })
    .refused('last-administrator')
})

test('who acts for another already becomes a member by his own acceptance, and by nobody else’s', () => {
  const invite = {
    type: 'inviteMember',
    person: 'p9',
    nameDigest: 'd9',
    capacity: 'operator',
  } as const
  const story = given(party, registered(), member('p1'))
  story.when(invite).then({ type: 'MemberInvited', person: 'p9' })
  story.when({ ...invite, capacity: 'expert' }).refused('capacity-of-experts')
  story.when({ ...invite, person: 'p1' }).refused('member-already')
  const accept = { type: 'acceptInvitation', capacity: 'operator' } as const
  const by = (person: string) =>
    ({ actor: { party: 'P2', person, capacity: 'authorisedSigner' } }) as const
  const invited: Event = {
    type: 'MemberInvited',
    person: 'p9',
    nameDigest: 'd9',
    capacity: 'operator',
  }
  const waiting = given(party, registered(), member('p1'), invited)
  waiting
    .when(accept, by('p9'))
    .then({ type: 'MemberAdded', person: 'p9', nameDigest: 'd9', capacity: 'operator' })
  waiting.when(accept, by('p1')).refused('not-invited')
  waiting.when({ ...accept, capacity: 'orgAdmin' }, by('p9')).refused('not-invited')
  waiting.when({ type: 'removeMember', person: 'p9' }).then({ type: 'MemberRemoved' })
  given(party, registered(), member('p1'), invited, { type: 'MemberRemoved', person: 'p9' })
    .when(accept, by('p9'))
    .refused('not-invited')
  given(party, registered(), member('p1'), invited, member('p9', 'operator'))
    .when(accept, by('p9'))
    .refused('not-invited')
})

test('certificates and passkeys are bound once and unbound once', () => {
  const story = given(party, registered())
  story
    .when({ type: 'bindCertificate', certificate }, { act: 'a' })
    .then({ type: 'CertificateBound', act: 'a' })
  story.when({ type: 'unbindCertificate', sha256: 'c1' }).refused('certificate-not-bound')
  story.when({ type: 'addPasskey', passkey }).then({ type: 'PasskeyAdded' })
  story.when({ type: 'removePasskey', id: 'k1' }).refused('no-such-passkey')
  const has = given(party, registered(), bound, { type: 'PasskeyAdded', passkey })
  has.when({ type: 'bindCertificate', certificate }).refused('certificate-bound-already')
  has.when({ type: 'unbindCertificate', sha256: 'c1' }).then({ type: 'CertificateUnbound' })
  has.when({ type: 'addPasskey', passkey }).refused('passkey-added-already')
  has.when({ type: 'removePasskey', id: 'k1' }).then({ type: 'PasskeyRemoved' })
  given(
    party,
    registered(),
    bound,
    { type: 'CertificateUnbound', sha256: 'c1' },
    { type: 'PasskeyAdded', passkey },
    { type: 'PasskeyRemoved', id: 'k1' },
  )
    .when({ type: 'bindCertificate', certificate })
    .then({ type: 'CertificateBound' })
})

test('a person is enrolled as an expert, an organisation or an overseer’s officer is not', () => {
  const person = registered({ kind: 'person', name: null, nameDigest: 'd' })
  const story = given(party, person)
  story.when({ type: 'enrolExpert', expert }).then({ type: 'ExpertEnrolled' })
  story.when({ type: 'enrolExpert', expert, worksForOverseer: true }).refused('expert-of-overseer')
  story.when({ type: 'suspendExpert', reason: '超龄' }).refused('not-an-expert')
  given(party, registered()).when({ type: 'enrolExpert', expert }).refused('not-a-person')
  const enrolled = given(party, person, { type: 'ExpertEnrolled', expert })
  enrolled.when({ type: 'suspendExpert', reason: '超龄' }).then({ type: 'ExpertSuspended' })
  enrolled.when({ type: 'enrolExpert', expert }).refused('expert-enrolled-already')
  given(
    party,
    person,
    { type: 'ExpertEnrolled', expert },
    { type: 'ExpertSuspended', reason: '超龄' },
    { type: 'PartyClaimed', party: facts({ kind: 'person' }) },
  )
    .when({ type: 'suspendExpert', reason: '超龄' })
    .refused('not-an-expert')
})

everyCell(party, { none: party.initial, registered: given(party, registered()).state })
