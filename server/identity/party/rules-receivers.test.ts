import { beforeAll, expect, test } from 'vitest'
import { TestAuthority } from '../../../tests/kit/authority.ts'
import { b64u } from '../../formats/bytes.ts'
import { type Certificate, certSha256, wrapSecret } from '../../trust/index.ts'
import { receiversOf, recipientOf } from './rules-receivers.ts'
import type { BoundCertificate } from './state.ts'

const code = '91371302MAK0009N9U'
let first: Awaited<ReturnType<TestAuthority['keysOf']>>
let renewed: typeof first
const bound = (use: 'sign' | 'encrypt', { der }: Certificate): BoundCertificate => ({
  ...{ use, sha256: certSha256(der), der: b64u(der) },
  notAfter: '2030-01-01T00:00:00.000Z',
})

beforeAll(async () => {
  const authority = await TestAuthority.make()
  first = await authority.keysOf('演示投标人一', code)
  renewed = await authority.keysOf('演示投标人一', code)
})

test('a wrap names the one certificate that it is for, among those that may receive', async () => {
  const all = [
    bound('sign', first.sign.certificate),
    bound('encrypt', first.encrypt.certificate),
    bound('encrypt', renewed.encrypt.certificate),
  ]
  expect(receiversOf(all)).toEqual(all.slice(1))
  const wrap = await wrapSecret(new Uint8Array(32).fill(7), renewed.encrypt.certificate)
  expect(recipientOf(wrap, all)).toBe(all[2])
  expect(recipientOf(wrap, all.slice(0, 2))).toBe(null)
  expect(recipientOf(wrap, [])).toBe(null)
  // As a signing certificate it receives nothing, whatever it says of itself.
  expect(recipientOf(wrap, [bound('sign', renewed.encrypt.certificate)])).toBe(null)
})

test('what is no wrap is for nobody', () => {
  const all = [bound('encrypt', first.encrypt.certificate)]
  for (const bytes of [new Uint8Array(), new Uint8Array([0x30, 0x80]), new Uint8Array(20_000)])
    expect(recipientOf(bytes, all)).toBe(null)
})
