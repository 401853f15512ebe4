import { type Identity, Person } from './client.ts'
import type { DemoInput } from './input.ts'

/** Everybody whom a trade needs, signed in. */
export interface Cast {
  readonly url: string
  readonly agency: Person
  readonly purchaser: Person
  readonly centre: Person
  readonly regulator: Person
  /** By id of `bids.json`. */
  readonly bidders: ReadonlyMap<string, Person>
  /** By seat of `experts.json`: the purchaser's representatives alone; pool seats are drawn. */
  readonly representatives: ReadonlyMap<string, Person>
  readonly identities: readonly Identity[]
}

type Role = 'agency' | 'purchaser' | 'bidder' | 'tradingCentre' | 'expert' | 'regulator'

/** Signs in as a demo party of that name, made where it is missing. */
async function partyNamed(
  url: string,
  known: readonly Identity[],
  name: string,
  role: Role,
): Promise<Person> {
  const found = known.find((i) => i.party.name === name && i.role === role)
  const identity =
    found ?? (await Person.nobody(url).post<Identity>('/api/demo/parties', { name, role }))
  return Person.signIn(url, identity)
}

/**
 * Makes what is missing and signs everybody in. Per venue at least twice the seats are enrolled as
 * pool experts, each with an employer of its own.
 */
export async function gatherCast(url: string, input: DemoInput): Promise<Cast> {
  const nobody = Person.nobody(url)
  const known = await nobody.get<Identity[]>('/api/demo/identities')
  const named = (name: string, role: Role) => partyNamed(url, known, name, role)
  const { tender, bids, experts } = input
  const [agency, purchaser, centre] = await Promise.all([
    named(tender.agency, 'agency'),
    named(tender.purchaser, 'purchaser'),
    named(tender.tradingCentre, 'tradingCentre'),
  ])
  const regulatorIdentity = known.find((i) => i.role === 'regulator')
  if (!regulatorIdentity) throw new Error('the demo has no regulator')
  const regulator = await Person.signIn(url, regulatorIdentity)
  const bidders = new Map<string, Person>()
  for (const bid of bids) bidders.set(bid.id, await named(bid.bidder, 'bidder'))
  await enrolExperts(url, known, experts)
  const representatives = new Map<string, Person>()
  for (const seat of experts.filter((e) => e.represents === 'purchaser')) {
    const identity = await nobody.post<Identity>('/api/demo/parties', {
      name: `${seat.name}（采购人代表）`,
      role: 'expert',
      region: seat.venue,
      employer: tender.purchaser,
      specialties: [],
    })
    representatives.set(seat.id, await Person.signIn(url, identity))
  }
  return {
    url,
    agency,
    purchaser,
    centre,
    regulator,
    bidders,
    representatives,
    identities: await nobody.get<Identity[]>('/api/demo/identities'),
  }
}

interface ExpertIdentity extends Identity {
  readonly region?: string
}

/** Pool experts: twice the seats a venue, at the least. */
async function enrolExperts(
  url: string,
  known: readonly ExpertIdentity[],
  seats: DemoInput['experts'],
): Promise<void> {
  const nobody = Person.nobody(url)
  const venues = new Map<string, number>()
  for (const seat of seats)
    if (seat.represents === 'pool') venues.set(seat.venue, (venues.get(seat.venue) ?? 0) + 1)
  for (const [venue, count] of venues) {
    const there = known.filter((i) => i.role === 'expert' && i.region === venue).length
    for (let i = there; i < 2 * count; i++)
      await nobody.post('/api/demo/parties', {
        name: `演示专家 ${venue}-${i + 1}`,
        role: 'expert',
        region: venue,
        employer: `演示单位 ${venue}-${i + 1}`,
      })
  }
}
