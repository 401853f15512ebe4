import { texts } from '../../../server/acts/texts.ts'
import type { Cast } from './cast.ts'
import type { Person } from './client.ts'
import type { DemoInput } from './input.ts'
import { moveClockTo, type Published } from './tendering.ts'

/** What the award's page shows, as far as playing it needs. */
export interface AwardView {
  readonly now: string
  readonly stage: string
  readonly regime: 'tender' | 'governmentProcurement'
  readonly publicityUntil: string | null
  readonly candidates: readonly { readonly bidder: string; readonly priceFen: number }[] | null
  readonly award: {
    readonly bidder: string
    readonly priceFen: number
    readonly resultUntil: string | null
  } | null
  readonly contract: {
    readonly proposal: { readonly id: string; readonly act: string } | null
  } | null
  readonly party: { readonly earliestUntil: { readonly at: string } } | null
}

export const readAward = (person: Person, lot: string) =>
  person.get<AwardView>(`/api/lots/${lot}/award`)

const place = (p: Published) => ({ tender: p.project, lot: p.lot })

/** Tender: candidates are published for their days, and nobody objects. */
export async function publishCandidates(cast: Cast, p: Published): Promise<void> {
  const { candidates, party } = await readAward(cast.purchaser, p.lot)
  await cast.purchaser.act(
    `/api/lots/${p.lot}/candidates`,
    'publish-candidates',
    {
      subject: p.lotSubject,
      until: party?.earliestUntil.at as string,
      candidates: (candidates ?? []).map((c) => c.bidder),
    },
    place(p),
  )
}

/** The first candidate is awarded at its bid price. */
export async function award(cast: Cast, p: Published): Promise<void> {
  const { candidates } = await readAward(cast.purchaser, p.lot)
  const [first] = candidates ?? []
  if (!first) throw new Error('there is no candidate')
  const { bidder, priceFen } = first
  await cast.purchaser.act(
    `/api/lots/${p.lot}/award`,
    'award',
    { subject: p.lotSubject, bidder, priceFen, reason: null },
    place(p),
  )
}

export async function publishResult(cast: Cast, p: Published): Promise<void> {
  const { award: made, party } = await readAward(cast.purchaser, p.lot)
  await cast.purchaser.act(
    `/api/lots/${p.lot}/result`,
    'publish-result',
    {
      subject: p.lotSubject,
      until: party?.earliestUntil.at as string,
      bidder: made?.bidder as string,
    },
    place(p),
  )
}

/** The purchaser proposes the contract, the winner countersigns the same bytes. */
export async function signContract(cast: Cast, p: Published): Promise<void> {
  const { award: made } = await readAward(cast.purchaser, p.lot)
  if (!made) throw new Error('nothing is awarded')
  const proposal = {
    subject: p.lotSubject,
    id: 'contract-1',
    number: `演示合同 ${p.lot}`,
    priceFen: made.priceFen,
    terms: '演示数据：按招标文件与投标文件签订，实质性内容不变。',
  }
  await cast.purchaser.act(
    `/api/lots/${p.lot}/contract-proposals`,
    'propose-contract',
    proposal,
    place(p),
  )
  const winner = [...cast.bidders.values()].find((b) => b.identity?.party.id === made.bidder)
  if (!winner) throw new Error('the winner is no bidder of the demo')
  const { contract } = await readAward(winner, p.lot)
  const { zh, en } = texts['propose-contract'](proposal)
  await winner.act(
    `/api/lots/${p.lot}/contract`,
    'countersign',
    {
      subject: p.lotSubject,
      id: proposal.id,
      proposalSha256: contract?.proposal?.act as string,
      proposalText: { zh: [...zh], en: [...en] },
    },
    place(p),
  )
}

/** Every bond is recorded as returned. */
export async function settleBonds(cast: Cast, p: Published): Promise<void> {
  const { items } = await cast.agency.get<{
    items: readonly { bidder: string; id: string; settled: string | null }[]
  }>(`/api/lots/${p.lot}/bonds`)
  for (const { bidder, id } of items.filter((b) => b.settled === null))
    await cast.agency.post(`/api/lots/${p.lot}/bond-settlements`, { bidder, id, how: 'returned' })
}

/**
 * From the report to the archive, in the order of the trade's law: candidates and their publicity
 * first (tender), or the result's working day after the award (government procurement).
 */
export async function playAward(cast: Cast, input: DemoInput, p: Published): Promise<AwardView> {
  const isTender = input.tender.category !== 'governmentProcurement'
  if (isTender) {
    await publishCandidates(cast, p)
    const { publicityUntil } = await readAward(cast.purchaser, p.lot)
    await moveClockTo(cast, p.project, publicityUntil as string)
  }
  await award(cast, p)
  await publishResult(cast, p)
  if (!isTender) {
    const { award: made } = await readAward(cast.purchaser, p.lot)
    await moveClockTo(cast, p.project, made?.resultUntil as string)
  }
  await signContract(cast, p)
  await settleBonds(cast, p)
  await cast.agency.post(`/api/lots/${p.lot}/archive`, {})
  return readAward(cast.agency, p.lot)
}
