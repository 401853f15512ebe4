import type { TrustList, TrustService } from '../../server/trust/trust-list.ts'

/** What a newer trust list makes other than it is: read by whoever is about to load it. */
export type TrustChange = { readonly id: string; readonly isLoss: boolean } & (
  | {
      readonly kind: 'authority-added' | 'authority-removed'
      readonly authority: Named
      readonly services: number
    }
  | {
      readonly kind: 'service-added' | 'service-removed' | 'service-terms'
      readonly authority: Named
      readonly type: TrustService['type']
    }
  | {
      readonly kind: 'service-state'
      readonly authority: Named
      readonly type: TrustService['type']
      readonly from: State
      readonly to: State
    }
  | { readonly kind: 'list-keys'; readonly added: number; readonly removed: number }
  | { readonly kind: 'platforms' }
)
type Named = { readonly zh: string; readonly en: string }
type State = TrustService['status'][number]['state'] | 'none'

/** The service is the same while it is of one type and keeps its first anchor. */
const keyOf = (one: TrustService): string => `${one.type} ${one.certs[0] ?? ''}`
const stateOf = (one: TrustService): State => one.status.at(-1)?.state ?? 'none'
const termsOf = ({ status: _, ...terms }: TrustService): string => JSON.stringify(terms)

/** In the order of the newer list; what falls away comes last. */
export function changesOf(before: TrustList, after: TrustList): TrustChange[] {
  const old = new Map(before.authorities.map((one) => [one.id, one]))
  const kept = new Set(after.authorities.map((one) => one.id))
  return [
    ...after.authorities.flatMap((next): TrustChange[] => {
      const known = old.get(next.id)
      return known
        ? servicesOf(next.id, next.name, known.services, next.services)
        : [
            {
              id: next.id,
              kind: 'authority-added',
              isLoss: false,
              authority: next.name,
              services: next.services.length,
            },
          ]
    }),
    ...before.authorities
      .filter((one) => !kept.has(one.id))
      .map(
        (one): TrustChange => ({
          id: one.id,
          kind: 'authority-removed',
          isLoss: true,
          authority: one.name,
          services: one.services.length,
        }),
      ),
    ...keysOf(before, after),
    ...(JSON.stringify(before.platforms) === JSON.stringify(after.platforms)
      ? []
      : [{ id: 'platforms', kind: 'platforms', isLoss: false } as const]),
  ]
}

function servicesOf(
  id: string,
  authority: Named,
  before: readonly TrustService[],
  after: readonly TrustService[],
): TrustChange[] {
  const old = new Map(before.map((one) => [keyOf(one), one]))
  const kept = new Set(after.map(keyOf))
  const of = (one: TrustService) => ({ id: `${id} ${keyOf(one)}`, authority, type: one.type })
  const changed = after.flatMap((next): TrustChange[] => {
    const known = old.get(keyOf(next))
    if (!known) return [{ ...of(next), kind: 'service-added', isLoss: false }]
    const [from, to] = [stateOf(known), stateOf(next)]
    if (from !== to)
      return [{ ...of(next), kind: 'service-state', isLoss: to !== 'granted', from, to }]
    return termsOf(known) === termsOf(next)
      ? []
      : [{ ...of(next), kind: 'service-terms', isLoss: false }]
  })
  const gone = before.filter((one) => !kept.has(keyOf(one)))
  return [
    ...changed,
    ...gone.map((one): TrustChange => ({ ...of(one), kind: 'service-removed', isLoss: true })),
  ]
}

function keysOf(before: TrustList, after: TrustList): TrustChange[] {
  const added = after.listKeys.filter((key) => !before.listKeys.includes(key)).length
  const removed = before.listKeys.filter((key) => !after.listKeys.includes(key)).length
  return added + removed === 0
    ? []
    : [{ id: 'list-keys', kind: 'list-keys', isLoss: removed > 0, added, removed }]
}

export const servicesIn = (list: TrustList): number =>
  list.authorities.reduce((sum, one) => sum + one.services.length, 0)
