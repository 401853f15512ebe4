import type { AppCall } from '../../app-call.ts'
import { notAtThisStage } from '../../kernel/decider.ts'
import { sha256 } from '../../kernel/keys.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { normalisedUscc, usccProblem } from '../../kernel/uscc.ts'
import { actorOf, type OrganisationRole, type Viewer } from '../../kernel/viewer.ts'
import { actOf, type Platform } from '../../platform.ts'
import type { Services } from '../../services.ts'
import { keepChallenge, makeLink, readChallenge, readPreSession } from '../login/challenges.ts'
import { loadParty, viewerOf } from '../members.ts'
import { signIn } from '../sign-in.ts'
import { bind, idNumberHash, proveCertificate, type SignedBody } from './certificates.ts'
import type { Command, ExpertFacts, PartyFacts, RegisteredParty } from './decider.ts'
import { actWithName } from './names.ts'

export interface Registration {
  readonly uscc: string
  readonly name: string
  readonly region: string | null
  readonly roles: readonly OrganisationRole[]
  readonly member: { readonly name: string }
  readonly proof: SignedBody | null
}

/** A person's id: random to everyone but who holds the platform's key; the same for a retry. */
export function newPersonId(platform: Platform, key: string, kind = 'p'): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const bytes = sha256(platform.keys.name('person', kind, key)).subarray(0, 20)
  return `${kind}-${[...bytes].map((b) => letters[b % 32]).join('')}`
}

/**
 * Registers an organisation. With a certificate it has proved who it is and may bid at once; all
 * else waits for the administrator or a centre. An unproved registration that nobody has approved
 * keeps no one out: the certificate's holder takes its place.
 * @throws ProblemError `uscc-invalid`, `party-registered-already`, `roles-incompatible`,
 *   `key-guessable`, or a fault of the certificate
 */
export async function register(call: AppCall, services: Services, wish: Registration) {
  const { platform } = call
  const uscc = normalisedUscc(wish.uscc)
  const wrong = usccProblem(uscc)
  if (wrong) throw new ProblemError('uscc-invalid', { problem: wrong })
  const key = call.key as string
  if (isGuessable(key)) throw new ProblemError('key-guessable')
  const person = newPersonId(platform, `${uscc} ${key}`)
  const actor = { party: uscc, person, capacity: 'orgAdmin' } as const
  const holder = readPreSession(call) ?? ''
  const proved = wish.proof ? await proveCertificate(platform, holder, actor, wish.proof) : null
  if (proved?.certificate.use === 'encrypt') throw new ProblemError('proof-differs')
  const granted: OrganisationRole[] = proved ? wish.roles.filter((r) => r === 'bidder') : []
  const facts: PartyFacts = {
    id: uscc,
    kind: 'organisation',
    name: wish.name,
    nameDigest: null,
    roles: granted,
    region: wish.region,
    isDemo: platform.config.mode === 'demo',
  }
  const rolesAsked = wish.roles.filter((r) => !granted.includes(r))
  const before = await loadParty(platform, uscc)
  const isRetry = before !== null && (await mayRetry(call, before, person))
  // A key that is known from somewhere is nobody's way in.
  if (before !== null && !isRetry && !proved) throw new ProblemError('party-registered-already')
  const takesOver = proved !== null && before !== null && !isRetry
  const act = (command: Command, more: object = {}) =>
    actOf(platform, {
      kind: 'party',
      id: uscc,
      project: null,
      command,
      actor,
      ...more,
    })
  if (before === null && holder)
    await keepChallenge(platform, 'registration', holder, `${uscc} ${key}`, { person })
  const isBound = (sha256: string) => before?.certificates.some((c) => c.sha256 === sha256) === true
  if (!(isRetry && proved))
    await act(
      { type: takesOver ? 'claimParty' : 'registerParty', party: facts, rolesAsked },
      { key },
    ).catch((error) => {
      const isKnown = error instanceof ProblemError && error.slug === notAtThisStage
      throw isKnown ? new ProblemError('party-registered-already') : error
    })
  if (takesOver) await services.sessions.endOfParty(uscc)
  const known = await loadParty(platform, uscc)
  if (!known?.members.some((m) => m.person === person)) {
    const about = ['register', uscc, key]
    await actWithName(platform, wish.member.name, about, (nameDigest) =>
      act({ type: 'addMember', person, nameDigest, capacity: 'orgAdmin' }),
    )
  }
  if (proved && !isBound(proved.certificate.sha256)) await bind(call, actor, proved)
  const viewer = await viewerOf(platform, person, { party: uscc, capacity: 'orgAdmin' })
  const { csrf } = await signIn(call, services, viewer)
  return { party: uscc, person, roles: granted, rolesAsked, csrf, viewer }
}

/** A registration's key lets its browser ask again for a lost answer: it must be hard to hit upon. */
const isGuessable = (key: string): boolean => key.length < 32 || new Set(key).size < 8

/**
 * The answer was lost: the same browser may send the same key again within some minutes, and is the
 * same person. Once that person has a passkey, this is the way in.
 */
async function mayRetry(call: AppCall, known: RegisteredParty, person: string): Promise<boolean> {
  const browser = readPreSession(call)
  if (browser === null || known.passkeys.some((p) => p.person === person)) return false
  const name = `${known.id} ${call.key}`
  const begun = await readChallenge<{ person: string }>(
    call.platform,
    'registration',
    browser,
    name,
  )
  return begun?.person === person
}

type ExpertWish = Omit<ExpertFacts, 'idNumberHash'> & {
  readonly name: string
  readonly idNumber: string
}

/**
 * Enrols an expert, who acts for no one. Of the id number a keyed hash alone is kept.
 * @throws ProblemError `expert-of-overseer`, `expert-enrolled-already`
 */
export async function enrolExpert(call: AppCall, wish: ExpertWish) {
  const { platform } = call
  const { name, idNumber, ...facts } = wish
  const hash = idNumberHash(platform, idNumber)
  // The id follows from the number: one person is one expert, however often enrolled.
  const person = newPersonId(platform, hash, 'e')
  const overseers = await platform.sql`
    select from read.parties where name = ${facts.employer}
      and roles && array['regulator', 'tradingCentre', 'platformAdmin']`
  const actor = actorOf(call.viewer as Viewer)
  const worksForOverseer = overseers.length > 0
  if (worksForOverseer) throw new ProblemError('expert-of-overseer')
  const act = (command: Command) =>
    actOf(platform, {
      kind: 'party',
      id: person,
      project: null,
      command,
      actor,
      key: `${call.key} ${command.type}`,
    })
  const known = await loadParty(platform, person)
  const isDemo = platform.config.mode === 'demo'
  const about = ['enrolExpert', person, call.key as string]
  if (!known?.members.length)
    await actWithName(platform, name, about, async (nameDigest) => {
      const { region } = facts
      const party = { id: person, kind: 'person', name: null, roles: ['expert'], region } as const
      if (!known) await act({ type: 'registerParty', party: { ...party, nameDigest, isDemo } })
      await act({ type: 'addMember', person, nameDigest, capacity: 'expert' })
    })
  await act({ type: 'enrolExpert', expert: { ...facts, idNumberHash: hash }, worksForOverseer })
  return { person, link: await makeLink(platform, { party: person, person }) }
}
