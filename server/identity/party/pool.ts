import type { Platform } from '../../platform.ts'

/** An expert of the pool, for whoever enrols and suspends. */
interface ListedExpert {
  readonly id: string
  /** Null once the personal value is erased. */
  readonly name: string | null
  readonly specialties: readonly string[]
  readonly region: string | null
  /** Tells namesakes apart: whoever lists the pool has entered it himself. */
  readonly employer: string | null
  /** Since when he is drawn no more, and why; null: he may be drawn. */
  readonly suspended: { readonly at: string; readonly reason: string } | null
}

export interface PoolWish {
  /** In the name, the employer or the id; or the whole of a specialty or region. */
  readonly text?: string
  readonly state?: 'active' | 'suspended'
}

/** What the log says of one expert that no read table holds. */
interface Told {
  nameDigest: string | null
  suspended: ListedExpert['suspended']
}

/**
 * The pool, by name. Three questions to the database however many there are: names are personal
 * values, which no read table holds, so a search among them looks at all.
 */
export async function listExperts(
  { sql }: Platform,
  { text = '', state }: PoolWish,
): Promise<ListedExpert[]> {
  const rows = await sql`
    select id, specialties, region, employer, active from read.parties
    where kind = 'person' and cardinality(specialties) > 0`
  const wanted = rows.filter((row) => !state || row.active === (state === 'active'))
  const told = await toldOf(
    sql,
    wanted.map((row) => row.id),
  )
  const names = await namesOf(
    sql,
    [...told.values()].flatMap((one) => one.nameDigest ?? []),
  )
  const found = wanted.map((row): ListedExpert => {
    const { nameDigest = null, suspended = null } = told.get(row.id) ?? {}
    return {
      id: row.id,
      name: nameDigest === null ? null : (names.get(nameDigest) ?? null),
      specialties: row.specialties,
      region: row.region,
      employer: row.employer,
      suspended: row.active ? null : suspended,
    }
  })
  const word = text.trim().toLowerCase()
  return found.filter((one) => word === '' || isMeant(one, word)).sort(byName)
}

function isMeant({ id, name, employer, region, specialties }: ListedExpert, word: string): boolean {
  const within = [id, name ?? '', employer ?? ''].some((one) => one.toLowerCase().includes(word))
  return within || region === word || specialties.some((one) => one.toLowerCase() === word)
}

const order = new Intl.Collator('zh-CN')
const byName = (a: ListedExpert, b: ListedExpert): number =>
  order.compare(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1)

/** From the events themselves: who each is, and the last suspension with its words. */
async function toldOf(sql: Platform['sql'], ids: readonly string[]): Promise<Map<string, Told>> {
  const rows = await sql`
    select body from log.events
    where stream = any(${ids.map((id) => `party:${id}`)})
      and (version = 0 or body like '%"type":"ExpertSuspended"%')
    order by stream, version`
  const told = new Map<string, Told>()
  for (const { body } of rows) {
    const { stream, type, recordedAt, data } = JSON.parse(body)
    const id = String(stream).slice('party:'.length)
    const one = told.get(id) ?? { nameDigest: null, suspended: null }
    if (type === 'PartyRegistered') one.nameDigest = data.party.nameDigest
    if (type === 'ExpertSuspended') one.suspended = { at: recordedAt, reason: data.reason }
    told.set(id, one)
  }
  return told
}

async function namesOf(
  sql: Platform['sql'],
  digests: readonly string[],
): Promise<Map<string, string>> {
  const hex = digests.map((one) => Buffer.from(one, 'base64url').toString('hex'))
  const rows = await sql`
    select digest, value from person.values
    where digest in (select decode(one, 'hex') from unnest(${hex}::text[]) as one)`
  return new Map(
    rows.map((row) => [Buffer.from(row.digest).toString('base64url'), JSON.parse(row.value)]),
  )
}
