import { playAward, publishCandidates } from './award.ts'
import { type Cast, gatherCast } from './cast.ts'
import { playEvaluation, playPurchaserReview, readDesk } from './evaluation.ts'
import {
  type Committee,
  commitParameterDraw,
  drawsParameters,
  prepareDraw,
  revealNonces,
  runDraw,
  seatCommittee,
} from './experts.ts'
import type { DemoInput } from './input.ts'
import { playOpening, readHall, signInToHall } from './opening.ts'
import { submitBidOf } from './seal.ts'
import { joinAndAsk, moveClockTo, type Published, publish } from './tendering.ts'

/** How far a trade is played; each stage holds all before it. */
export const playStages = [
  'drafting',
  'published',
  'bidding',
  'opening',
  'opened',
  'evaluating',
  'evaluated',
  'publicity',
  'archived',
] as const
export type PlayStage = (typeof playStages)[number]

export interface Played {
  readonly cast: Cast
  readonly published: Published
}

/**
 * Plays a whole trade, or a part of it, as its people would, through the HTTP interface alone.
 * @param tell hears what was done, a line a step
 */
export async function playTrade(
  url: string,
  input: DemoInput,
  until: PlayStage,
  tell: (line: string) => void = () => {},
): Promise<Played> {
  const reached = (stage: PlayStage) => playStages.indexOf(until) < playStages.indexOf(stage)
  const cast = await gatherCast(url, input)
  const published = await publish(cast, input)
  const done = { cast, published }
  tell(`公告已发布 notice published: ${published.project}`)
  if (reached('bidding')) return done
  await joinAndAsk(cast, input, published)
  await submitBids(cast, input, published)
  tell(`已封装并递交 bids sealed and submitted: ${input.bids.length}`)
  await prepareDraw(cast, input, published)
  await runDraw(cast, published)
  tell('评标专家抽取已承诺并揭示 draw committed and revealed')
  const nonces = drawsParameters(input) ? await commitParameterDraw(cast, published) : null
  if (reached('opening')) return done
  await moveClockTo(cast, published.project, published.deadline)
  // Fewer than three bids: nothing is opened, and nobody is named.
  if ((await readHall(cast.agency, published.project)).stage === 'aborted') return done
  if (reached('opened')) {
    for (const officer of [cast.agency, cast.centre]) await signInToHall(officer, published.project)
    return done
  }
  if (nonces) {
    await revealNonces(`/api/lots/${published.project}-0/draw`, nonces)
    tell('评审参数已抽取 parameters drawn')
  }
  const hall = await playOpening(
    { agency: cast.agency, centre: cast.centre, bidders: cast.bidders.values() },
    published,
  )
  tell(`开标已结束 opening closed: ${hall.stage}`)
  if (reached('evaluating')) return done
  const committee = await evaluate(cast, input, published, reached('evaluated'))
  if (reached('evaluated') || !committee) return done
  // All rejected, or too few left to compete: the committee has failed the lot, as the law says.
  if ((await readDesk(cast.regulator, published.lot)).lotStage === 'failed') {
    tell('标段已流标 the lot has failed')
    return done
  }
  tell('评标报告已提交 evaluation report submitted')
  if (reached('publicity')) return done
  if (reached('archived')) {
    if (input.tender.category !== 'governmentProcurement') await publishCandidates(cast, published)
    return done
  }
  const { stage } = await playAward(cast, input, published)
  tell(`已定标、签约并归档 awarded, contracted: ${stage}`)
  return done
}

/** Everybody seals and submits; a few at a time, as their own devices would. */
async function submitBids(cast: Cast, input: DemoInput, published: Published): Promise<void> {
  const place = {
    tender: published.project,
    lot: published.lot,
    subject: published.lotSubject,
  }
  const left = [...input.bids]
  const work = async () => {
    for (let bid = left.shift(); bid; bid = left.shift()) {
      const person = cast.bidders.get(bid.id)
      if (person) await submitBidOf(person, place, bid)
    }
  }
  await Promise.all([work(), work(), work()])
}

/** @returns null where too few are qualified: the lot has failed before a committee met */
async function evaluate(
  cast: Cast,
  input: DemoInput,
  published: Published,
  onlyBegin: boolean,
): Promise<Committee | null> {
  if (input.tender.category === 'governmentProcurement')
    await playPurchaserReview(cast, input, published)
  const { lotStage } = await readDesk(cast.regulator, published.lot)
  if (lotStage === 'failed') return null
  const committee = await seatCommittee(cast, input, published)
  if (!onlyBegin) await playEvaluation(cast, input, committee, published)
  return committee
}
