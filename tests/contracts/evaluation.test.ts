import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwardView, playAward } from '../../db/seed/play/award.ts'
import { type Cast, gatherCast } from '../../db/seed/play/cast.ts'
import { playEvaluation, playPurchaserReview, readDesk } from '../../db/seed/play/evaluation.ts'
import { prepareDraw, runDraw, seatCommittee } from '../../db/seed/play/experts.ts'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { playOpening } from '../../db/seed/play/opening.ts'
import { differences, readOutcome } from '../../db/seed/play/outcome.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, moveClockTo, type Published, publish } from '../../db/seed/play/tendering.ts'
import { examplesFolder, type TestPlatform, testPlatform } from '../kit/platform.ts'

let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

/** The example with small files: a test seals many bids. */
function exampleOf(name: string): DemoInput {
  const input = readInput(path.join(examplesFolder, name))
  const bids = input.bids.map((b) => ({
    ...b,
    files: b.files.map((f) => ({ ...f, bytes: 4000 })),
  }))
  return { ...input, bids }
}

async function opened(input: DemoInput): Promise<{ cast: Cast; p: Published }> {
  const cast = await gatherCast(t.url, input)
  const p = await publish(cast, input)
  await joinAndAsk(cast, input, p)
  const at = { tender: p.project, lot: p.lot, subject: p.lotSubject }
  for (const bid of input.bids) {
    const bidder = cast.bidders.get(bid.id)
    if (bidder) await submitBidOf(bidder, at, bid)
  }
  await moveClockTo(cast, p.project, p.deadline)
  await playOpening({ agency: cast.agency, centre: cast.centre, bidders: cast.bidders.values() }, p)
  return { cast, p }
}

test.each(['road-resurfacing', 'school-canteen'])(
  '%s: drawn, evaluated, reported and awarded as expected, to the archive',
  async (name) => {
    const input = exampleOf(name)
    const { cast, p } = await opened(input)
    await prepareDraw(cast, input, p)
    await runDraw(cast, p)
    const committee = await seatCommittee(cast, input, p)
    if (input.tender.category === 'governmentProcurement')
      await playPurchaserReview(cast, input, p)
    const desk = await playEvaluation(cast, input, committee, p)
    expect(desk.stage).toBe('reported')
    expect((await readDesk(cast.regulator, p.lot)).lotStage).toBe('evaluated')
    const outcome = await readOutcome(cast, p)
    expect(differences(input.expected ?? {}, outcome)).toEqual([])
    await lettersAreOwn(cast, p, await playAward(cast, input, p), outcome)
  },
  120_000,
)

async function lettersAreOwn(cast: Cast, p: Published, end: AwardView, outcome: Record<string, unknown>) {
  expect(end.stage).toBe('archived')
  const [first] = outcome.candidates as string[]
  expect(end.award?.bidder).toBe(cast.bidders.get(first)?.identity?.party.id)
  for (const [id, bidder] of cast.bidders) {
    const { letter, steps } = await bidder.get<{
      letter: { kind: string; to: string }
      steps: { bid?: string }[]
    }>(`/api/lots/${p.lot}/letter`)
    expect(letter.kind).toBe(id === first ? 'award' : 'notAwarded')
    const own = bidder.identity?.party.id
    expect(letter.to).toBe(own)
    expect(steps.every((s) => s.bid === undefined || s.bid === own)).toBe(true)
    expect(steps.length).toBeGreaterThan(0)
  }
}
