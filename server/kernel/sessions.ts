import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { Sql } from './database.ts'
import { type Keys, sha256 } from './keys.ts'
import { ProblemError } from './problem.ts'
import type { Viewer } from './viewer.ts'

export interface Session {
  readonly viewer: Viewer
  readonly csrf: string
}

export const sessionCookie = 'yg_session'
const sessionHours = 12

/** What has ended: one session by its name, all of a member for a party, or all for a party. */
export type Ended =
  | { readonly session: string }
  | { readonly party: string; readonly person?: string }

/** The name of a cookie's session: nobody gets in by it. */
export const sessionName = (cookie: string): string => sha256(cookie).toString('base64url')

/**
 * Sessions: the cookie is a random name, of which the table holds the hash; who it is stands there
 * encrypted, so that a backup tells nobody who was signed in.
 */
export class Sessions {
  private readonly sql: Sql
  private readonly keys: Keys
  private readonly listeners = new Set<(ended: Ended) => void>()
  constructor(sql: Sql, keys: Keys) {
    this.sql = sql
    this.keys = keys
  }

  /** Hears of what ends in this process; of what ends elsewhere and of itself `living` tells. */
  onEnd(listener: (ended: Ended) => void): void {
    this.listeners.add(listener)
  }

  private tell(ended: Ended): void {
    for (const listener of this.listeners) listener(ended)
  }

  /** Those of some sessions, by their names, that still are there. */
  async living(names: readonly string[]): Promise<Set<string>> {
    const hashes = names.map((name) => Buffer.from(name, 'base64url').toString('hex'))
    const rows = await this.sql`
      select id_hash from work.sessions
      where id_hash in (select decode(hash, 'hex') from unnest(${hashes}::text[]) hash)
        and expires_at > clock_timestamp()`
    return new Set(rows.map((row) => (row.id_hash as Buffer).toString('base64url')))
  }

  /** @returns the cookie's value and the token that each change must carry */
  async make(viewer: Viewer): Promise<{ cookie: string; csrf: string }> {
    const cookie = randomBytes(24).toString('base64url')
    const csrf = randomBytes(18).toString('base64url')
    const sealed = this.keys.seal('session', Buffer.from(JSON.stringify(viewer)))
    await this.sql`delete from work.sessions where expires_at < clock_timestamp()`
    await this.sql`
      insert into work.sessions (id_hash, identity, csrf, party, member, expires_at)
      values (${sha256(cookie)}, ${sealed.toString('base64')}, ${csrf},
        ${this.partyName(viewer.party)}, ${this.memberName(viewer)},
        clock_timestamp() + make_interval(hours => ${sessionHours}))`
    return { cookie, csrf }
  }

  private partyName(party: string): Buffer {
    return this.keys.name('session-party', party)
  }

  private memberName(member: Pick<Viewer, 'party' | 'person'>): Buffer {
    return this.keys.name('session-member', member.party, member.person)
  }

  /**
   * Replaces who a session is: another capacity was chosen, or rights have changed. What hears as the
   * one before ends with it.
   */
  async change(cookie: string, viewer: Viewer): Promise<void> {
    const sealed = this.keys.seal('session', Buffer.from(JSON.stringify(viewer)))
    await this.sql`
      update work.sessions set identity = ${sealed.toString('base64')},
        party = ${this.partyName(viewer.party)}, member = ${this.memberName(viewer)}
      where id_hash = ${sha256(cookie)}`
    this.tell({ session: sessionName(cookie) })
  }

  /** Ends every session of a member who may no longer act for the party. */
  async endOfMember(member: Pick<Viewer, 'party' | 'person'>): Promise<void> {
    await this.sql`delete from work.sessions where member = ${this.memberName(member)}`
    this.tell({ party: member.party, person: member.person })
  }

  /** Ends every session for a party: its members were replaced. */
  async endOfParty(party: string): Promise<void> {
    await this.sql`delete from work.sessions where party = ${this.partyName(party)}`
    this.tell({ party })
  }

  async read(cookie: string | undefined): Promise<Session | null> {
    if (!cookie) return null
    const [row] = await this.sql`
      select identity, csrf from work.sessions
      where id_hash = ${sha256(cookie)} and expires_at > clock_timestamp()`
    if (!row) return null
    const viewer = JSON.parse(
      this.keys.open('session', Buffer.from(row.identity, 'base64')).toString('utf8'),
    ) as Viewer
    return { viewer, csrf: row.csrf }
  }

  /** The session of a request. */
  of(c: Context): Promise<Session | null> {
    return this.read(getCookie(c, sessionCookie))
  }

  async endOf(c: Context): Promise<void> {
    const cookie = getCookie(c, sessionCookie)
    if (cookie) await this.end(cookie)
    deleteCookie(c, sessionCookie, { path: '/' })
  }

  async end(cookie: string): Promise<void> {
    await this.sql`delete from work.sessions where id_hash = ${sha256(cookie)}`
    this.tell({ session: sessionName(cookie) })
  }
}

/**
 * Whether a change comes from a page of this platform: of its origin, and with its session's token.
 * @param session null where there is none, or none is needed
 * @throws ProblemError `csrf-token-wrong`
 */
export function checkToken(c: Context, session: Session | null): void {
  const origin = c.req.header('origin')
  if (origin && !isOwnOrigin(origin, c.req.header('host')))
    throw new ProblemError('csrf-token-wrong')
  if (!session) return
  const given = Buffer.from(c.req.header('x-csrf-token') ?? '')
  const wanted = Buffer.from(session.csrf)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new ProblemError('csrf-token-wrong')
}

/** `null`, as a sandboxed frame sends it, is nobody's own. */
function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
