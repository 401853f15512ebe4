import path from 'node:path'
import type { Cast } from '../../db/seed/play/cast.ts'
import type { Person } from '../../db/seed/play/client.ts'
import { type BidInput, type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { type Published, publish } from '../../db/seed/play/tendering.ts'
import { examplesFolder, type TestPlatform } from './platform.ts'

/** A published trade of the example folder with the demo's own parties, and its people. */
export interface TestTrade extends Published {
  readonly cast: Cast
  readonly input: DemoInput
  readonly at: {
    readonly tender: string
    readonly lot: string
    readonly subject: Published['lotSubject']
  }
  bidder(n: number): Person
  /** Small files: a test seals many bids. */
  bid(n: number): BidInput
}

const input = readInput(path.join(examplesFolder, 'school-canteen'))

export async function publishedTrade(
  test: Pick<TestPlatform, 'url' | 'person'>,
  bidders = 4,
): Promise<TestTrade> {
  const [agency, purchaser, centre, regulator] = await Promise.all(
    ['agency-1', 'purchaser-1', 'centre-1', 'regulator-1'].map((id) => test.person(id)),
  )
  const people = new Map<string, Person>()
  for (let n = 1; n <= bidders; n++) people.set(`bid-${n}`, await test.person(`bidder-${n}`))
  const cast: Cast = {
    url: test.url,
    agency,
    purchaser,
    centre,
    regulator,
    bidders: people,
    representatives: new Map(),
    identities: [],
  }
  const published = await publish(cast, input)
  for (const person of people.values())
    await person.post(`/api/lots/${published.lot}/participation`, {})
  return {
    ...published,
    cast,
    input,
    at: { tender: published.project, lot: published.lot, subject: published.lotSubject },
    bidder: (n) => people.get(`bid-${n}`) as Person,
    bid: (n) => ({
      id: `bid-${n}`,
      bidder: `演示投标人${n}`,
      smallOrMicro: n % 2 === 0,
      priceFen: 200_000_000 + n * 1_000_000,
      deliveryDays: 40,
      warrantyMonths: 24,
      files: [
        { name: '资格文件.pdf', bytes: 5000 + n, seed: n },
        { name: '技术文件.pdf', bytes: 300_000 + n, seed: 100 + n },
      ],
    }),
  }
}
