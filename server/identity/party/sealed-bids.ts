import type { AppCall } from '../../app-call.ts'
import { loadBid, loadTrade } from '../../platform.ts'
import type { State as BidState } from '../../tendering/bid/decider.ts'
import { lotIds, type Trade } from '../../trade.ts'
import { readWrap } from '../../vault/wraps.ts'
import { loadParty } from '../members.ts'
import { viewerOfCall } from './acting.ts'
import type { BoundCertificate } from './decider.ts'
import { recipientOf } from './rules-receivers.ts'

/** A sealed bid of one's own whose secret is wrapped for an encryption certificate. */
interface SealedBid {
  /** Lot and revision: what a list of them is keyed by. */
  readonly id: string
  readonly trade: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly lot: string
  readonly lotTitle: { readonly zh: string; readonly en: string }
  readonly revision: number
  readonly deadline: string
  /** After the deadline it can be replaced no more; its key is still asked for. */
  readonly isOver: boolean
  /** SHA-256 of the certificate that it is wrapped for; null: it is not bound (any more). */
  readonly certificate: string | null
}

/**
 * Bids of the caller's own organisation that wait for their opening, each with the certificate whose
 * key opens it: who renews or unbinds a certificate must know which bids still need the old key.
 * The bidder alone is told, and of itself alone.
 * @source user-needs "Certificates and keys"
 */
export async function listSealedBids(call: AppCall): Promise<SealedBid[]> {
  const { platform } = call
  const { party } = viewerOfCall(call)
  await platform.hidden.ready()
  const joined = platform.hidden.streamsOfParty(party)
  if (joined.length === 0) return []
  const certificates = (await loadParty(platform, party))?.certificates ?? []
  const found: SealedBid[] = []
  for (const project of new Set(joined.map((one) => one.project))) {
    const trade = await loadTrade(platform, project)
    for (const { lot } of joined.filter((one) => one.project === project)) {
      const one = await sealedBid(call, trade, lot, certificates)
      if (one) found.push(one)
    }
  }
  return found.sort((a, b) => (a.deadline < b.deadline ? -1 : 1))
}

async function sealedBid(
  { platform, viewer }: AppCall,
  trade: Trade,
  lot: string,
  certificates: readonly BoundCertificate[],
): Promise<SealedBid | null> {
  const { project, session, lots } = trade
  const party = viewer?.party ?? ''
  const stage = lots.get(lot)?.stage
  if (project.stage !== 'published' || (stage !== 'tendering' && stage !== 'opening')) return null
  const isOpened =
    session.stage !== 'scheduled' && session.rows.some((r) => r.lot === lot && r.party === party)
  if (isOpened) return null
  const state = (await loadBid(platform, lot, party)).state as BidState
  if (state.stage !== 'submitted') return null
  const wrap = await readWrap(platform, state.bid)
  if (wrap === null) return null
  const terms = project.document.lots[lotIds(project).indexOf(lot)]
  return {
    id: `${lot} ${state.bid.revision}`,
    trade: project.id,
    title: project.document.title,
    lot,
    lotTitle: terms?.title ?? { zh: lot, en: lot },
    revision: state.bid.revision,
    deadline: project.bidDeadline,
    isOver: project.bidDeadline <= trade.now,
    certificate: recipientOf(Buffer.from(wrap, 'base64url'), certificates)?.sha256 ?? null,
  }
}
