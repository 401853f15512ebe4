import { toWords } from '../../kernel/money-words.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import type { ListedBid, ListedLot, OpenedRow, Session, State } from './state.ts'
import { hasRow } from './state.ts'

/**
 * The opening record 开标记录, made from the events of project and session alone: whoever has them
 * makes the same bytes. Host and witness sign its SHA-256. Its own signatures and proofs stand
 * beside it, since what is signed can't hold them.
 * @source domain.md §8 "Opening record"; 财政部令第87号 art. 41, 42 ○
 */
export type OpeningRecord = ReturnType<typeof openingRecord>

/** @throws Error where the session has not begun: our bug */
export function openingRecord(project: PublishedState, state: State) {
  if (state.stage === 'scheduled') throw new Error('a session that has not begun has no record')
  const session: Session = state
  const person = (role: 'host' | 'witness') => {
    const one = session.signedIn.find((s) => s.role === role)
    return one ? { party: one.party, name: one.name, signedInAt: one.at } : null
  }
  return {
    v: 1,
    kind: 'openingRecord',
    project: project.id,
    title: project.document.title,
    place: 'online',
    deadline: project.bidDeadline,
    startedAt: session.startedAt,
    openedAt: session.openedAt,
    host: person('host'),
    witness: person('witness'),
    lots: session.lots.map((lot) => lotPart(project, session, lot)),
    returned: session.returned,
    attendance: session.signedIn.filter((s) => s.role === 'bidder'),
    absent: absentParties(session),
    objections: session.objections,
    extensions: session.extensions,
    halts: session.halts,
  }
}

const titleOf = (project: PublishedState, lot: string) =>
  project.document.lots[Number(lot.slice(lot.lastIndexOf('-') + 1)) - 1].title

function lotPart(project: PublishedState, session: Session, { lot, bids }: ListedLot) {
  const drawn = session.parameters.find((p) => p.lot === lot)
  return {
    lot,
    title: titleOf(project, lot),
    parameters: drawn ? { k: drawn.k, method: drawn.method, draw: drawn.draw } : null,
    rows: bids.map((bid) => rowPart(session, lot, bid)),
  }
}

function rowPart(session: Session, lot: string, bid: ListedBid) {
  const { party } = bid
  const isMine = (one: { lot: string; party: string }) => one.lot === lot && one.party === party
  const row = session.rows.find(isMine)
  return {
    party,
    name: bid.name,
    receivedAt: bid.receivedAt,
    documentVersion: bid.documentVersion,
    confirmedVersion: bid.confirmedVersion,
    bondFen: bid.bondFen,
    releasedAt: session.released.find(isMine)?.at ?? null,
    result: row ? resultPart(row) : null,
    confirmation: session.confirmed.some(isMine)
      ? 'signed'
      : hasRow(session.silent, { lot, party })
        ? 'silent'
        : null,
  }
}

function resultPart(row: OpenedRow) {
  return row.outcome === 'opened'
    ? {
        outcome: 'opened',
        priceFen: row.priceFen,
        priceWords: toWords(row.priceFen),
        quotation: row.quotation,
      }
    : { outcome: 'notOpened', problem: row.problem, fault: row.fault }
}

/** Listed bidders that neither entered before nor signed in: absence accepts the opening. */
function absentParties(session: Session): string[] {
  const listed = session.lots.flatMap((l) => l.bids)
  const came = new Set([
    ...session.signedIn.map((s) => s.party),
    ...listed.filter((bid) => bid.hallEnteredAt !== null).map((bid) => bid.party),
  ])
  return [...new Set(listed.map((bid) => bid.party))].filter((party) => !came.has(party))
}
