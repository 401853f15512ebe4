import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { builtInYears } from '../../server/kernel/calendar-data.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/** What centre and administrator keep, and what an organisation is told of its own sealed bids. */
let t: TestPlatform
let centre: Person
let admin: Person
beforeAll(async () => {
  t = await testPlatform()
  await t.services.demo?.registerAll()
  centre = await t.person('centre-1')
  admin = await t.person('admin-1')
})
afterAll(() => t.stop())

const slugOf = async (answer: Promise<unknown>): Promise<string> => {
  const error = await answer.then(
    () => null,
    (e) => e,
  )
  if (!(error instanceof ServerProblem)) throw error ?? new Error('it was done')
  return error.slug
}

interface Expert {
  readonly id: string
  readonly name: string | null
  readonly employer: string
  readonly specialties: readonly string[]
  readonly region: string
  readonly suspended: { readonly at: string; readonly reason: string } | null
}
interface Listed<T> {
  readonly items: readonly T[]
  readonly next: string | null
}
const pool = (query = '') => centre.get<Listed<Expert>>(`/api/experts${query}`)
const found = async (text: string) => (await pool(`?text=${encodeURIComponent(text)}`)).items

describe('the pool of experts', () => {
  const wish = {
    name: '钱九',
    idNumber: '371302197001010012',
    region: '370300',
    employer: '某某设计院',
    title: '高级工程师',
    specialties: ['B07', 'C01'],
  }

  test('an expert is found by name, employer, specialty or region, as he was enrolled', async () => {
    const { person } = await centre.post<{ person: string }>('/api/experts', wish)
    const { name, employer, region, specialties } = wish
    const row = { id: person, name, employer, region, specialties, suspended: null }
    expect(await found('钱九')).toEqual([row])
    expect(await found('设计院')).toEqual([row])
    expect(await found('b07')).toEqual([row])
    expect(await found('370300')).toEqual([row])
    expect(await found(person)).toEqual([row])
    // No word of another's: neither half a specialty nor the id number, which is kept nowhere.
    expect(await found('B0')).toEqual([])
    expect(await found(wish.idNumber)).toEqual([])
  })

  test('the list goes on by its link, keeps what was asked, and names everybody once', async () => {
    const all = (await pool()).items
    expect(all.length).toBeGreaterThan(20)
    const seen: Expert[] = []
    for (let at: string | null = '/api/experts?limit=7&state=active'; at; ) {
      const page: Listed<Expert> = await centre.get(at)
      expect(page.items.length).toBeLessThanOrEqual(7)
      seen.push(...page.items)
      at = page.next
    }
    expect(seen).toEqual(all)
    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length)
  })

  test('a suspension stands with its moment and reason until the person is enrolled anew', async () => {
    const [{ id }] = await found('钱九')
    const at = `/api/experts/${id}/suspensions`
    expect(await slugOf(centre.post(at, { reason: ' ' }))).toBe('input-invalid')
    await centre.post(at, { reason: '连续三次无故缺席' })
    const [one] = await found('钱九')
    expect(one.suspended).toEqual({ at: expect.any(String), reason: '连续三次无故缺席' })
    expect(Date.parse(one.suspended?.at ?? '')).not.toBeNaN()
    expect((await pool('?state=suspended')).items).toEqual([one])
    expect((await pool('?state=active')).items.map((e) => e.id)).not.toContain(id)
    expect(await slugOf(centre.post(at, { reason: '再一次' }))).toBe('not-an-expert')
    const again = await admin.post<{ person: string }>('/api/experts', wish)
    expect(again.person).toBe(id)
    expect(await found('钱九')).toMatchObject([{ id, suspended: null }])
  })

  test('whoever does not keep the pool is not shown it', async () => {
    for (const id of ['purchaser-1', 'bidder-1', 'regulator-1', 'expert-1'])
      expect(await slugOf((await t.person(id)).get('/api/experts'))).toBe('not-entitled')
  })
})

test('the calendars in force are public, and one that is loaded takes its year’s place', async () => {
  const years = () => admin.get<Listed<(typeof builtInYears)[number]>>('/api/platform/calendars')
  expect((await years()).items).toEqual(builtInYears)
  const loaded = { year: 2025, source: '更正通知', rest: ['01-01'], work: [] }
  await admin.post('/api/platform/calendars', loaded)
  const next = { year: 2027, source: '国办发明电', rest: ['01-01', '02-06/02-12'], work: ['02-20'] }
  await admin.post('/api/platform/calendars', next)
  expect((await years()).items).toEqual([builtInYears[0], loaded, builtInYears[2], next])
})

test('an outage is recorded once it is over, and once', async () => {
  const at = (ms: number) => new Date(t.platform.store.clock.nowMs() + ms).toISOString()
  const outage = (id: string, until: string) =>
    admin.post('/api/platform/outages', {
      ...{ id, from: at(-3_600_000), until, parts: ['database'] },
      ...{ zh: '数据库停机', en: 'The database was down' },
    })
  expect(await slugOf(outage('outage-a', at(60_000)))).toBe('outage-not-over')
  expect(await slugOf(outage('outage-a', at(-7_200_000)))).toBe('outage-backwards')
  await outage('outage-a', at(-60_000))
  expect(await slugOf(outage('outage-a', at(-50_000)))).toBe('outage-recorded-already')
  const { items } = await admin.get<Listed<{ id: string }>>('/api/platform/outages')
  expect(items.map((one) => one.id)).toEqual(['outage-a'])
})

describe('sealed bids and the keys that open them', () => {
  interface Sealed {
    readonly lot: string
    readonly trade: string
    readonly title: { readonly zh: string }
    readonly revision: number
    readonly deadline: string
    readonly isOver: boolean
    readonly certificate: string | null
  }
  interface Party {
    readonly id: string
    readonly certificates: readonly { readonly sha256: string; readonly use: string }[]
  }
  let trade: TestTrade
  const sealedOf = async (n: number) =>
    (await trade.bidder(n).get<Listed<Sealed>>('/api/party/sealed-bids')).items
  const encryptionOf = async (n: number) => {
    const { certificates } = await trade.bidder(n).get<Party>('/api/party')
    return certificates.find((one) => one.use === 'encrypt')?.sha256 as string
  }
  beforeAll(async () => {
    trade = await publishedTrade(t, 4)
  })

  test('a bidder is told of its own bids, each with the certificate that it was sealed for', async () => {
    expect(await sealedOf(1)).toEqual([])
    for (const n of [1, 2, 3]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
    for (const n of [1, 2])
      expect(await sealedOf(n)).toMatchObject([
        {
          lot: trade.lot,
          trade: trade.project,
          title: trade.input.tender.title,
          revision: 1,
          isOver: false,
          certificate: await encryptionOf(n),
        },
      ])
    // One who joined and did not submit, one who never joined, one who is no bidder at all.
    expect(await sealedOf(4)).toEqual([])
    for (const id of ['bidder-9', 'agency-1', 'expert-1'])
      expect(await (await t.person(id)).get('/api/party/sealed-bids')).toMatchObject({ items: [] })
  })

  test('a certificate that is unbound is named no more, and the bid still is', async () => {
    const { id } = await trade.bidder(2).get<Party>('/api/party')
    const sha256 = await encryptionOf(2)
    await actOf(t.platform, {
      kind: 'party',
      id,
      project: null,
      actor: systemActor,
      command: { type: 'unbindCertificate', sha256 },
    })
    expect(await sealedOf(2)).toMatchObject([{ lot: trade.lot, certificate: null }])
    expect(await sealedOf(1)).toMatchObject([{ certificate: await encryptionOf(1) }])
  })

  test('after the deadline it can be replaced no more, and its key is still named', async () => {
    const [{ deadline }] = await sealedOf(1)
    await moveClockTo(trade.cast, trade.project, deadline)
    expect(await sealedOf(1)).toMatchObject([{ isOver: true, certificate: await encryptionOf(1) }])
  })
})
