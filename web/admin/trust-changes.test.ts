import { expect, test } from 'vitest'
import type { TrustAuthority, TrustList, TrustService } from '../../server/trust/trust-list.ts'
import { changesOf, servicesIn } from './trust-changes.ts'

const service = (more: Partial<TrustService> = {}): TrustService => ({
  type: 'ca',
  certs: ['AA'],
  status: [{ from: '2026-01-01T00:00:00Z', state: 'granted', reason: '' }],
  algorithms: null,
  policies: null,
  purposes: ['sign'],
  audience: ['org'],
  partyCode: null,
  revocation: { modes: ['crl'], urls: [], maxAgeHours: 24 },
  sm2Id: null,
  ...more,
})
const authority = (id: string, ...services: TrustService[]): TrustAuthority => ({
  id,
  name: { zh: `机构${id}`, en: `Authority ${id}` },
  licence: '',
  services,
})
const list = (
  authorities: readonly TrustAuthority[],
  more: Partial<TrustList> = {},
): TrustList => ({
  v: 1,
  sequence: 1,
  issued: '2026-01-01T00:00:00Z',
  nextUpdate: '2026-07-01T00:00:00Z',
  previous: null,
  scheme: { name: 's', territory: 'CN' },
  platforms: [{ id: 'p', origins: [] }],
  listKeys: ['K1', 'K2'],
  authorities,
  ...more,
})

test('the same list changes nothing', () => {
  const same = list([authority('a', service())])
  expect(changesOf(same, same)).toEqual([])
  expect(servicesIn(same)).toBe(1)
})

test('authorities that come and go are told with what they bring and take', () => {
  const before = list([authority('a', service()), authority('b', service(), service())])
  const after = list([authority('c', service()), authority('a', service())])
  expect(changesOf(before, after)).toMatchObject([
    { kind: 'authority-added', id: 'c', services: 1, isLoss: false },
    { kind: 'authority-removed', id: 'b', services: 2, isLoss: true },
  ])
})

test('a service that is withdrawn, added, dropped or held to other terms is told by itself', () => {
  const [kept, ended, dropped] = ['AA', 'BB', 'CC'].map((cert) => service({ certs: [cert] }))
  const before = list([authority('a', kept, ended, dropped)])
  const withdrawn = [
    ...ended.status,
    { from: '2026-02-01T00:00:00Z', state: 'withdrawn', reason: 'compromise' } as const,
  ]
  const after = list([
    authority(
      'a',
      { ...kept, purposes: ['login'] },
      { ...ended, status: withdrawn },
      service({ type: 'tsa', certs: ['DD'] }),
    ),
  ])
  expect(changesOf(before, after)).toMatchObject([
    { kind: 'service-terms', type: 'ca', isLoss: false },
    { kind: 'service-state', from: 'granted', to: 'withdrawn', isLoss: true },
    { kind: 'service-added', type: 'tsa', isLoss: false },
    { kind: 'service-removed', type: 'ca', isLoss: true },
  ])
  const ids = changesOf(before, after).map((one) => one.id)
  expect(ids).toHaveLength(new Set(ids).size)
})

test('other keys and other platforms are told', () => {
  const before = list([])
  const after = list([], { listKeys: ['K2', 'K3', 'K4'], platforms: [] })
  expect(changesOf(before, after)).toEqual([
    { id: 'list-keys', kind: 'list-keys', isLoss: true, added: 2, removed: 1 },
    { id: 'platforms', kind: 'platforms', isLoss: false },
  ])
})
