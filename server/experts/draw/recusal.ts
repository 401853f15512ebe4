/**
 * Recusal 回避 that the system computes. Its reason is never shown: an expert who reads why could
 * learn who bids. A draw that recuses for bidders runs after the deadline, since before it nobody
 * knows them.
 * @source 招标投标法实施条例 art. 46; 政府采购法实施条例 art. 9; 财库〔2016〕198号 ○
 */
export interface ExpertTies {
  readonly id: string
  readonly employer: string
  /** Former employers, and the Beijing date until which each employed the expert. */
  readonly pastEmployers?: readonly { readonly party: string; readonly until: string }[]
  /** Organisations where spouse or kin work, as declared. */
  readonly kin?: readonly string[]
  /** Organisations in which shares or a board seat are held. */
  readonly holdings?: readonly string[]
  readonly punishedUntil?: string
  /** Committees the expert sat in before: agency and Beijing date. */
  readonly drawnFor?: readonly { readonly agency: string; readonly on: string }[]
  /** Projects the expert advised on. */
  readonly advised?: readonly string[]
}

export interface TradeTies {
  readonly projectId: string
  readonly purchaser: string
  readonly agency: string
  readonly bidders: readonly string[]
  /** Beijing date of the draw. */
  readonly on: string
}

export interface RecusalRules {
  readonly years: number
  /** Days within which the same agency doesn't draw an expert again; 0: no such rule. */
  readonly sameAgencyDays: number
}

export type RecusalGround =
  | 'employer'
  | 'pastEmployer'
  | 'kin'
  | 'holding'
  | 'punished'
  | 'sameAgency'
  | 'adviser'

/** Every ground on which the expert may not serve; for audit alone. */
export function recusalGrounds(
  expert: ExpertTies,
  trade: TradeTies,
  rules: RecusalRules,
): RecusalGround[] {
  const parties = [trade.purchaser, trade.agency, ...trade.bidders]
  const isParty = (party: string) => parties.includes(party)
  const since = yearsBefore(trade.on, rules.years)
  const grounds: [RecusalGround, boolean][] = [
    ['employer', isParty(expert.employer)],
    [
      'pastEmployer',
      (expert.pastEmployers ?? []).some((past) => isParty(past.party) && past.until >= since),
    ],
    ['kin', (expert.kin ?? []).some(isParty)],
    ['holding', (expert.holdings ?? []).some(isParty)],
    ['punished', expert.punishedUntil !== undefined && expert.punishedUntil >= trade.on],
    [
      'sameAgency',
      (expert.drawnFor ?? []).some(
        (seat) =>
          seat.agency === trade.agency &&
          seat.on <= trade.on &&
          daysFrom(seat.on, trade.on) < rules.sameAgencyDays,
      ),
    ],
    ['adviser', (expert.advised ?? []).includes(trade.projectId)],
  ]
  return grounds.filter(([, applies]) => applies).map(([ground]) => ground)
}

function daysFrom(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

/** The same day so many years earlier, as text; 29 February sorts before 1 March as it should. */
function yearsBefore(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) - years}${date.slice(4)}`
}
