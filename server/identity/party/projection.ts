import type { Projection } from '../../kernel/projection.ts'
import type { Event } from './decider.ts'

/** `read.parties`: a row a party; names of people are not in it. */
export const partyList: Projection<Event> = {
  PartyRegistered: (tx, { party }) => tx`
    insert into read.parties (id, kind, name, roles, region, is_demo)
    values (${party.id}, ${party.kind}, ${party.name}, ${[...party.roles]}, ${party.region},
      ${party.isDemo})
    on conflict (id) do nothing`,
  ExpertEnrolled: (tx, e) => tx`
    update read.parties set specialties = ${[...e.expert.specialties]}, region = ${e.expert.region},
      employer = ${e.expert.employer}, active = true
    where id = ${e.stream.slice('party:'.length)}`,
  ExpertSuspended: (tx, e) =>
    tx`update read.parties set active = false where id = ${e.stream.slice('party:'.length)}`,
}
