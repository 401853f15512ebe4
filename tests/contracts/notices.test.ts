import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  award,
  publishCandidates,
  publishResult,
  readAward,
  settleBonds,
} from '../../db/seed/play/award.ts'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { beginEvaluation, bidderOf, playEvaluation } from '../../db/seed/play/evaluation.ts'
import { type Committee, prepareDraw, runDraw, seatCommittee } from '../../db/seed/play/experts.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { exampleOf, type Played, playToCommittee, playToOpened, slugOf } from '../kit/evaluation.ts'
import { LiveClient } from '../kit/live.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'

/**
 * Whoever an act is addressed to is told of it: by the live stream, by an in-system message with its
 * moment, and among what waits for him; and it can prove what it was told. Nobody else learns more.
 */
let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

interface Mine {
  readonly duties: readonly { readonly act: string; readonly until: string | null }[]
  readonly messages: readonly {
    readonly id: string
    readonly trade: string
    readonly type: string
    readonly recordedAt: string
  }[]
  readonly trades: readonly { readonly id: string }[]
}
interface Proved {
  readonly event: { readonly type: string; readonly actor: { readonly party: string } } | null
  readonly salt: string | null
  readonly proof: string
}

const mine = (person: Person) => person.get<Mine>('/api/my')
const duties = async (person: Person) => (await mine(person)).duties.map(({ act }) => act)
const messages = async (person: Person, { p }: Pick<Played, 'p'>) =>
  (await mine(person)).messages.filter((m) => m.trade === p.project)
const types = async (person: Person, played: Pick<Played, 'p'>) =>
  (await messages(person, played)).map((m) => m.type)
const eventAt = (person: Person, { p }: Pick<Played, 'p'>, digest: string) =>
  person.get<Proved>(`/api/projects/${p.project}/events/${digest}`)
const placeOf = ({ p }: Pick<Played, 'p'>) => ({ tender: p.project, lot: p.lot })
const bidderNamed = ({ cast }: Pick<Played, 'cast'>, bid: string) => cast.bidders.get(bid) as Person

/** The newest message of that kind. */
async function messageOf(person: Person, played: Pick<Played, 'p'>, type: string) {
  const found = (await messages(person, played)).find((m) => m.type === type)
  if (!found) throw new Error(`no message ${type}`)
  return found
}

async function carry(committee: Committee, lot: string, motion: object): Promise<void> {
  const chair = committee.seats.get(committee.chairSeat) as Person
  const members = [...committee.seats.values()]
  const most = Math.floor(members.length / 2) + 1
  for (const member of [chair, ...members.filter((m) => m !== chair)].slice(0, most))
    await member.post(`/api/lots/${lot}/evaluation/votes`, { motion, choice: true })
}

const minutesAfter = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

test('a called expert hears that something waits, not in whose trade; the others hear nothing', async () => {
  const { input, cast, p } = await playToOpened(t.url, exampleOf('road-resurfacing'))
  await prepareDraw(cast, input, p)
  const identities = await Person.nobody(t.url).get<Identity[]>('/api/demo/identities')
  const experts = await Promise.all(
    identities
      .filter((one) => one.role === 'expert')
      .map(async (one) => ({
        one,
        client: await LiveClient.open(await Person.signIn(t.url, one)),
      })),
  )
  await runDraw(cast, p)
  const { committee } = await cast.centre.get<{
    committee: { seats: { expert: string }[] }
  }>(`/api/lots/${p.lot}/draw`)
  const called = committee.seats.map((seat) => seat.expert)
  expect(called.length).toBeGreaterThan(2)
  const ofDraw = (client: LiveClient) => client.told.filter((m) => m.kinds[0] === 'ExpertsDrawn')
  for (const { one, client } of experts.filter((e) => called.includes(e.one.party.id))) {
    await client.untilKind('ExpertsDrawn')
    expect(ofDraw(client)).toMatchObject([{ trade: null, kinds: ['ExpertsDrawn'] }])
    const person = await Person.signIn(t.url, one)
    expect(await duties(person)).toContain('answer-call')
    expect(await messages(person, { p })).toEqual([])
  }
  await seatCommittee(cast, input, p)
  for (const { one, client } of experts) {
    if (!called.includes(one.party.id)) expect(ofDraw(client)).toEqual([])
    client.close()
  }
}, 60_000)

describe('what a committee asks of one bidder', () => {
  let played: Played
  let committee: Committee
  let base: string
  let [own, other, agency] = [] as Person[]
  beforeAll(async () => {
    played = await playToOpened(t.url, exampleOf('road-resurfacing'))
    committee = await playToCommittee(played)
    await beginEvaluation(committee, played.p)
    base = `/api/lots/${played.p.lot}/evaluation`
    own = bidderNamed(played, 'bid-1')
    other = bidderNamed(played, 'bid-2')
    agency = played.cast.agency
  }, 120_000)

  test('an explanation: heard, noticed and due at once, provable, and done with by the answer', async () => {
    const clients = await Promise.all([own, other, agency].map((one) => LiveClient.open(one)))
    await carry(committee, played.p.lot, {
      kind: 'requestExplanation',
      id: 'e-1',
      bidder: bidderOf(played.cast, 'bid-1'),
      about: 'ambiguity',
      question: '演示：工期如何计算？',
      minutes: 30,
    })
    await clients[0].untilKind('ExplanationRequested')
    expect(await duties(own)).toContain('explain-bid')
    const told = await messageOf(own, played, 'ExplanationRequested')
    expect(Date.parse(told.recordedAt)).toBeGreaterThan(0)
    // Its proof is there; the event itself names a member, and is read when all is over.
    expect(await eventAt(own, played, told.id)).toMatchObject({ event: null, salt: null })
    expect((await eventAt(own, played, told.id)).proof).toMatch(/^c2sp\.org\/tlog-proof/)
    for (const one of [other, agency, Person.nobody(t.url)])
      expect(await slugOf(eventAt(one, played, told.id))).toBe('not-found')
    for (const one of [other, agency])
      expect(await types(one, played)).not.toContain('ExplanationRequested')
    expect(await duties(other)).not.toContain('explain-bid')

    await own.act(
      `${base}/explanations`,
      'give-explanation',
      { subject: played.p.lotSubject, request: 'e-1', text: '演示：按日历天。' },
      placeOf(played),
    )
    await clients[0].untilKind('ExplanationGiven')
    expect(await duties(own)).not.toContain('explain-bid')
    const chair = committee.seats.get(committee.chairSeat) as Person
    const given = await messageOf(chair, played, 'ExplanationGiven')
    expect((await eventAt(own, played, given.id)).event).toMatchObject({
      type: 'ExplanationGiven',
      actor: { party: own.identity?.party.id },
    })
    expect(await slugOf(eventAt(other, played, given.id))).toBe('not-found')
    for (const client of clients.slice(1))
      expect(client.kinds.filter((kind) => kind.startsWith('Explanation'))).toEqual([])
    for (const client of clients) client.close()
  })

  test('a corrected price: its bidder alone is told, and its silence too', async () => {
    const stream = await LiveClient.open(own)
    const priceFen = played.input.bids.find((b) => b.id === 'bid-1')?.priceFen as number
    await carry(committee, played.p.lot, {
      kind: 'correctPrice',
      id: 'c-1',
      bidder: bidderOf(played.cast, 'bid-1'),
      items: [{ item: 1, quantity: '1', unitPriceFen: priceFen + 100, statedTotalFen: priceFen }],
      wordsTotal: null,
      reason: '演示：单价与合计不一致。',
      minutes: 30,
    })
    await stream.untilKind('CorrectionProposed')
    expect(await duties(own)).toContain('confirm-correction')
    expect(await types(own, played)).toContain('CorrectionProposed')
    expect(await types(other, played)).not.toContain('CorrectionProposed')
    const { now } = await own.get<{ now: string }>(`/api/projects/${played.p.project}`)
    await moveClockTo(played.cast, played.p.project, minutesAfter(now, 40))
    await stream.untilKind('CorrectionAnswered')
    expect(await duties(own)).not.toContain('confirm-correction')
    const lapsed = await messageOf(own, played, 'CorrectionAnswered')
    expect((await eventAt(own, played, lapsed.id)).event?.type).toBe('CorrectionAnswered')
    // Its rejection follows, and is told with the result.
    expect(stream.kinds).not.toContain('BidRejected')
    stream.close()
  })
})

describe('objection, contract and bond', () => {
  let played: Played
  let stranger: Person
  const winner = async () => {
    const { award: made } = await readAward(played.cast.purchaser, played.p.lot)
    return [...played.cast.bidders.values()].find(
      (b) => b.identity?.party.id === made?.bidder,
    ) as Person
  }
  const loser = async () => {
    const first = await winner()
    return [...played.cast.bidders.values()].find((b) => b !== first) as Person
  }
  beforeAll(async () => {
    played = await playToOpened(t.url, exampleOf('road-resurfacing'))
    const committee = await playToCommittee(played)
    await playEvaluation(played.cast, played.input, committee, played.p)
    stranger = await t.person('bidder-12')
    await publishCandidates(played.cast, played.p)
  }, 120_000)

  test('a filer who never joined proves its filing, and hears each step of the reply', async () => {
    const { cast, p } = played
    const path = `/api/lots/${p.lot}/objections`
    const stream = await LiveClient.open(stranger)
    const filing = {
      ...{ subject: p.lotSubject, id: 'obj-9', kind: 'objection', about: 'result' },
      ...{ facts: '演示异议。', request: '重新核实。', law: '招标投标法实施条例 art. 54' },
    }
    await stranger.act(path, 'file-objection', filing as never, placeOf(played))
    await stream.untilKind('LotSuspended')
    expect(stream.kinds).toContain('ObjectionFiled')
    const other = bidderNamed(played, 'bid-2')
    for (const one of [cast.purchaser, cast.agency]) {
      const { id } = await messageOf(one, played, 'ObjectionFiled')
      expect((await eventAt(stranger, played, id)).event?.type).toBe('ObjectionFiled')
      expect(await slugOf(eventAt(other, played, id))).toBe('not-found')
      expect(await duties(one)).toContain('accept-objection')
    }
    expect(await types(stranger, played)).toEqual(['LotSuspended'])
    await cast.agency.post(`${path}/obj-9/acceptance`, {})
    await cast.purchaser.act(
      `${path}/obj-9/reply`,
      'reply-objection',
      { subject: p.lotSubject, id: 'obj-9', upheld: false, text: '经核实，属实。' },
      placeOf(played),
    )
    await stream.untilKind('LotResumed')
    expect(stream.kinds).toEqual(
      expect.arrayContaining(['ObjectionAccepted', 'ObjectionAnswered', 'LotResumed']),
    )
    expect((await types(stranger, played)).sort()).toEqual(
      ['LotResumed', 'LotSuspended', 'ObjectionAccepted', 'ObjectionAnswered'].sort(),
    )
    const { id } = await messageOf(stranger, played, 'ObjectionAnswered')
    expect((await eventAt(stranger, played, id)).event?.type).toBe('ObjectionAnswered')
    expect(await slugOf(eventAt(other, played, id))).toBe('not-found')
    expect(await types(other, played)).not.toContain('ObjectionAnswered')
    stream.close()
  })

  test('the winner is told of a contract that is proposed, and of its end; the others are not', async () => {
    const { cast, p } = played
    const { publicityUntil } = await readAward(cast.purchaser, p.lot)
    await moveClockTo(cast, p.project, publicityUntil as string)
    await award(cast, p)
    await publishResult(cast, p)
    const [own, other] = [await winner(), await loser()]
    for (const one of [own, other])
      expect(await types(one, played)).toEqual(
        expect.arrayContaining(['LotAwarded', 'ResultPublished']),
      )
    const streams = await Promise.all([own, other].map((one) => LiveClient.open(one)))
    const { award: made } = await readAward(cast.purchaser, p.lot)
    await cast.purchaser.act(
      `/api/lots/${p.lot}/contract-proposals`,
      'propose-contract',
      {
        ...{ subject: p.lotSubject, id: 'contract-9', number: '演示合同' },
        ...{ priceFen: made?.priceFen as number, terms: '演示数据。' },
      },
      placeOf(played),
    )
    await streams[0].untilKind('ContractProposed')
    expect(await duties(own)).toContain('countersign-contract')
    const { id } = await messageOf(own, played, 'ContractProposed')
    expect((await eventAt(own, played, id)).event?.type).toBe('ContractProposed')
    expect(await slugOf(eventAt(other, played, id))).toBe('not-found')
    await cast.purchaser.post(`/api/lots/${p.lot}/contract-withdrawals`, { id: 'contract-9' })
    await streams[0].untilKind('ContractProposalEnded')
    expect(await duties(own)).not.toContain('countersign-contract')
    expect(await types(own, played)).toContain('ContractProposalEnded')
    expect(await types(other, played)).not.toContain('ContractProposalEnded')
    expect(streams[1].kinds.filter((kind) => kind.startsWith('Contract'))).toEqual([])
    for (const stream of streams) stream.close()
  })

  test('whose bond is returned is told so, and can prove it; the agency hears nothing of it', async () => {
    const { cast, p } = played
    const own = bidderNamed(played, 'bid-3')
    const people = [own, cast.agency, bidderNamed(played, 'bid-4')]
    const streams = await Promise.all(people.map((one) => LiveClient.open(one)))
    await settleBonds(cast, p)
    await streams[0].untilKind('BondSettled')
    await streams[2].untilKind('BondSettled')
    expect(streams[0].told).toMatchObject([{ trade: p.project, kinds: ['BondSettled'] }])
    expect(streams[1].kinds).toEqual([])
    const { id } = await messageOf(own, played, 'BondSettled.returned')
    expect(await eventAt(own, played, id)).toMatchObject({
      event: { type: 'BondSettled', actor: { party: cast.agency.identity?.party.id } },
    })
    for (const one of [people[2], cast.agency, Person.nobody(t.url)])
      expect(await slugOf(eventAt(one, played, id))).toBe('not-found')
    for (const stream of streams) stream.close()
  })
})

test('notices are read page by page to the very first, none left out and none twice', async () => {
  const { p, cast } = await playToOpened(t.url, exampleOf('road-resurfacing'))
  const { agency } = cast
  interface Page {
    readonly items: Mine['messages']
    readonly next: string | null
  }
  const all = (await agency.get<Page>('/api/my/messages')).items
  const paged: Mine['messages'][number][] = []
  let link: string | null = '/api/my/messages?limit=3'
  while (link) {
    const page: Page = await agency.get<Page>(link)
    expect(page.items.length).toBeLessThanOrEqual(3)
    paged.push(...page.items)
    link = page.next
  }
  expect(paged).toEqual(all)
  expect(all.some(({ trade }) => trade === p.project)).toBe(true)
  expect((await mine(agency)).messages).toEqual(all.slice(0, 100))
  // A page of trades that is not there is empty, and no error.
  const far = Buffer.from('300').toString('base64url')
  const none = await agency.get<Mine>(`/api/my?cursor=${far}`)
  expect([none.messages, none.trades]).toEqual([[], []])
})
