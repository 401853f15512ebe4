/** The checks of a bag, in the order in which reports and pages show them. */
export const checkIds = [
  'bag',
  'signatures',
  'certificates',
  'ledger',
  'openings',
  'draw',
  'scores',
  'ranking',
  'documents',
] as const
export type CheckId = (typeof checkIds)[number]

/** Where a finding is; every part that is known. */
export interface Place {
  readonly path?: string
  readonly stream?: string
  readonly version?: number
  readonly bidder?: string
  readonly file?: string
  readonly chunk?: number
  readonly item?: string
  readonly member?: string
  readonly size?: number
  readonly line?: string
  readonly trustee?: string
  readonly witness?: string
}

export interface Finding {
  readonly check: CheckId
  readonly code: string
  readonly place: Place
  readonly expected: string | null
  readonly found: string | null
  /** Whose fault by the signed bytes; null where they do not tell. */
  readonly fault: 'bidder' | 'platform' | null
}

export interface CheckCount {
  readonly id: CheckId
  passed: number
  failed: number
  withheld: number
  unchecked: number
}

export type Verdict = 'passed' | 'failed' | 'indeterminate'

/** Collects what was found; every finding stands beside the others and hides none. */
export class Report {
  readonly checks: readonly CheckCount[] = checkIds.map((id) => ({
    id,
    passed: 0,
    failed: 0,
    withheld: 0,
    unchecked: 0,
  }))
  readonly findings: Finding[] = []

  private of(id: CheckId): CheckCount {
    return this.checks.find((c) => c.id === id) as CheckCount
  }

  pass(id: CheckId): void {
    this.of(id).passed += 1
  }

  /** Something is proven wrong. */
  fail(
    check: CheckId,
    code: string,
    place: Place,
    seen: { expected?: unknown; found?: unknown; fault?: Finding['fault'] } = {},
  ): void {
    this.of(check).failed += 1
    this.findings.push({
      check,
      code,
      place,
      expected: shown(seen.expected),
      found: shown(seen.found),
      fault: seen.fault ?? null,
    })
  }

  /** This kind of bag does not hold what the check needs: not a fault. */
  withhold(id: CheckId): void {
    this.of(id).withheld += 1
  }

  /** Something that should be there to check is missing: the verdict can't be passed. */
  skip(check: CheckId, code: string, place: Place): void {
    this.of(check).unchecked += 1
    this.findings.push({ check, code, place, expected: null, found: null, fault: null })
  }

  /** Passed only where nothing failed, all that the bag promises was checked, and keys are pinned. */
  verdict(pinned: boolean): Verdict {
    if (this.checks.some((c) => c.failed > 0)) return 'failed'
    return pinned && this.checks.every((c) => c.unchecked === 0) ? 'passed' : 'indeterminate'
  }
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
