import path from 'node:path'
import { type Cast, gatherCast } from '../../db/seed/play/cast.ts'
import { ServerProblem } from '../../db/seed/play/client.ts'
import { playPurchaserReview } from '../../db/seed/play/evaluation.ts'
import {
  type Committee,
  commitParameterDraw,
  drawsParameters,
  prepareDraw,
  revealNonces,
  runDraw,
  seatCommittee,
} from '../../db/seed/play/experts.ts'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { playOpening } from '../../db/seed/play/opening.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, moveClockTo, type Published, publish } from '../../db/seed/play/tendering.ts'
import { examplesFolder } from './platform.ts'

/** A trade of an example folder, played as far as a test wants it. */
export interface Played {
  readonly input: DemoInput
  readonly cast: Cast
  readonly p: Published
}

/** The example with small files: a test seals many bids. */
export function exampleOf(name: string, change: Partial<DemoInput> = {}): DemoInput {
  const input = { ...readInput(path.join(examplesFolder, name)), ...change }
  const bids = input.bids.map((b) => ({
    ...b,
    files: b.files.map((f) => ({ ...f, bytes: 4000 })),
  }))
  return { ...input, bids }
}

/** Published, bid for, opened and closed. */
export async function playToOpened(url: string, input: DemoInput): Promise<Played> {
  const cast = await gatherCast(url, input)
  const p = await publish(cast, input)
  await joinAndAsk(cast, input, p)
  const at = { tender: p.project, lot: p.lot, subject: p.lotSubject }
  for (const bid of input.bids) {
    const bidder = cast.bidders.get(bid.id)
    if (bidder) await submitBidOf(bidder, at, bid)
  }
  const nonces = drawsParameters(input) ? await commitParameterDraw(cast, p) : null
  await moveClockTo(cast, p.project, p.deadline)
  if (nonces) await revealNonces(`/api/lots/${p.project}-0/draw`, nonces)
  await playOpening({ agency: cast.agency, centre: cast.centre, bidders: cast.bidders.values() }, p)
  return { input, cast, p }
}

/** The committee drawn, called and checked in; in government procurement the review is signed. */
export async function playToCommittee({ input, cast, p }: Played): Promise<Committee> {
  await prepareDraw(cast, input, p)
  await runDraw(cast, p)
  const committee = await seatCommittee(cast, input, p)
  if (input.tender.category === 'governmentProcurement') await playPurchaserReview(cast, input, p)
  return committee
}

/** The slug of a refusal. */
export async function slugOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => new Error('it was taken'),
    (e) => e,
  )
  if (!(error instanceof ServerProblem)) throw error
  return error.slug
}
