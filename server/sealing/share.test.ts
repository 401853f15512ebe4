import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bigint, fromHex, hex } from '../formats/index.ts'
import { suiteOf } from './sealing.fixture.ts'
import { combineShares, isShare, makeShare, type Share } from './share.ts'

interface GivenShare {
  readonly trustee: number
  readonly Zi: string
  readonly e: string
  readonly f: string
}
interface Vector {
  readonly suite: string
  readonly R: string
  readonly label: string
  readonly Z: string
  readonly board: {
    readonly t: number
    readonly shares: Readonly<Record<string, string>>
    readonly shareKeys: Readonly<Record<string, string>>
  } | null
  readonly partials: readonly GivenShare[]
  readonly wrongPartial: GivenShare
}
const file = new URL('./vectors/envelope.json', import.meta.url)
const { envelopes } = JSON.parse(fs.readFileSync(file, 'utf8')) as { envelopes: Vector[] }
const withBoard = envelopes.filter((v) => v.board).map((v) => [v.suite, v] as const)
const shareOf = ({ trustee, Zi, e, f }: GivenShare): Share => ({
  trustee,
  Zi: fromHex(Zi),
  e: fromHex(e),
  f: fromHex(f),
})

describe.each(withBoard)('%s', (id, v) => {
  const suite = suiteOf(id)
  const bid = { R: fromHex(v.R), label: fromHex(v.label) }
  const board = v.board as NonNullable<Vector['board']>
  const keyOf = (trustee: number) => fromHex(board.shareKeys[trustee] as string)
  const isGood = (share: Share) => isShare(suite, bid, keyOf(share.trustee), share)

  test('shares of the vectors hold, and t of them give Z', () => {
    const shares = v.partials.map(shareOf)
    expect(shares.map(isGood)).toEqual([true, true, true])
    expect(hex(combineShares(suite, shares))).toBe(v.Z)
  })

  test('any t shares made here give the same Z, in any order', () => {
    for (const trustees of [
      [2, 4, 5],
      [5, 1, 3],
    ]) {
      const shares = trustees.map((i) =>
        makeShare(suite, bid, i, bigint(fromHex(board.shares[i] as string))),
      )
      expect(shares.every(isGood)).toBe(true)
      expect(hex(combineShares(suite, shares))).toBe(v.Z)
    }
  })

  test('another share, another trustee’s, and one of another bid are refused', () => {
    expect(isGood(shareOf(v.wrongPartial))).toBe(false)
    const [first, second] = v.partials.map(shareOf) as [Share, Share]
    expect(isGood({ ...first, trustee: second.trustee })).toBe(false)
    expect(isGood({ ...first, Zi: second.Zi })).toBe(false)
    expect(isGood({ ...first, f: second.f })).toBe(false)
    const other = { ...bid, label: fromHex('00'.repeat(32)) }
    expect(isShare(suite, other, keyOf(first.trustee), first)).toBe(false)
    expect(isGood({ ...first, Zi: new Uint8Array(33) })).toBe(false)
    expect(isGood({ ...first, e: new Uint8Array(32).fill(255) })).toBe(false)
  })
})
