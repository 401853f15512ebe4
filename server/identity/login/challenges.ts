import { randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppCall } from '../../app-call.ts'
import { sha256 } from '../../kernel/keys.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Platform } from '../../platform.ts'
import type { MemberCapacity } from '../party/decider.ts'

/** What a challenge is for; each opens one thing only. */
export type ChallengeKind =
  | 'log-in'
  | 'passkey'
  | 'new-passkey'
  | 'bind'
  | 'link'
  | 'invitation'
  | 'registration'

/** The browser before it is signed in: challenges are bound to it. */
const cookieName = 'yg_pre'
const minutesOf: Readonly<Record<ChallengeKind, number>> = {
  'log-in': 5,
  passkey: 5,
  'new-passkey': 5,
  bind: 30,
  link: 72 * 60,
  invitation: 72 * 60,
  registration: 15,
}

/**
 * A challenge that opens once: the table holds the hash of kind, holder and challenge, and what it
 * is about, encrypted. Whoever has the table can neither use nor read it.
 * @param holder what the answer must come with: a cookie, a session, nothing for a link
 */
export async function keepChallenge(
  platform: Platform,
  kind: ChallengeKind,
  holder: string,
  challenge: string,
  about: unknown = null,
): Promise<void> {
  const sealed = platform.keys.seal('session', Buffer.from(JSON.stringify(about)))
  await platform.sql`delete from work.challenges where expires_at < clock_timestamp()`
  await platform.sql`
    insert into work.challenges (id_hash, kind, value, expires_at)
    values (${sha256(`${kind}\n${holder}\n${challenge}`)}, ${kind}, ${sealed.toString('base64')},
      clock_timestamp() + make_interval(mins => ${minutesOf[kind]}))
    on conflict (id_hash) do nothing`
}

/**
 * Uses a challenge up: of two that come at once one gets it.
 * @returns what it was about
 * @throws ProblemError `challenge-used`
 */
export async function takeChallenge<T>(
  platform: Platform,
  kind: ChallengeKind,
  holder: string,
  challenge: string,
): Promise<T> {
  const [row] = await platform.sql`
    delete from work.challenges
    where id_hash = ${sha256(`${kind}\n${holder}\n${challenge}`)}
      and expires_at > clock_timestamp()
    returning value`
  if (!row) throw new ProblemError(kind === 'link' ? 'link-used' : 'challenge-used')
  const bytes = platform.keys.open('session', Buffer.from(row.value, 'base64'))
  return JSON.parse(bytes.toString('utf8')) as T
}

/** What a challenge that is still open is about, without using it up; null: there is none. */
export async function readChallenge<T>(
  platform: Platform,
  kind: ChallengeKind,
  holder: string,
  challenge: string,
): Promise<T | null> {
  const [row] = await platform.sql`
    select value from work.challenges
    where id_hash = ${sha256(`${kind}\n${holder}\n${challenge}`)}
      and expires_at > clock_timestamp()`
  if (!row) return null
  const bytes = platform.keys.open('session', Buffer.from(row.value, 'base64'))
  return JSON.parse(bytes.toString('utf8')) as T
}

/** The pre-session of this browser, begun where there is none. */
export function preSession(call: AppCall): string {
  const known = readPreSession(call)
  if (known) return known
  const made = randomBytes(24).toString('base64url')
  setCookie(call.http, cookieName, made, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: call.platform.origin.startsWith('https:'),
    path: '/',
    maxAge: 3600,
  })
  return made
}

export function readPreSession(call: AppCall): string | null {
  const value = getCookie(call.http, cookieName)
  return value && /^[A-Za-z0-9_-]{32}$/.test(value) ? value : null
}

/** What an organisation offers to someone who acts for another. */
export interface InvitationLink {
  readonly party: string
  readonly person: string
  readonly capacity: MemberCapacity
}

/** A link at which the invited person, signed in by a passkey of his own, accepts: it signs nobody in. */
export async function makeInvitationLink(
  platform: Platform,
  invitation: InvitationLink,
): Promise<{ token: string; url: string }> {
  const token = randomBytes(24).toString('base64url')
  await keepChallenge(platform, 'invitation', '', token, invitation)
  return { token, url: `${platform.origin}/join#${token}` }
}

/** A link that signs one member in once, for three days; the token stands behind `#`. */
export async function makeLink(
  platform: Platform,
  member: { party: string; person: string },
): Promise<{ token: string; url: string }> {
  const token = randomBytes(24).toString('base64url')
  await keepChallenge(platform, 'link', '', token, member)
  return { token, url: `${platform.origin}/join#${token}` }
}
