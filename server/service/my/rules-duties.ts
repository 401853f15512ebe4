import type { Role } from '../../access.ts'
import { hallAct } from '../../opening/opening-session/rules-duties.ts'
import type { State as BidState } from '../../tendering/bid/decider.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { endedEarly, lotIndex, type Trade } from '../../trade.ts'

/**
 * 待办: what someone must or may do next, by when. Derived from the trade alone, so that it is never
 * out of step with it; texts are the page's, by `act`.
 */
export interface Duty {
  /** Names the act; the page has its words. */
  readonly act: string
  readonly trade: string
  readonly lot: string | null
  readonly title: { readonly zh: string; readonly en: string }
  /** Trade time by which; null: no limit of its own. */
  readonly until: string | null
  readonly path: string
  /** Must be done, or may be. */
  readonly isDue: boolean
}

/** What a viewer has in a lot beside the trade itself. */
export interface Own {
  readonly roles: ReadonlySet<Role>
  readonly party: string
  readonly bids: ReadonlyMap<string, BidState>
  /** Of the agency, by lot: questions that nobody has answered, and bidders whose bond is held. */
  readonly questions?: ReadonlyMap<string, readonly { readonly askedAt: string }[]>
  readonly openBonds?: ReadonlyMap<string, readonly string[]>
}

interface Found {
  readonly act: string
  readonly path: string
  readonly until?: string | null
  readonly isDue?: boolean
  /** In place of the trade's own, where its name is not to be known yet. */
  readonly title?: { readonly zh: string; readonly en: string }
}
type Finder = (trade: Trade, lot: string | null, own: Own) => Found | false | null | undefined

const has = (own: Own, role: Role) => own.roles.has(role)
const published = (trade: Trade): PublishedState | null =>
  trade.project.stage === 'published' ? trade.project : null

/** Acts on the project. */
const onProject: readonly Finder[] = [
  ({ project, id }, _, own) =>
    has(own, 'Ag') &&
    project.stage === 'drafting' && {
      act: project.returned
        ? 'mend-document'
        : project.document
          ? 'finish-document'
          : 'write-document',
      path: `/t/${id}/edit`,
    },
  ({ project, id }, _, own) =>
    has(own, 'Pu') &&
    project.stage === 'drafting' &&
    project.document !== null &&
    project.returned === null && { act: 'approve-document', path: `/t/${id}/approve` },
  ({ project, id }, _, own) =>
    has(own, 'Ag') &&
    project.stage === 'approved' && { act: 'publish-notice', path: `/t/${id}/edit` },
  (trade, _, own) => {
    const p = published(trade)
    return (
      has(own, 'Pu') &&
      p &&
      Object.keys(p.proposals).length > 0 && {
        act: 'countersign-proposal',
        until: p.bidDeadline,
        path: `/t/${p.id}/questions`,
      }
    )
  },
  (trade, _, own) => {
    const isHost = has(own, 'Ag') || has(own, 'Ce')
    const found = isHost ? hallAct(trade, own.party) : null
    return found && { ...found, path: `/t/${trade.id}/opening` }
  },
]

/** Acts on one lot. */
const onLot: readonly Finder[] = [
  (trade, lot, own) => {
    const p = published(trade)
    const bid = lot ? own.bids.get(lot) : undefined
    if (!p || !lot || !bid || bid.stage === 'none') return null
    if (trade.lots.get(lot)?.stage !== 'tendering') return null
    const path = `/t/${p.id}/lots/${lot}/bid`
    if (bid.stage === 'joined' || bid.stage === 'withdrawn')
      return { act: 'submit-bid', until: p.bidDeadline, path }
    if (bid.stage === 'submitted' && bid.bid.confirmedVersion < p.version)
      return { act: 'confirm-bid', until: p.bidDeadline, path }
    return null
  },
  (trade, lot, own) => {
    const { session, id } = trade
    const bid = lot ? own.bids.get(lot) : undefined
    if (bid?.stage !== 'submitted' || session.stage === 'scheduled') return null
    // Of a lot that ended nothing is opened, and there is no row.
    if (!lot || endedEarly(trade, lot)) return null
    const mine = (row: { lot: string; party: string }) => row.lot === lot && row.party === own.party
    const path = `/t/${id}/opening`
    if (session.stage === 'decrypting' && !session.released.some(mine))
      return { act: 'release-key', until: session.windowEndsAt, path }
    if (session.stage === 'confirming' && !session.confirmed.some(mine))
      return { act: 'confirm-row', until: session.windowEndsAt, path }
    return null
  },
]

/** Finders of rooms that keep their own. */
export type RoomFinder = (trade: Trade, lot: string, own: Own) => readonly Found[]

/** Everything a viewer has to do in a trade, the soonest limit first. */
export function dutiesOf(trade: Trade, own: Own, rooms: readonly RoomFinder[]): Duty[] {
  const { project } = trade
  const title = (lot: string | null) => {
    const document = project.stage === 'none' ? null : project.document
    if (!document) return { zh: trade.id, en: trade.id }
    const one = lot ? document.lots[lotIndex(lot)] : null
    return one && document.lots.length > 1
      ? { zh: `${document.title.zh} ${one.title.zh}`, en: `${document.title.en}, ${one.title.en}` }
      : document.title
  }
  const duty = (found: Found, lot: string | null): Duty => ({
    act: found.act,
    trade: trade.id,
    lot,
    title: found.title ?? title(lot),
    until: found.until ?? null,
    path: found.path,
    isDue: found.isDue ?? true,
  })
  const duties: Duty[] = []
  for (const find of onProject) {
    const found = find(trade, null, own)
    if (found) duties.push(duty(found, null))
  }
  for (const lot of trade.lots.keys()) {
    for (const find of onLot) {
      const found = find(trade, lot, own)
      if (found) duties.push(duty(found, lot))
    }
    for (const find of rooms)
      for (const found of find(trade, lot, own)) duties.push(duty(found, lot))
  }
  return duties.sort((a, b) => ((a.until ?? '9') < (b.until ?? '9') ? -1 : 1))
}
