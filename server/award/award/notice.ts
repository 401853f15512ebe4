import { personName } from '../../party-name.ts'
import type { Platform } from '../../platform.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { lotIndex, type Trade } from '../../trade.ts'
import { type Evaluated, rowOf } from './lot-view.ts'

/**
 * What a notice of candidates 中标候选人公示, or of the result 结果公告, has beside names and prices:
 * of what was quoted, of the document, of the committee. What nobody entered here (the lead's
 * certificates, an address, the agency's fee) it does not have.
 * @source 招标公告和公示信息发布管理办法 art. 6 ○; 财政部令第87号 art. 69 ○; 政府采购法实施条例 art. 43
 */

/** One candidate's response to the document, as opened. */
export function candidateNotice(
  trade: Trade,
  { document }: PublishedState,
  lot: string,
  bidder: string,
) {
  const terms = document.lots[lotIndex(lot)]
  const row = rowOf(trade, lot, bidder)
  const quotation = row?.outcome === 'opened' ? row.quotation : null
  return {
    quality: quotation?.quality ?? null,
    deliveryDays: quotation?.deliveryDays ?? terms.deliveryDays,
    warrantyMonths: quotation?.warrantyMonths ?? null,
    // Who is a candidate has met each of them.
    qualifications: document.qualification.map(({ id, zh, en }) => ({ id, zh, en })),
  }
}

/** To whom and until when one objects or challenges. */
export function channelOf(names: { purchaser: string; agency: string }, state: Evaluated) {
  const until =
    state.stage === 'publicity' ? state.until : 'resultUntil' in state ? state.resultUntil : null
  return { ...names, kind: state.regime === 'tender' ? 'objection' : 'challenge', until }
}

/** What was bought, and in government procurement who evaluated. */
export async function resultNotice(
  platform: Platform,
  trade: Trade,
  project: PublishedState,
  lot: string,
  winner: string,
) {
  const { quotation: form } = project.document.lots[lotIndex(lot)]
  const row = rowOf(trade, lot, winner)
  const quoted = row?.outcome === 'opened' ? row.quotation : null
  return {
    uscc: winner,
    brand: quoted?.brand ?? null,
    ...candidateNotice(trade, project, lot, winner),
    goods: form.lines.map(({ id, zh, en, unit = null, quantity = null }) => ({
      ...{ id, zh, en, unit, quantity },
      fen: quoted?.lines.find((line) => line.id === id)?.fen ?? null,
    })),
    experts:
      project.regime === 'governmentProcurement' ? await committeeOf(platform, trade, lot) : null,
  }
}

/** Who evaluated: from the result notice on their names are everyone's (`domain.md` §2). */
async function committeeOf(platform: Platform, trade: Trade, lot: string) {
  const evaluation = trade.evaluations.get(lot)
  const members = evaluation && 'members' in evaluation ? evaluation.members : []
  return Promise.all(
    members.map(async ({ id, represents }) => ({
      name: await personName(platform, id),
      represents,
    })),
  )
}
