/**
 * The trace of an evaluation: which rule was applied to what and gave what. A bidder reads it to see
 * why it lost, the verifier prints it beside a difference. Numbers are exact text: `12.5`, or
 * `64089400/7` where no decimal ends; amounts are fen.
 */
export interface Step {
  readonly rule: string
  readonly source: string
  /** The bid it is about; absent: the whole lot. */
  readonly bid?: string
  readonly zh: string
  readonly en: string
  readonly inputs: Readonly<Record<string, string>>
  readonly result: string
}

/** What a bidder may be told: steps about the whole lot, and those about its own bid. */
export function stepsOf(steps: readonly Step[], bid: string): Step[] {
  return steps.filter((step) => step.bid === undefined || step.bid === bid)
}
