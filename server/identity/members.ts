import { ProblemError } from '../kernel/problem.ts'
import type { Viewer } from '../kernel/viewer.ts'
import type { Platform } from '../platform.ts'
import { readPersonal } from '../vault/personal.ts'
import type { MemberCapacity, RegisteredParty, State } from './party/decider.ts'

/** One thing that a person may be: for whom, and as what. */
export interface Membership {
  readonly party: string
  readonly partyName: string | null
  readonly capacity: MemberCapacity
}

export async function loadParty(platform: Platform, id: string): Promise<RegisteredParty | null> {
  const state = (await platform.store.stream(`party:${id}`)).state as State
  return state.stage === 'registered' ? state : null
}

/**
 * All that a person may be now, by party and capacity.
 * @param within the one party that a log-in reaches; none: all
 */
export async function membershipsOf(
  platform: Platform,
  person: string,
  within?: string,
): Promise<Membership[]> {
  const rows = await platform.sql`
    select m.party, p.name, m.capacity from read.members m join read.parties p on p.id = m.party
    where m.person = ${person} and not m.ended order by p.name, m.party, m.capacity`
  return rows
    .map((row) => ({ party: row.party, partyName: row.name, capacity: row.capacity }))
    .filter((one) => within === undefined || one.party === within)
}

/** Every party that a person acts for or has ever acted for. */
export async function partiesEverOf(platform: Platform, person: string): Promise<Set<string>> {
  const rows = await platform.sql`select distinct party from read.members where person = ${person}`
  return new Set(rows.map((row) => row.party as string))
}

/**
 * Whether the proof of this log-in was one party's alone, for a person who is or was another's too.
 * Such a log-in is that party's word and not the person's: it must not count as his anywhere else.
 */
export async function isVouchedAlone(platform: Platform, viewer: Viewer): Promise<boolean> {
  if (viewer.within === undefined) return false
  const parties = await partiesEverOf(platform, viewer.person)
  return [...parties].some((one) => one !== viewer.within)
}

/**
 * A new passkey opens all that its person may be, so a log-in that one party vouches for makes none
 * for a person who also acts for others, or has: else the administrator of one could enter as him.
 * @throws ProblemError `member-elsewhere`
 */
export async function mayHavePasskey(platform: Platform, viewer: Viewer): Promise<void> {
  if (await isVouchedAlone(platform, viewer)) throw new ProblemError('member-elsewhere')
}

/**
 * The viewer of a person in a capacity, with the roles that the party has now.
 * @throws ProblemError `capacity-not-held` where the person is no such member (any more)
 */
export async function viewerOf(
  platform: Platform,
  person: string,
  { party, capacity }: Pick<Membership, 'party' | 'capacity'>,
): Promise<Viewer> {
  const state = await loadParty(platform, party)
  const member = state?.members.find((m) => m.person === person && m.capacity === capacity)
  if (!state || !member) throw new ProblemError('capacity-not-held')
  const name = (await readPersonal<string>(platform, member.nameDigest)) ?? ''
  return {
    person,
    personName: name,
    party,
    partyName: state.name ?? name,
    capacity,
    roles: state.kind === 'person' ? ['expert'] : state.roles,
  }
}

/** A person who has several capacities and has chosen none yet: acts for nobody, may nothing. */
export function unchosen(person: string, personName: string): Viewer {
  return {
    person,
    personName,
    party: person,
    partyName: personName,
    capacity: 'operator',
    roles: [],
  }
}

/**
 * Who a person is after log-in: his one capacity, or nobody's until he chooses.
 * @param within the one party that the log-in reaches; none: all
 * @throws ProblemError `no-membership`
 */
export async function viewerAfterLogIn(
  platform: Platform,
  person: string,
  within?: string,
): Promise<{ viewer: Viewer; choices: Membership[] }> {
  const choices = await membershipsOf(platform, person, within)
  if (choices.length === 0) throw new ProblemError('no-membership')
  const first = await viewerOf(platform, person, choices[0])
  const viewer = choices.length === 1 ? first : unchosen(person, first.personName)
  return { viewer: within === undefined ? viewer : { ...viewer, within }, choices }
}
