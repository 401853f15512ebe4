import type { AppCall } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import {
  type InvitationLink,
  makeInvitationLink,
  makeLink,
  readChallenge,
  takeChallenge,
} from '../login/challenges.ts'
import { loadParty, partiesEverOf, viewerOf } from '../members.ts'
import { actOnParty, viewerOfCall } from './acting.ts'
import type { MemberCapacity } from './decider.ts'
import { actWithName } from './names.ts'
import { newPersonId } from './registration.ts'

export interface MemberWish {
  readonly name: string
  readonly capacity: MemberCapacity
  /** One who is known already; none: a new person. */
  readonly person?: string
}

/**
 * Adds a person of the organisation's own: a new one, or a further capacity of a member. Anybody else
 * is invited only: nothing comes of it until he accepts it himself.
 * @throws ProblemError `member-already`, `expert-acts-for-no-one`
 */
export async function addMember(call: AppCall, wish: MemberWish) {
  const { platform, key } = call
  const { party } = viewerOfCall(call)
  // Of this party's own key: another's that happens to be alike makes another person.
  const person = wish.person ?? newPersonId(platform, `${party} ${key}`)
  const { capacity } = wish
  const isOwn = wish.person === undefined || (await isOfParty(platform, party, person))
  if (!isOwn) await refuseExpert(platform, person)
  const type = isOwn ? 'addMember' : 'inviteMember'
  const about = [type, party, person, capacity, key as string]
  await actWithName(platform, wish.name, about, (nameDigest) =>
    actOnParty(call, { type, person, nameDigest, capacity }),
  )
  if (!isOwn) {
    const link = await makeInvitationLink(platform, { party, person, capacity })
    return { person, invited: true, link }
  }
  const link = wish.person ? null : await makeLink(platform, { party, person })
  return { person, invited: false, link }
}

/** @throws ProblemError `expert-acts-for-no-one` */
async function refuseExpert(platform: Platform, person: string): Promise<void> {
  const party = await loadParty(platform, person)
  if (party?.kind === 'person') throw new ProblemError('expert-acts-for-no-one')
}

/** A member now, or one who was and has never acted for anybody else. */
async function isOfParty(platform: Platform, party: string, person: string): Promise<boolean> {
  const state = await loadParty(platform, party)
  if (state?.members.some((m) => m.person === person)) return true
  const ever = await partiesEverOf(platform, person)
  return ever.size === 1 && ever.has(party)
}

/**
 * Why a one-time link signs nobody in, where it is an invitation: the person himself accepts it.
 * Null: it is none.
 */
export async function invitationProblem(
  platform: Platform,
  viewer: Viewer | null,
  token: string,
): Promise<ProblemError | null> {
  const invited = await readChallenge<InvitationLink>(platform, 'invitation', '', token)
  if (!invited) return null
  if (!viewer || !isHimself(viewer, invited)) return new ProblemError('invitation-of-another')
  const party = await loadParty(platform, invited.party)
  return new ProblemError('invitation-to-accept', { party: party?.name ?? invited.party })
}

/** By a proof of the person's own: what one organisation says of him does not accept for him. */
const isHimself = (viewer: Viewer, { person }: InvitationLink) =>
  viewer.person === person && viewer.within === undefined

/**
 * Accepts an invitation: from then on the person may act for that organisation, too.
 * @returns whom he has become in this session
 * @throws ProblemError `invitation-of-another`, `not-invited`, `link-used`
 */
export async function acceptInvitation(call: AppCall, token: string): Promise<Viewer> {
  const { platform } = call
  const viewer = viewerOfCall(call)
  const invited = await readChallenge<InvitationLink>(platform, 'invitation', '', token)
  if (!invited) throw new ProblemError('link-used')
  if (!isHimself(viewer, invited)) throw new ProblemError('invitation-of-another')
  const { party, person, capacity } = invited
  await refuseExpert(platform, person)
  await actOnParty(call, { type: 'acceptInvitation', capacity }, party)
  await takeChallenge(platform, 'invitation', '', token)
  return viewerOf(platform, person, { party, capacity })
}
