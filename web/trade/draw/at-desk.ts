/** What came of one who stood at the venue's desk. */
export interface AtDesk {
  readonly name: string
  /**
   * `turnedAway`: the purchaser's representative may not sit, as the platform found by the bids that
   * were opened since he was named; `aside`: he said so himself.
   */
  readonly what: 'checkedIn' | 'turnedAway' | 'aside'
  readonly represents: 'pool' | 'purchaser'
}

/** By the events that the desk's act made: one who stands aside was not checked in. */
export function atDesk(
  who: Pick<AtDesk, 'name' | 'represents'>,
  events: readonly { readonly type: string }[],
  saidSo: boolean,
): AtDesk {
  const isOut = events.some((e) => e.type === 'ExpertRecused')
  return { ...who, what: !isOut ? 'checkedIn' : saidSo ? 'aside' : 'turnedAway' }
}
