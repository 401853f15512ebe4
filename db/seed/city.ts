import path from 'node:path'
import type { DemoInput } from './play/input.ts'
import { readInput } from './play/input.ts'
import { type PlayStage, playTrade } from './play/play.ts'

/**
 * The demo city: a trade at every stage, made by the same commands as `npm run demo`, each on its own
 * trade clock from 2026-03-02 09:00 on. Trades that wait for people hold their clock, so that a
 * visitor finds them as they were left.
 */
interface CityTrade {
  readonly id: string
  readonly like: 'school-canteen' | 'road-resurfacing'
  readonly title: { readonly zh: string; readonly en: string }
  readonly until: PlayStage
  /** How many of the example's bids come; two make the lot fail. */
  readonly bids?: number
}

export const city: readonly CityTrade[] = [
  {
    id: 'bidding-canteen',
    like: 'school-canteen',
    title: {
      zh: '第一中学食堂食材配送服务设备采购',
      en: 'Canteen equipment of No. 1 Middle School',
    },
    until: 'bidding',
  },
  {
    id: 'opened-kitchen',
    like: 'school-canteen',
    title: { zh: '第二幼儿园厨房设备采购', en: 'Kitchen equipment of No. 2 Kindergarten' },
    until: 'opening',
  },
  {
    id: 'evaluating-road',
    like: 'road-resurfacing',
    title: { zh: '滨河西路路面翻新工程施工', en: 'Resurfacing of Binhe West Road' },
    until: 'evaluating',
  },
  {
    id: 'publicity-road',
    like: 'road-resurfacing',
    title: { zh: '解放路人行道改造工程施工', en: 'Sidewalks of Jiefang Road' },
    until: 'publicity',
  },
  {
    id: 'archived-canteen',
    like: 'school-canteen',
    title: { zh: '第三实验小学食堂厨房设备采购', en: 'Kitchen equipment of No. 3 Primary School' },
    until: 'archived',
  },
  {
    id: 'archived-road',
    like: 'road-resurfacing',
    title: { zh: '滨河东路路面翻新工程施工', en: 'Resurfacing of Binhe East Road' },
    until: 'archived',
  },
  {
    id: 'published-road',
    like: 'road-resurfacing',
    title: { zh: '新华街雨污分流改造工程施工', en: 'Storm drains of Xinhua Street' },
    until: 'published',
  },
  {
    id: 'evaluated-canteen',
    like: 'school-canteen',
    title: { zh: '特殊教育学校康复设备采购', en: 'Rehabilitation equipment of the special school' },
    until: 'evaluated',
  },
  {
    id: 'failed-kitchen',
    like: 'school-canteen',
    title: { zh: '第五小学饮水设备采购', en: 'Drinking water equipment of No. 5 Primary School' },
    until: 'opening',
    bids: 2,
  },
]

/** A city's trade is played with small files: what counts is where it stands. */
function inputOf(project: string, trade: CityTrade): DemoInput {
  const folder = path.join(project, 'db', 'seed', 'examples', trade.like)
  const input = readInput(folder)
  return {
    ...input,
    tender: { ...input.tender, title: trade.title },
    bids: input.bids.slice(0, trade.bids ?? input.bids.length).map((bid) => ({
      ...bid,
      files: bid.files.map((file) => ({ ...file, bytes: Math.min(file.bytes, 60_000) })),
    })),
  }
}

const holding: readonly PlayStage[] = ['opening', 'opened', 'evaluating', 'evaluated']

/** Plays one trade of the city. @returns its project id */
export async function playCityTrade(
  url: string,
  project: string,
  trade: CityTrade,
): Promise<string> {
  const { cast, published } = await playTrade(url, inputOf(project, trade), trade.until)
  if (holding.includes(trade.until))
    await cast.agency.post(`/api/demo/projects/${published.project}/clock`, { frozen: true })
  return published.project
}
