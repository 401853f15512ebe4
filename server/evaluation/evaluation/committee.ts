/**
 * Collective acts of a committee or panel: majorities of all members, the chair, dissent, and what
 * becomes of a committee that lost a member.
 * @source 招标投标法 art. 37; 招标投标法实施条例 art. 48, 53; 财政部令第87号 art. 47, 61 ○
 */
export interface Member {
  readonly id: string
  readonly represents: 'pool' | 'purchaser'
}

/** More than half of all members; half is not a majority. */
export function isMajority(votes: number, members: number): boolean {
  return votes * 2 > members
}

/** Whether a motion can still reach a majority with the members who haven't voted. */
export function mayStillPass(votesFor: number, votesAgainst: number, members: number): boolean {
  return isMajority(members - votesAgainst, members) && votesFor + votesAgainst <= members
}

/** Whether the member may chair: in government procurement not the purchaser's representative. */
export function mayChair(member: Member, regime: 'tender' | 'governmentProcurement'): boolean {
  return regime === 'tender' || member.represents === 'pool'
}

/** Representatives are a third of the members at most, and the number is odd. */
export function isLawfulComposition(members: readonly Member[], sizeLeast: number): boolean {
  const representatives = members.filter((member) => member.represents === 'purchaser').length
  return (
    members.length >= sizeLeast && members.length % 2 === 1 && representatives * 3 <= members.length
  )
}

/** More than a third of the members ask for more time: the purchaser extends (TR 48). */
export function mustExtendTime(asking: number, members: number): boolean {
  return asking * 3 > members
}

export type Signature = 'signed' | 'dissented' | 'refusedWithoutReasons' | 'missing'

/**
 * Whether a report stands: every member signed, or dissented with written reasons, or refused without
 * any, which counts as agreed; and more than half do not dissent.
 */
export function reportStanding(
  signatures: readonly Signature[],
): 'complete' | 'signature-missing' | 'majority-dissents' {
  if (signatures.includes('missing') || signatures.length === 0) return 'signature-missing'
  const agreed = signatures.filter((signature) => signature !== 'dissented').length
  return isMajority(agreed, signatures.length) ? 'complete' : 'majority-dissents'
}

/** Grounds on which a submitted sheet may be opened again (M87 64); no other change after aggregation. */
export const reopenGrounds = [
  'sumError',
  'scoreOutOfRange',
  'objectiveScoresUnequal',
  'abnormallyHighOrLow',
] as const

/** Grounds on which a member is replaced; the member's work is void and done again (TR 48). */
export const replacementGrounds = ['recusal', 'absence', 'health', 'leaving'] as const
