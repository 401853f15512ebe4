import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { Sql } from './database.ts'
import { type Keys, sha256 } from './keys.ts'
import type { Viewer } from './viewer.ts'

export interface Session {
  readonly viewer: Viewer
  readonly csrf: string
}

export const sessionCookie = 'yg_session'
const sessionHours = 12

/**
 * Sessions: the cookie is a random name, of which the table holds the hash; who it is stands there
 * encrypted, so that a backup tells nobody who was signed in.
 */
export class Sessions {
  private readonly sql: Sql
  private readonly keys: Keys
  constructor(sql: Sql, keys: Keys) {
    this.sql = sql
    this.keys = keys
  }

  /** @returns the cookie's value and the token that each change must carry */
  async make(viewer: Viewer): Promise<{ cookie: string; csrf: string }> {
    const cookie = randomBytes(24).toString('base64url')
    const csrf = randomBytes(18).toString('base64url')
    const sealed = this.keys.seal('session', Buffer.from(JSON.stringify(viewer)))
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

  /** Replaces who a session is: another capacity was chosen, or rights have changed. */
  async change(cookie: string, viewer: Viewer): Promise<void> {
    const sealed = this.keys.seal('session', Buffer.from(JSON.stringify(viewer)))
    await this.sql`
      update work.sessions set identity = ${sealed.toString('base64')},
        party = ${this.partyName(viewer.party)}, member = ${this.memberName(viewer)}
      where id_hash = ${sha256(cookie)}`
  }

  /** Ends every session of a member who may no longer act for the party. */
  async endOfMember(member: Pick<Viewer, 'party' | 'person'>): Promise<void> {
    await this.sql`delete from work.sessions where member = ${this.memberName(member)}`
  }

  /** Ends every session for a party: its members were replaced. */
  async endOfParty(party: string): Promise<void> {
    await this.sql`delete from work.sessions where party = ${this.partyName(party)}`
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
  }
}
