import { type Person, ServerProblem } from './client.ts'
import { ownRelease } from './seal.ts'

/** What the hall shows, as far as playing it needs. */
export interface Hall {
  readonly stage: string
  readonly now: string
  readonly deadline: string
  readonly hallOpensAt: string
  readonly windowEndsAt: string | null
  readonly recordSha256: string | null
  readonly lots: readonly {
    readonly lot: string
    readonly outcome: 'opening' | 'returned' | null
    readonly rows: readonly {
      readonly party: string
      readonly outcome: 'opened' | 'notOpened' | null
      readonly priceFen?: number
      readonly problem?: string
      readonly fault?: string
      readonly confirmation: string | null
    }[]
  }[]
  readonly acts: Readonly<Record<string, unknown>>
}
export interface OpeningPlace {
  readonly project: string
  readonly lot: string
  /** Names of project and of project with lot, as acts hold them. */
  readonly subject: { readonly zh: string; readonly en: string }
  readonly lotSubject: { readonly zh: string; readonly en: string }
}

export const readHall = (person: Person, project: string): Promise<Hall> =>
  person.get<Hall>(`/api/projects/${project}/opening`)

/** Signs in to the hall; once is enough. */
export async function signInToHall(person: Person, project: string): Promise<void> {
  await person.post(`/api/projects/${project}/opening/attendance`, {}).catch((error) => {
    if (!(error instanceof ServerProblem && error.slug === 'signed-in-already')) throw error
  })
}

/** 解密: the own secret out of the own wrap. */
export async function release(person: Person, lot: string): Promise<void> {
  await person.post(`/api/lots/${lot}/release`, await ownRelease(person, lot))
}

/** Confirms the own row as the record has it. */
export async function confirmRow(person: Person, place: OpeningPlace): Promise<void> {
  const hall = await readHall(person, place.project)
  const rows = hall.lots.find((l) => l.lot === place.lot)?.rows ?? []
  const own = rows.find((r) => r.party === person.identity?.party.id)
  if (!own) throw new Error('no row of one’s own')
  await person.act(
    `/api/lots/${place.lot}/row-confirmations`,
    'confirm-row',
    {
      subject: place.lotSubject,
      opened: own.outcome === 'opened',
      priceFen: own.priceFen ?? null,
    },
    { tender: place.project, lot: place.lot },
  )
}

/** Signs the record as it stands: the host first, then the witness, who closes. */
export async function signRecord(person: Person, place: OpeningPlace): Promise<void> {
  const { recordSha256 } = await readHall(person, place.project)
  if (!recordSha256) throw new Error('there is no record to sign yet')
  await person.act(
    `/api/projects/${place.project}/opening/closings`,
    'close-opening',
    { subject: place.subject, recordSha256 },
    { tender: place.project },
  )
}

export interface OpeningCast {
  readonly agency: Person
  readonly centre: Person
  readonly bidders: Iterable<Person>
}

/**
 * The whole opening from the deadline on: all sign in, release, confirm; host and witness close.
 * The trade's clock must stand at the deadline or shortly after.
 */
export async function playOpening(cast: OpeningCast, place: OpeningPlace): Promise<Hall> {
  const bidders = [...cast.bidders]
  for (const officer of [cast.agency, cast.centre]) await signInToHall(officer, place.project)
  const hall = await readHall(cast.agency, place.project)
  const listed = new Set(hall.lots.find((l) => l.lot === place.lot)?.rows.map((r) => r.party) ?? [])
  const present = bidders.filter((b) => listed.has(b.identity?.party.id as string))
  for (const bidder of present) await signInToHall(bidder, place.project)
  for (const bidder of present) await release(bidder, place.lot)
  for (const bidder of present) await confirmRow(bidder, place)
  await signRecord(cast.agency, place)
  await signRecord(cast.centre, place)
  return readHall(cast.agency, place.project)
}
