import { beforeAll, describe, expect, test } from 'vitest'
import { fromB64u } from '../../server/formats/bytes.ts'
import type { AcceptedList } from '../../server/trust/trust-list.ts'
import { parseTrustList } from '../../server/trust/trust-list.ts'
import { type ListFileOf, TestAuthority } from '../../tests/kit/authority.ts'
import { readListFile } from './trust-file.ts'

/** What an administrator is told of a trust list before it is loaded. */
const platform = 'yg-test'
let ours: TestAuthority
let present: AcceptedList

const accepted = ({ trustList, sha256 }: ListFileOf): AcceptedList => ({
  list: parseTrustList(fromB64u(trustList)),
  sha256,
})
const fileOf = ({ trustList, signatures }: ListFileOf) => JSON.stringify({ trustList, signatures })

beforeAll(async () => {
  ours = await TestAuthority.make()
  present = accepted(await ours.list(platform))
})

describe('a trust list that follows the present one', () => {
  test('is shown with its digest, and has no fault', async () => {
    const next = await ours.list(platform, { sequence: 2, previous: present.sha256 })
    const found = await readListFile(fileOf(next), present)
    expect(found).toMatchObject({ sha256: next.sha256, fault: null, list: { sequence: 2 } })
    expect(found?.file).toEqual({ trustList: next.trustList, signatures: next.signatures })
  })

  test('signed by one of its two keys, or by others, is not signed', async () => {
    const next = await ours.list(platform, { sequence: 2, previous: present.sha256 })
    const one = { ...next, signatures: next.signatures.slice(0, 1) }
    expect(await readListFile(fileOf(one), present)).toMatchObject({ fault: 'signature-bad' })
    const others = await (await TestAuthority.make()).list(platform, {
      sequence: 2,
      previous: present.sha256,
    })
    expect(await readListFile(fileOf(others), present)).toMatchObject({ fault: 'signature-bad' })
  })
})

test('an older list, or one that follows another, goes back', async () => {
  for (const wish of [
    { sequence: 1 },
    { sequence: 3, previous: present.sha256 },
    { sequence: 2, previous: 'A'.repeat(43) },
  ])
    expect(await readListFile(fileOf(await ours.list(platform, wish)), present)).toMatchObject({
      fault: 'rolled-back',
    })
})

test('any other file is none', async () => {
  const { trustList, signatures } = await ours.list(platform)
  for (const text of [
    '',
    'null',
    '[]',
    'not json',
    JSON.stringify({ trustList }),
    JSON.stringify({ trustList, signatures: 'A' }),
    JSON.stringify({ trustList, signatures: [1] }),
    JSON.stringify({ trustList: '§', signatures }),
    JSON.stringify({ trustList: trustList.slice(4), signatures }),
  ])
    expect(await readListFile(text, present), text.slice(0, 40)).toBe(null)
})
