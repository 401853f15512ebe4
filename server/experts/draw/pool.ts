import { beijingDate } from '../../kernel/calendar.ts'
import { loadJoined, type Platform } from '../../platform.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { Trade } from '../../trade.ts'
import { recusalGrounds } from './recusal.ts'
import { compareIds, type PoolExpert, type Stratum } from './seed.ts'

/** An active expert as enrolled; the employer's name stays here, a draw uses a handle of it. */
interface Enrolled {
  readonly id: string
  readonly specialties: readonly string[]
  readonly region: string
  readonly employer: string
}

async function enrolled(platform: Platform): Promise<Enrolled[]> {
  const rows = await platform.sql`
    select id, specialties, region, employer from read.parties
    where 'expert' = any(roles) and active and cardinality(specialties) > 0
      and region is not null and employer is not null`
  return rows.map((r) => ({
    id: r.id,
    specialties: r.specialties,
    region: r.region,
    employer: r.employer,
  }))
}

/**
 * The pool with the attributes a draw uses. An expert of several specialties stands for the first
 * stratum that asks for one of them in his region. Employers are handles that only tell whether two
 * are the same: who reads the commitment must not learn where a candidate works.
 */
export async function loadPool(
  platform: Platform,
  strata: readonly Stratum[],
): Promise<PoolExpert[]> {
  const handle = (employer: string) =>
    platform.keys.name('employer', employer).subarray(0, 12).toString('base64url')
  return (await enrolled(platform))
    .map((e): PoolExpert => {
      const asked = strata.find(
        (s) =>
          s.specialty !== null &&
          e.specialties.includes(s.specialty) &&
          (s.region === null || s.region === e.region),
      )
      const specialty = asked?.specialty ?? [...e.specialties].sort()[0]
      return { id: e.id, specialty, region: e.region, employer: handle(e.employer) }
    })
    .sort((a, b) => compareIds(a.id, b.id))
}

const names = async (platform: Platform, ids: readonly string[]): Promise<string[]> => {
  const rows = await platform.sql`select id, name from read.parties where id = any(${[...ids]})`
  return rows.flatMap((r) => [r.id as string, ...(r.name ? [r.name as string] : [])])
}

/** Names and ids of all who bid in a lot, once its opening has closed. */
async function bidderNames(platform: Platform, lot: string): Promise<string[]> {
  const joined = await loadJoined(platform, lot)
  const bidders = joined.filter((b) => b.state.stage === 'submitted' || b.state.stage === 'revoked')
  return names(
    platform,
    bidders.map((b) => b.party),
  )
}

/** Experts who may not serve in this lot, by the system's rules; the grounds stay here. */
export async function recusedExperts(
  platform: Platform,
  trade: Trade,
  lot: string,
): Promise<string[]> {
  const { project } = trade
  if (project.stage !== 'published') return []
  const bidders = await bidderNames(platform, lot)
  const own = await names(platform, [project.purchaser, project.agency])
  const on = beijingDate(trade.now)
  // No rule here keeps an expert from the same agency's next trade.
  const rules = { years: wholeLimit('recusalYears'), sameAgencyDays: 0 }
  const experts = await enrolled(platform)
  const overseers = await officersOfRegulators(
    platform,
    experts.map((e) => e.id),
  )
  return experts
    .filter((e) => {
      const ties = {
        projectId: project.id,
        purchaser: '',
        agency: '',
        bidders: [...own, ...bidders],
        on,
      }
      return overseers.includes(e.id) || recusalGrounds(e, ties, rules).length > 0
    })
    .map((e) => e.id)
    .sort(compareIds)
}

/**
 * Who of these persons is an officer of a regulator: a supervising authority's staff sits in no
 * committee that it oversees.
 * @source 招标投标法实施条例 art. 46
 */
async function officersOfRegulators(platform: Platform, ids: readonly string[]): Promise<string[]> {
  const rows = await platform.sql`
    select distinct m.person from read.members m join read.parties p on p.id = m.party
    where 'regulator' = any(p.roles) and not m.ended and m.person = any(${[...ids]})`
  return rows.map((r) => r.person as string)
}

/** Of the persons named as representatives: those not registered, and those who may not sit. */
export async function judgeRepresentatives(
  platform: Platform,
  lot: string,
  isOpened: boolean,
  ids: readonly string[],
): Promise<{ unknownIds: string[]; tiedIds: string[] }> {
  const rows = await platform.sql`
    select id, employer, roles from read.parties where id = any(${[...ids]}) and kind = 'person'`
  const known = new Map(rows.map((r) => [r.id as string, r]))
  const overseers = await officersOfRegulators(platform, ids)
  const unknownIds = ids.filter((id) => !known.has(id))
  // Before the opening nobody may learn from a refusal who bids.
  const bidders = isOpened ? await bidderNames(platform, lot) : []
  const tiedIds = ids.filter(
    (id) =>
      overseers.includes(id) ||
      bidders.includes(id) ||
      bidders.includes(known.get(id)?.employer as string),
  )
  return { unknownIds, tiedIds }
}
