import type { Projection } from '../../kernel/projection.ts'
import type { Event } from './decider.ts'

const partyOf = (stream: string) => stream.slice('party:'.length)

/** `read.parties`: a row a party; names of people are not in it. */
export const partyList: Projection<Event> = {
  PartyRegistered: (tx, { party }) => tx`
    insert into read.parties (id, kind, name, roles, region, is_demo)
    values (${party.id}, ${party.kind}, ${party.name}, ${[...party.roles]}, ${party.region},
      ${party.isDemo})
    on conflict (id) do nothing`,
  PartyClaimed: (tx, { party }) => tx`
    update read.parties set name = ${party.name}, roles = ${[...party.roles]}, roles_asked = '{}',
      region = ${party.region}
    where id = ${party.id}`,
  RolesAsked: (tx, e) => tx`
    update read.parties set roles_asked =
      array(select distinct unnest(roles_asked || ${[...e.roles]}::text[]) order by 1)
    where id = ${partyOf(e.stream)}`,
  RolesApproved: (tx, e) => tx`
    update read.parties set
      roles = array(select distinct unnest(roles || ${[...e.roles]}::text[]) order by 1),
      roles_asked = array(select r from unnest(roles_asked) r where r <> all(${[...e.roles]}::text[]))
    where id = ${partyOf(e.stream)}`,
  RolesDeclined: (tx, e) => tx`
    update read.parties set
      roles_asked = array(select r from unnest(roles_asked) r where r <> all(${[...e.roles]}::text[]))
    where id = ${partyOf(e.stream)}`,
  ExpertEnrolled: (tx, e) => tx`
    update read.parties set specialties = ${[...e.expert.specialties]}, region = ${e.expert.region},
      employer = ${e.expert.employer}, active = true
    where id = ${partyOf(e.stream)}`,
  ExpertSuspended: (tx, e) =>
    tx`update read.parties set active = false where id = ${partyOf(e.stream)}`,
}

/**
 * `read.members`, `read.passkeys`, `read.certificates`: by what a person is found at log-in. A member
 * who has gone stays as a row that has ended: for whom a person has ever acted is asked, too.
 */
export const logInKeys: Projection<Event> = {
  PartyClaimed: async (tx, { party }) => {
    await tx`update read.members set ended = true where party = ${party.id}`
    await tx`delete from read.passkeys where party = ${party.id}`
    await tx`delete from read.certificates where party = ${party.id}`
  },
  MemberAdded: (tx, e) => tx`
    insert into read.members (party, person, capacity)
    values (${partyOf(e.stream)}, ${e.person}, ${e.capacity})
    on conflict (party, person, capacity) do update set ended = false`,
  MemberRemoved: (tx, e) => tx`
    update read.members set ended = true
    where party = ${partyOf(e.stream)} and person = ${e.person}`,
  PasskeyAdded: (tx, { passkey, stream }) => tx`
    insert into read.passkeys (id, person, party)
    values (${passkey.id}, ${passkey.person}, ${partyOf(stream)}) on conflict do nothing`,
  PasskeyRemoved: (tx, e) =>
    tx`delete from read.passkeys where id = ${e.id} and party = ${partyOf(e.stream)}`,
  CertificateBound: (tx, { certificate, stream }) => tx`
    insert into read.certificates (sha256, party, use, not_after)
    values (${certificate.sha256}, ${partyOf(stream)}, ${certificate.use}, ${certificate.notAfter})
    on conflict do nothing`,
  CertificateUnbound: (tx, e) => tx`
    delete from read.certificates where sha256 = ${e.sha256} and party = ${partyOf(e.stream)}`,
}
