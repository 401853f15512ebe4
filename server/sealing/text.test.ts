import { expect, test } from 'vitest'
import { b64u } from '../formats/index.ts'
import { makeRecoveryFile, openRecoveryFile, p256Suite, type Recovery, smSuite } from './index.ts'
import { sha } from './sealing.fixture.ts'
import { decodeText, encodeText, quotationKeys } from './text.ts'

const ctx = new Uint8Array(32)
const text = { v: 1, ctx: b64u(ctx), quotation: { totalFen: 5 } }

test('a sealed text comes back', () => {
  const plain = encodeText(text, 256)
  expect(plain.length).toBe(256)
  expect(decodeText(plain, quotationKeys, ctx)).toEqual({ value: text })
})

test('a second content behind a sealed text, another form or context is named', () => {
  const plain = encodeText(text, 256)
  const problem = (bytes: Uint8Array, keys = quotationKeys, c = ctx) =>
    decodeText(bytes, keys, c).problem
  expect(problem(plain.with(255, 1))).toBe('padding-not-zero')
  expect(problem(plain.with(3, plain[3]! - 1))).toBe('padding-not-zero')
  expect(problem(plain.with(0, 255))).toBe('not-canonical')
  expect(problem(plain.with(3, plain[3]! + 1))).toBe('not-canonical')
  expect(problem(new Uint8Array(3))).toBe('not-canonical')
  expect(problem(new Uint8Array(256))).toBe('not-canonical')
  expect(problem(plain, ['v', 'ctx'])).toBe('not-canonical')
  expect(problem(plain, quotationKeys, new Uint8Array(32).fill(1))).toBe('wrong-context')
  expect(problem(encodeText({ ...text, v: 2 }, 256))).toBe('not-canonical')
})

test.each([p256Suite, smSuite])('a recovery file under $id opens again', async (suite) => {
  const recovery: Recovery = {
    ...{ v: 1, kind: 'recovery', platform: 'yg', tender: 'T', lot: 'L1' },
    items: [{ part: 'whole', revision: 1, headerHash: sha('A'), s: sha('E') }],
  }
  const shape = { chunkBytes: 64, iterations: 3 }
  const file = await makeRecoveryFile(suite, recovery, 'cafe\u0301', shape)
  expect(await openRecoveryFile(suite, file, 'caf\u00e9', shape)).toEqual(recovery)
  expect(new TextDecoder().decode(file.subarray(0, 6))).toBe('YGKEEP')
})
