import { describe, expect, test } from 'vitest'
import { readDer } from '../formats/der.ts'
import type { Certificate, Extensions, GeneralName } from './index.ts'
import { nameDer, readName } from './index.ts'
import { type NameConstraints, namesObey } from './name-constraints.ts'
import { initialPolicyState, nextPolicyState, policiesHold } from './policy.ts'

const extensions = (more: Partial<Extensions>): Extensions => ({ unknownCritical: [], ...more })
const certificate = (more: Partial<Extensions>, subject = nameDer([['2.5.4.3', '甲']])) =>
  ({ subject: readName(readDer(subject)), extensions: extensions(more) }) as Certificate

const ANY = '2.5.29.32.0'

/** Whether a path (anchor's side first) holds for the accepted policies. */
function holds(
  path: Partial<Extensions>[],
  accepted: string[] | null,
  { required = accepted !== null, selfIssued = [] as number[] } = {},
): boolean {
  let state = initialPolicyState(path.length, required)
  for (const [i, more] of path.entries()) {
    const step = { selfIssued: selfIssued.includes(i), last: i === path.length - 1 }
    const next = nextPolicyState(state, certificate(more), step)
    if (!next) return false
    state = next
  }
  return policiesHold(state, accepted)
}

describe('certificate policies along a path', () => {
  test.each([
    ['one policy throughout', [{ policies: ['1'] }, { policies: ['1'] }], ['1'], true],
    ['another than accepted', [{ policies: ['1'] }, { policies: ['1'] }], ['2'], false],
    ['none in the leaf', [{ policies: ['1'] }, {}], ['1'], false],
    ['none in the CA', [{}, { policies: ['1'] }], ['1'], false],
    ['different ones', [{ policies: ['1'] }, { policies: ['2'] }], null, true],
    ['any, then one', [{ policies: [ANY] }, { policies: ['1'] }], ['1'], true],
    ['any to the end', [{ policies: [ANY] }, { policies: [ANY] }], ['1'], true],
    [
      'mapped',
      [{ policies: ['1'], policyMappings: [['1', '2']] as const }, { policies: ['2'] }],
      ['1'],
      true,
    ],
    [
      'mapped, but the leaf names the old one',
      [{ policies: ['1'], policyMappings: [['1', '2']] as const }, { policies: ['1'] }],
      ['1'],
      false,
    ],
    [
      'mapped to any',
      [{ policies: ['1'], policyMappings: [['1', ANY]] as const }, { policies: ['2'] }],
      null,
      false,
    ],
    [
      'mapped where mapping is forbidden',
      [
        { policies: ['1'], policyConstraints: { inhibitMapping: 0 } },
        { policies: ['1'], policyMappings: [['1', '2']] as const },
        { policies: ['2'] },
      ],
      ['1'],
      false,
    ],
    [
      'required by the CA and missing',
      [{ policies: ['1'], policyConstraints: { requireExplicit: 0 } }, {}],
      null,
      false,
    ],
    [
      'any where any is forbidden',
      [{ policies: ['1'], inhibitAnyPolicy: 0 }, { policies: [ANY] }],
      ['1'],
      false,
    ],
    [
      'any allowed once more',
      [{ policies: ['1'], inhibitAnyPolicy: 1 }, { policies: [ANY] }, { policies: ['1'] }],
      ['1'],
      true,
    ],
    [
      'any too late',
      [{ policies: ['1'], inhibitAnyPolicy: 1 }, { policies: ['1'] }, { policies: [ANY] }],
      ['1'],
      false,
    ],
  ])('%s', (_what, path, accepted, expected) => {
    expect(holds(path as Partial<Extensions>[], accepted)).toBe(expected)
  })

  // Eight levels of 32 crossed mappings are 32^8 paths: a walk of them all would not end.
  test('crossed mappings stay small', () => {
    const ids = Array.from({ length: 32 }, (_, i) => String(i))
    const policyMappings = ids.flatMap((a) => [[a, ids[(Number(a) * 7 + 1) % 32]!] as const])
    const path = Array.from({ length: 8 }, () => ({ policies: ids, policyMappings }))
    expect(holds(path, ['1'])).toBe(true)
  })
})

const dn = (...parts: [string, string][]): GeneralName => {
  const name = readName(readDer(nameDer(parts)))
  return { kind: 'directory', text: '', bytes: name.der, name }
}
const named = (kind: GeneralName['kind'], text: string): GeneralName => ({
  kind,
  text,
  bytes: new TextEncoder().encode(text),
})
const only = (...permitted: GeneralName[]): NameConstraints => ({ permitted, excluded: [] })
const never = (...excluded: GeneralName[]): NameConstraints => ({ permitted: [], excluded })

describe('name constraints', () => {
  const subject = nameDer([
    ['2.5.4.6', 'CN'],
    ['2.5.4.10', '演示  公司'],
    ['2.5.4.3', 'A'],
  ])
  test.each([
    ['a subtree', only(dn(['2.5.4.6', 'CN'], ['2.5.4.10', '演示 公司'])), true],
    ['another subtree', only(dn(['2.5.4.6', 'US'])), false],
    ['one of two subtrees', only(dn(['2.5.4.6', 'US']), dn(['2.5.4.6', 'CN'])), true],
    ['an excluded subtree', never(dn(['2.5.4.6', 'CN'])), false],
    ['an excluded longer name', never(dn(['2.5.4.6', 'CN'], ['2.5.4.3', 'A'])), true],
    ['constraints of other kinds', only(named('dns', 'example.cn')), true],
  ])('a subject in %s', (_what, constraint, expected) => {
    expect(namesObey(certificate({}, subject), [constraint])).toBe(expected)
  })

  test.each([
    ['email', 'a@x.cn', 'x.cn', true],
    ['email', 'a@y.x.cn', 'x.cn', false],
    ['email', 'a@y.x.cn', '.x.cn', true],
    ['email', 'b@x.cn', 'a@x.cn', false],
    ['dns', 'y.x.cn', 'x.cn', true],
    ['dns', 'yx.cn', 'x.cn', false],
    ['uri', 'https://y.x.cn/path', '.x.cn', true],
    ['uri', 'https://x.cn@evil.cn/', 'x.cn', false],
  ] as const)('%s %s under %s: %s', (kind, name, base, expected) => {
    const own = certificate({ alternativeNames: [named(kind, name)] })
    expect(namesObey(own, [only(named(kind, base))])).toBe(expected)
    expect(namesObey(own, [never(named(kind, base))])).toBe(!expected)
  })

  test('a URI without a host name obeys no constraint on URIs', () => {
    const own = certificate({ alternativeNames: [named('uri', 'https://1.2.3.4/')] })
    expect(namesObey(own, [only(named('uri', 'x.cn'))])).toBe(false)
    expect(namesObey(own, [never(named('uri', 'x.cn'))])).toBe(false)
  })

  test('addresses by mask', () => {
    const ip = (...bytes: number[]): GeneralName => ({
      kind: 'ip',
      text: '',
      bytes: Uint8Array.from(bytes),
    })
    const own = certificate({ alternativeNames: [ip(10, 1, 2, 3)] })
    expect(namesObey(own, [only(ip(10, 0, 0, 0, 255, 0, 0, 0))])).toBe(true)
    expect(namesObey(own, [only(ip(11, 0, 0, 0, 255, 0, 0, 0))])).toBe(false)
  })

  test('all CAs above must permit', () => {
    const own = certificate({}, subject)
    const [cn, us] = [only(dn(['2.5.4.6', 'CN'])), only(dn(['2.5.4.6', 'US']))]
    expect(namesObey(own, [cn, us])).toBe(false)
  })
})
