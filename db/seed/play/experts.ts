import { createHash, randomBytes } from 'node:crypto'
import type { Cast } from './cast.ts'
import { type Identity, Person } from './client.ts'
import type { DemoInput } from './input.ts'
import { moveClockTo, type Published } from './tendering.ts'

/** Who sits on which seat of `experts.json`. */
export interface Committee {
  readonly seats: ReadonlyMap<string, Person>
  /** The seat whose member is elected chair: the first pool seat. */
  readonly chairSeat: string
}

interface DrawView {
  readonly stage: string
  readonly now: string
  readonly committee: {
    readonly seats: readonly {
      readonly stratum: string
      readonly status: string
      readonly expert: string | null
      readonly isCheckedIn: boolean
    }[]
  } | null
}

const readDraw = (person: Person, lot: string) => person.get<DrawView>(`/api/lots/${lot}/draw`)
const minutesAfter = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** Pool seats of each venue, venues in the order in which they first appear. */
function poolSeats(input: DemoInput): Map<string, string[]> {
  const venues = new Map<string, string[]>()
  for (const seat of input.experts.filter((e) => e.represents === 'pool'))
    venues.set(seat.venue, [...(venues.get(seat.venue) ?? []), seat.id])
  return venues
}

/** Prepares the draw and names the representatives. */
export async function prepareDraw(cast: Cast, input: DemoInput, p: Published): Promise<void> {
  const strata = [...poolSeats(input)].map(([region, seats]) => ({
    specialty: null,
    region,
    count: seats.length,
  }))
  const representatives = [...cast.representatives.values()].map((person) => ({
    id: person.identity?.party.id,
    mandate: `演示授权函 ${person.identity?.id}`,
  }))
  await cast.agency.post(`/api/lots/${p.lot}/draw`, {
    strata,
    representatives: representatives.length,
  })
  await cast.purchaser.post(`/api/lots/${p.lot}/draw/representatives`, { representatives })
}

/**
 * Commits nonces and the draw, moves the clock to the moment named, and reveals. Once the opening is
 * closed the experts are drawn by that.
 */
export async function runDraw(cast: Cast, p: Published): Promise<void> {
  const base = `/api/lots/${p.lot}/draw`
  const nonces = await commitNonces(cast, base)
  const { now } = await readDraw(cast.agency, p.lot)
  const at = minutesAfter(now, 5)
  await cast.agency.post(`${base}/commitment`, { at, revealMinutes: 30 })
  await moveClockTo(cast, p.project, at)
  await revealNonces(base, nonces)
}

/** What a draw's contributors keep to themselves until the checkpoint is taken. */
export type Nonces = readonly { readonly person: Person; readonly bytes: Uint8Array }[]

/** Whether the document leaves K or a method to a draw. */
export function drawsParameters(input: DemoInput): boolean {
  const { price } = input.tender.scoring
  const lists = [
    'kCandidates' in price && price.k === undefined ? price.kCandidates : undefined,
    'methodCandidates' in price ? price.methodCandidates : undefined,
  ]
  return lists.some((list) => (list?.length ?? 0) > 1)
}

/** Before the deadline: the draw of K or method is prepared and committed, T is the deadline. */
export async function commitParameterDraw(cast: Cast, p: Published): Promise<Nonces> {
  const base = `/api/lots/${p.project}-0/draw`
  await cast.agency.post(`/api/projects/${p.project}/parameter-draw`, {})
  const nonces = await commitNonces(cast, base)
  await cast.agency.post(`${base}/commitment`, { at: p.deadline, revealMinutes: 20 })
  return nonces
}

/** At the deadline, once the checkpoint is taken. */
export async function revealNonces(base: string, nonces: Nonces): Promise<void> {
  for (const { person, bytes } of nonces)
    await person.post(`${base}/nonces`, { nonce: Buffer.from(bytes).toString('hex') })
}

async function commitNonces(cast: Cast, base: string): Promise<Nonces> {
  const nonces = [cast.agency, cast.centre, cast.regulator].map((person) => ({
    person,
    bytes: randomBytes(32),
  }))
  for (const { person, bytes } of nonces)
    await person.post(`${base}/nonce-commitments`, {
      nonceSha256: createHash('sha256').update(bytes).digest('hex'),
    })
  return nonces
}

/** Those drawn accept, and everybody is checked in at the desk. */
export async function seatCommittee(
  cast: Cast,
  input: DemoInput,
  p: Published,
): Promise<Committee> {
  const identities = await Person.nobody(cast.url).get<Identity[]>('/api/demo/identities')
  const { committee } = await readDraw(cast.centre, p.lot)
  if (!committee) throw new Error('no expert was drawn')
  const seats = new Map<string, Person>()
  const left = poolSeats(input)
  for (const seat of committee.seats) {
    const identity = identities.find((i) => i.party.id === seat.expert)
    if (!identity) throw new Error(`the expert ${seat.expert} is no demo identity`)
    const venue = seat.stratum.slice(2, 8)
    const id = left.get(venue)?.shift()
    if (!id) throw new Error(`no seat is left at ${venue}`)
    const person = await Person.signIn(cast.url, identity)
    seats.set(id, person)
    if (seat.status === 'called') await person.post(`/api/lots/${p.lot}/draw/acceptances`, {})
  }
  for (const [id, person] of cast.representatives) seats.set(id, person)
  for (const { id, venue } of input.experts)
    await cast.centre.post(`/api/lots/${p.lot}/draw/check-ins`, {
      member: seats.get(id)?.identity?.party.id,
      venue,
      cardShown: true,
      faceMatches: true,
    })
  const first = input.experts.find((e) => e.represents === 'pool')
  return { seats, chairSeat: (first ?? input.experts[0]).id }
}
