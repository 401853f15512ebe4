import type { Certificate } from './certificate.ts'

/**
 * Certificate policies along a path. In place of RFC 5280's tree, which crossed mappings can blow
 * up, each level keeps a map: a policy the next certificate may name → the policies of the topmost
 * authority's domain that led there. It gives the same verdicts and grows linearly.
 * @source RFC 5280 §6.1; RFC 9618 (why no tree)
 */
const ANY = '2.5.29.32.0'

export interface PolicyState {
  /** Expected policy → policies of the anchor's domain; empty: no valid policy is left. */
  readonly expected: ReadonlyMap<string, ReadonlySet<string>>
  readonly explicitIn: number
  readonly mappingIn: number
  readonly anyIn: number
}

/**
 * @param length certificates below the anchor
 * @param required whether a listed policy must be found even if no certificate says so
 */
export function initialPolicyState(length: number, required: boolean): PolicyState {
  return {
    expected: new Map([[ANY, new Set([ANY])]]),
    explicitIn: required ? 0 : length + 1,
    mappingIn: length + 1,
    anyIn: length + 1,
  }
}

type Expected = Map<string, Set<string>>

function add(map: Expected, policy: string, roots: Iterable<string>): void {
  const set = map.get(policy) ?? new Set()
  for (const root of roots) set.add(root)
  map.set(policy, set)
}

/** Steps (d) and (e): the policies of one certificate against those expected. */
function processed(
  expected: PolicyState['expected'],
  certificate: Certificate,
  anyAllowed: boolean,
): Expected {
  const next: Expected = new Map()
  const { policies } = certificate.extensions
  if (!policies) return next
  for (const policy of policies) {
    if (policy === ANY) continue
    const roots = expected.get(policy)
    if (roots) add(next, policy, roots)
    else if (expected.has(ANY)) add(next, policy, [policy])
  }
  if (policies.includes(ANY) && anyAllowed) {
    for (const [policy, roots] of expected) if (!next.has(policy)) add(next, policy, roots)
  }
  return next
}

/** Mappings of a CA certificate; null if one maps to or from anyPolicy. */
function mapped(
  next: Expected,
  certificate: Certificate,
  mappingAllowed: boolean,
): Expected | null {
  const { policyMappings } = certificate.extensions
  if (!policyMappings) return next
  if (policyMappings.some((pair) => pair.includes(ANY))) return null
  const result: Expected = new Map(next)
  const sources = new Set(policyMappings.map(([issuer]) => issuer))
  for (const source of sources) result.delete(source)
  if (!mappingAllowed) return result
  for (const [issuer, subject] of policyMappings) {
    const roots = next.get(issuer) ?? (next.has(ANY) ? [issuer] : null)
    if (roots) add(result, subject, roots)
  }
  return result
}

const less = (value: number): number => Math.max(0, value - 1)

/**
 * The state after one certificate, from the anchor down.
 * @returns null where the path's policies can't hold any more
 */
export function nextPolicyState(
  state: PolicyState,
  certificate: Certificate,
  { selfIssued, last }: { selfIssued: boolean; last: boolean },
): PolicyState | null {
  const anyAllowed = state.anyIn > 0 || (!last && selfIssued)
  const next = processed(state.expected, certificate, anyAllowed)
  if (state.explicitIn === 0 && next.size === 0) return null
  const { policyConstraints, inhibitAnyPolicy } = certificate.extensions
  const { requireExplicit, inhibitMapping } = policyConstraints ?? {}
  if (last) {
    const explicitIn = requireExplicit === 0 ? 0 : less(state.explicitIn)
    return { ...state, expected: next, explicitIn }
  }
  const expected = mapped(next, certificate, state.mappingIn > 0)
  if (!expected) return null
  const step = (value: number) => (selfIssued ? value : less(value))
  return {
    expected,
    explicitIn: Math.min(step(state.explicitIn), requireExplicit ?? Infinity),
    mappingIn: Math.min(step(state.mappingIn), inhibitMapping ?? Infinity),
    anyIn: Math.min(step(state.anyIn), inhibitAnyPolicy ?? Infinity),
  }
}

/** Whether the whole path is valid for one of the accepted policies (null: any). */
export function policiesHold(state: PolicyState, accepted: readonly string[] | null): boolean {
  if (state.explicitIn > 0) return true
  const roots = new Set([...state.expected.values()].flatMap((set) => [...set]))
  if (accepted === null) return roots.size > 0
  return roots.has(ANY) || accepted.some((policy) => roots.has(policy))
}
