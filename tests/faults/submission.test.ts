import fs from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { type Identity, Person, Unreachable } from '../../db/seed/play/client.ts'
import { ownRelease, sealBidOf, signedSubmission, submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { dataFolderOfTest, startServer } from '../kit/server.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'
import { expectWholeFolder } from '../kit/whole.ts'

/**
 * Killed at each named step of a submission and of a release: either nothing happened, or the act
 * stands; the same request again gives the one answer, and nothing is there twice.
 */
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true })
})

const peopleOf = async (url: string) => {
  const identities = await Person.nobody(url).get<Identity[]>('/api/demo/identities')
  return (id: string) => Person.signIn(url, identities.find((one) => one.id === id) as Identity)
}

/** Starts with a fault, prepares, sends what dies; then starts again on the same data. */
async function killedAt<T>(
  point: string,
  prepare: (trade: TestTrade) => Promise<{ path: string; body: T }>,
) {
  const data = dataFolderOfTest()
  folders.push(data)
  const first = await startServer(data, { YANGGUANG_FAULT: point })
  const person = await peopleOf(first.url)
  const trade = await publishedTrade({ url: first.url, person }, 3)
  const { path, body } = await prepare(trade)
  const answer = await trade
    .bidder(1)
    .post(path, body, 'the-key')
    .catch((e) => e)
  expect(answer).toBeInstanceOf(Unreachable)
  expect(await first.ended).toBe('SIGKILL')
  const server = await startServer(data)
  return { data, server, trade, bidder: await (await peopleOf(server.url))('bidder-1'), path, body }
}
interface OwnBid {
  readonly bid: { readonly revision: number } | null
  readonly receipts: readonly unknown[]
}

describe('submission', () => {
  for (const [point, isThere] of [
    ['submit-before-append', false],
    ['submit-after-commit', true],
    ['submit-before-reply', true],
  ] as const)
    test(`killed at ${point}`, async () => {
      const { data, server, trade, bidder, path, body } = await killedAt(point, async (trade) => ({
        path: `/api/lots/${trade.lot}/bid`,
        body: await signedSubmission(
          trade.bidder(1),
          trade.at,
          await sealBidOf(trade.bidder(1), trade.lot, trade.bid(1)),
        ),
      }))
      const own = () => bidder.get<OwnBid>(`/api/lots/${trade.lot}/bid`)
      expect((await own()).bid !== null).toBe(isThere)
      const receipt = await bidder.post(path, body, 'the-key')
      const again = await bidder.post(path, body, 'the-key')
      expect(JSON.stringify(again)).toBe(JSON.stringify(receipt))
      expect(await own()).toMatchObject({ bid: { revision: 1 }, receipts: [{}] })
      await expectWholeFolder(data)
      await server.stop()
    })
})

describe('release', () => {
  for (const [point, isThere] of [
    ['release-before-keep', false],
    ['release-after-keep', false],
    ['release-after-commit', true],
  ] as const)
    test(`killed at ${point}`, async () => {
      const { data, server, trade, bidder, path, body } = await killedAt(point, async (trade) => {
        for (const n of [1, 2, 3]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
        await moveClockTo(trade.cast, trade.project, trade.deadline)
        return {
          path: `/api/lots/${trade.lot}/release`,
          body: await ownRelease(trade.bidder(1), trade.lot),
        }
      })
      interface Hall {
        readonly lots: readonly {
          readonly rows: readonly { readonly releasedAt: string | null }[]
        }[]
      }
      const releasedAt = async () =>
        (await bidder.get<Hall>(`/api/projects/${trade.project}/opening`)).lots[0].rows[0]
          .releasedAt
      expect((await releasedAt()) !== null).toBe(isThere)
      await bidder.post(path, body, 'the-key')
      const at = await releasedAt()
      expect(at).not.toBeNull()
      await bidder.post(path, body, 'the-key')
      expect(await releasedAt()).toBe(at)
      await expectWholeFolder(data)
      await server.stop()
    })
})
