import type { ActForm } from '../../../server/acts/forms.ts'
import type { Cast } from './cast.ts'
import type { Person } from './client.ts'
import type { Committee } from './experts.ts'
import type { DemoInput } from './input.ts'
import type { Published } from './tendering.ts'

type Rows = ActForm<'submit-sheet'>['rows']
type PhaseName = 'qualification' | 'responsiveness' | 'scoring'

/** What the desk shows, as far as playing it needs. */
export interface Desk {
  readonly stage: string
  readonly phase: PhaseName | null
  readonly lotStage: string
  readonly bids: readonly {
    readonly party: string
    readonly rejected: readonly {
      readonly phase: string
      readonly item: string | null
      readonly votes: { readonly against: number; readonly for: number } | null
      readonly by: string
    }[]
  }[]
  readonly items: {
    readonly qualification: readonly { id: string }[]
    readonly responsiveness: readonly { id: string }[]
    readonly scoring: { readonly items: readonly { id: string }[] }
  }
  readonly alarms?: readonly {
    readonly alarm: string
    readonly member: string | null
    readonly confirmed: string | null
  }[]
  readonly motions?: readonly { readonly key: string; readonly outcome: string }[]
  readonly requests: readonly { readonly id: string; readonly bidder: string }[]
  readonly report: {
    readonly reportSha256: string
    readonly report: Readonly<Record<string, unknown>>
    readonly ranking: readonly { readonly bid: string }[]
    readonly candidates: readonly string[]
  } | null
}

export const readDesk = (person: Person, lot: string) =>
  person.get<Desk>(`/api/lots/${lot}/evaluation`)

const partyOf = (person: Person | undefined): string => {
  const party = person?.identity?.party.id
  if (!party) throw new Error('nobody sits there')
  return party
}
/** Party of a bid of `bids.json`. */
export const bidderOf = (cast: Cast, bid: string): string => partyOf(cast.bidders.get(bid))

/** Government procurement: the purchaser signs the review of qualification. */
export async function playPurchaserReview(
  cast: Cast,
  input: DemoInput,
  p: Published,
): Promise<void> {
  const desk = await readDesk(cast.purchaser, p.lot)
  const opened = new Set(desk.bids.map((b) => b.party))
  const rows = (input.sheets.purchaserReview ?? [])
    .filter((r) => opened.has(bidderOf(cast, r.bid)))
    .flatMap((r) =>
      Object.entries(r.qualification).map(([item, pass]) => ({
        bidder: bidderOf(cast, r.bid),
        item,
        pass,
        reason: pass ? null : (r.reason ?? '不符合要求'),
      })),
    )
  await cast.purchaser.act(
    `/api/lots/${p.lot}/evaluation/qualification-review`,
    'submit-qualification-review',
    { subject: p.lotSubject, rows },
    { tender: p.project, lot: p.lot },
  )
}

/** What a seat hands in for a phase, over the bids that are still in. */
export function rowsOf(
  cast: Cast,
  input: DemoInput,
  seat: string,
  desk: Desk,
  phase: PhaseName,
): Rows {
  const left = input.bids.filter((b) => {
    const found = desk.bids.find((one) => one.party === bidderOf(cast, b.id))
    return found !== undefined && found.rejected.length === 0
  })
  return left.flatMap(({ id }): Rows => {
    const bidder = bidderOf(cast, id)
    if (phase === 'scoring') {
      const row = input.sheets.scores.find((s) => s.expert === seat && s.bid === id)
      return desk.items.scoring.items.map((item) => ({
        bidder,
        item: item.id,
        points: row?.scores[item.id] ?? '0',
        reason: null,
      }))
    }
    const row = input.sheets.review.find((s) => s.expert === seat && s.bid === id)
    return desk.items[phase].map((item) => {
      const pass = row?.[phase]?.[item.id] ?? true
      return { bidder, item: item.id, pass, reason: pass ? null : (row?.reason ?? '不符合要求') }
    })
  })
}

/** A motion that every member carries. */
async function carry(committee: Committee, lot: string, motion: object): Promise<void> {
  const members = [...committee.seats.values()]
  const chair = committee.seats.get(committee.chairSeat) as Person
  const most = Math.floor(members.length / 2) + 1
  // The chair opens it; a majority decides, and votes after that are refused.
  for (const member of [chair, ...members.filter((m) => m !== chair)].slice(0, most))
    await member.post(`/api/lots/${lot}/evaluation/votes`, { motion, choice: true })
}

/** Low prices: the committee asks, the bidder explains in time, the committee accepts. */
async function explainLowPrices(
  cast: Cast,
  committee: Committee,
  p: Published,
  bidders: readonly string[],
): Promise<void> {
  for (const [i, bidder] of bidders.entries()) {
    const id = `low-price-${i + 1}`
    await carry(committee, p.lot, {
      kind: 'requestExplanation',
      id,
      bidder,
      about: 'lowPrice',
      question: '报价明显低于其他投标，请说明成本构成。',
      minutes: 30,
    })
    const person = [...cast.bidders.values()].find((b) => partyOf(b) === bidder) as Person
    await person.act(
      `/api/lots/${p.lot}/evaluation/explanations`,
      'give-explanation',
      { subject: p.lotSubject, request: id, text: '演示说明：自有产能与库存，成本清单附后。' },
      { tender: p.project, lot: p.lot },
    )
    await carry(committee, p.lot, { kind: 'acceptExplanation', request: id })
  }
}

interface PhaseEvent {
  readonly lowPrice?: { readonly reviewed: readonly string[] } | null
}

/** Every member's sheet of a phase, and its close by the chair. */
export async function playPhase(
  cast: Cast,
  input: DemoInput,
  committee: Committee,
  p: Published,
  phase: PhaseName,
): Promise<void> {
  const chair = committee.seats.get(committee.chairSeat) as Person
  const desk = await readDesk(chair, p.lot)
  for (const [seat, member] of committee.seats)
    await member.act(
      `/api/lots/${p.lot}/evaluation/sheets`,
      'submit-sheet',
      { subject: p.lotSubject, phase, rows: rowsOf(cast, input, seat, desk, phase) },
      { tender: p.project, lot: p.lot },
    )
  if (phase === 'scoring') {
    const { lowPrice } = await chair.get<PhaseEvent>(`/api/lots/${p.lot}/evaluation`)
    await explainLowPrices(cast, committee, p, lowPrice?.reviewed ?? [])
  }
  await chair.post(`/api/lots/${p.lot}/evaluation/phase-closings`, {})
}

/** Members whose score is far from the others' confirm it, each for himself. */
async function confirmScores(committee: Committee, p: Published): Promise<void> {
  const chair = committee.seats.get(committee.chairSeat) as Person
  const { alarms = [] } = await readDesk(chair, p.lot)
  for (const alarm of alarms.filter((a) => a.confirmed === null)) {
    const member = [...committee.seats.values()].find((m) => partyOf(m) === alarm.member)
    await member?.post(`/api/lots/${p.lot}/evaluation/score-confirmations`, {
      alarm: alarm.alarm,
      reason: '独立评审意见，按评分标准打分。',
    })
  }
}

const lawToFail = (desk: Desk) => {
  const left = desk.bids.filter((b) => b.rejected.length === 0).length
  return left === 0 ? 'allRejected' : 'competitionLacking'
}

/** Every member undertakes, and a chair is elected. */
export async function beginEvaluation(committee: Committee, p: Published): Promise<void> {
  for (const member of committee.seats.values())
    await member.act(
      `/api/lots/${p.lot}/evaluation/commitments`,
      'sign-commitment',
      { subject: p.lotSubject, recusals: [] },
      { tender: p.project, lot: p.lot },
    )
  const chair = committee.seats.get(committee.chairSeat)
  await carry(committee, p.lot, { kind: 'electChair', member: partyOf(chair) })
}

/** From the undertaking to the submitted report, or to the evaluation's lawful failure. */
export async function playEvaluation(
  cast: Cast,
  input: DemoInput,
  committee: Committee,
  p: Published,
): Promise<Desk> {
  const place = { tender: p.project, lot: p.lot }
  const chair = committee.seats.get(committee.chairSeat) as Person
  const base = `/api/lots/${p.lot}/evaluation`
  await beginEvaluation(committee, p)
  for (let desk = await readDesk(chair, p.lot); desk.stage === 'phase'; ) {
    const left = desk.bids.filter((b) => b.rejected.length === 0).length
    const least = desk.items && 'regime' in desk.items && desk.items.regime === 'tender' ? 1 : 3
    if (left < least) {
      const ground = lawToFail(desk)
      await carry(committee, p.lot, { kind: 'failEvaluation', ground, reason: '有效投标不足' })
      return readDesk(chair, p.lot)
    }
    await playPhase(cast, input, committee, p, desk.phase as PhaseName)
    desk = await readDesk(chair, p.lot)
  }
  await confirmScores(committee, p)
  const { report } = await readDesk(chair, p.lot)
  if (!report) throw new Error('the bids are not ranked')
  const { reportSha256 } = report
  for (const member of committee.seats.values())
    await member.act(
      `${base}/report-signatures`,
      'sign-report',
      { subject: p.lotSubject, reportSha256 },
      place,
    )
  await chair.post(`${base}/report`, {})
  return readDesk(chair, p.lot)
}
