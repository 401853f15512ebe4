import {
  canonicalBytes,
  compareBytes,
  concat,
  fromHex,
  hex,
  hmacSha256,
  sha256,
  utf8,
} from '../../formats/index.ts'

/**
 * Randomness that nobody can steer and anyone can recompute (`domain.md` §6): what is drawn, from
 * whom, with whose nonces is committed first; then a public checkpoint of the log fixes what the
 * operator could have ground; only then the nonces are revealed and mixed in.
 */

/** A member of the pool with the attributes a draw uses. */
export interface PoolExpert {
  readonly id: string
  readonly specialty: string
  readonly region: string
  readonly employer: string
}

/** So many seats for a specialty and region; null: any. */
export interface Stratum {
  /** Names the stream of this stratum: `A08/371300`, `C01/*`. */
  readonly key: string
  readonly specialty: string | null
  readonly region: string | null
  readonly count: number
}

/** What is fixed before anything random is known. */
export interface DrawPlan {
  readonly drawId: string
  readonly pool: readonly PoolExpert[]
  readonly strata: readonly Stratum[]
  readonly perEmployer: number
  readonly recusalRules: readonly string[]
  /** Lists from which K or a method is drawn, by name (`k`, `method`). */
  readonly candidates: Readonly<Record<string, readonly string[]>>
  /** SHA-256 of each contributor's nonce, hex, by party name. */
  readonly nonceHashes: Readonly<Record<string, string>>
  /** T: the first public checkpoint at or after this instant is used. */
  readonly at: string
  /** Minutes within which nonces are revealed. */
  readonly revealMinutes: number
}

export interface Revealed {
  readonly party: string
  readonly nonceHex: string
}

/** A nonce is 32 random bytes; what is committed is its SHA-256, hex. @throws RangeError on another size */
export function nonceHash(nonceHex: string): string {
  return hex(sha256(bytes32(nonceHex)))
}

/** SHA-256 of the canonical JSON of the plan, hex; the pool is taken in the order of its ids. */
export function commitmentOf(plan: DrawPlan): string {
  const pool = [...plan.pool].sort((a, b) => compareIds(a.id, b.id))
  return hex(sha256(canonicalBytes({ ...plan, pool })))
}

/** Order of ids by their UTF-8 bytes; JavaScript's own order differs beyond the basic plane. */
export function compareIds(a: string, b: string): number {
  return compareBytes(utf8(a), utf8(b))
}

export type SeedProblem = 'too-few-nonces' | 'nonce-unknown' | 'nonce-differs' | 'nonce-repeated'

/** Whether the revealed nonces are those committed, two or more of them. */
export function seedProblem(plan: DrawPlan, revealed: readonly Revealed[]): SeedProblem | null {
  const parties = revealed.map((r) => r.party)
  if (new Set(parties).size !== parties.length) return 'nonce-repeated'
  for (const { party, nonceHex } of revealed) {
    if (!Object.hasOwn(plan.nonceHashes, party)) return 'nonce-unknown'
    if (nonceHash(nonceHex) !== plan.nonceHashes[party]) return 'nonce-differs'
  }
  return revealed.length < 2 ? 'too-few-nonces' : null
}

/**
 * `seed` = SHA-256 of the name of this format, the commitment, the checkpoint, and the revealed
 * nonces in the order of their parties' names.
 * @param treeSize of the checkpoint, entries
 * @returns hex, 32 bytes
 */
export function seedOf(mixed: {
  readonly commitmentHex: string
  readonly checkpointRootHex: string
  readonly treeSize: number
  readonly revealed: readonly Revealed[]
}): string {
  const nonces = [...mixed.revealed]
    .sort((a, b) => compareIds(a.party, b.party))
    .flatMap(({ party, nonceHex }) => {
      const name = utf8(party)
      return [bigEndian(BigInt(name.length), 2), name, bytes32(nonceHex)]
    })
  return hex(
    sha256(
      concat(
        utf8('yangguang/seed/v1'),
        Uint8Array.of(0),
        bytes32(mixed.commitmentHex),
        bytes32(mixed.checkpointRootHex),
        bigEndian(BigInt(mixed.treeSize), 8),
        ...nonces,
      ),
    ),
  )
}

/** One number taken from a stream: the k-th, where it lies, and how many were refused before it. */
export interface Taken {
  /** Block of HMAC-SHA-256 and the byte in it where the number begins. */
  readonly block: number
  readonly offset: number
  /** The 64-bit number, decimal text. */
  readonly x: string
  readonly refused: number
  readonly result: number
}

/** The stream of a label: HMAC-SHA-256 blocks cut into 8-byte big-endian numbers. */
export class DrawStream {
  private counter = 0
  private block: Uint8Array = new Uint8Array(0)
  private readonly seed: Uint8Array
  private readonly label: Uint8Array

  constructor(seedHex: string, label: string) {
    this.seed = bytes32(seedHex)
    this.label = utf8(label)
  }

  /** The next 64-bit number. */
  next(): bigint {
    const at = (this.counter % 4) * 8
    if (at === 0) {
      const index = bigEndian(BigInt(this.counter / 4), 4)
      this.block = hmacSha256(this.seed, concat(this.label, Uint8Array.of(0), index))
    }
    this.counter++
    return BigInt(`0x${hex(this.block.slice(at, at + 8))}`)
  }

  /** A number below n, each equally likely. @throws RangeError unless 1 ≤ n ≤ 2^32 */
  below(n: number): Taken {
    if (!Number.isSafeInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`below ${n}`)
    const size = BigInt(n)
    const limit = (2n ** 64n / size) * size
    for (let refused = 0; ; refused++) {
      const x = this.next()
      if (x >= limit) continue
      const at = this.counter - 1
      const result = Number(x % size)
      return { block: Math.floor(at / 4), offset: (at % 4) * 8, x: x.toString(), refused, result }
    }
  }
}

/** A step of the shuffle: place i was exchanged with place j. */
export interface Swap extends Taken {
  readonly place: number
}

/** Ids in drawn order: sorted by UTF-8 bytes, then Fisher-Yates from the last place. */
export function shuffled(
  seedHex: string,
  label: string,
  ids: readonly string[],
): { order: string[]; swaps: Swap[] } {
  const order = [...ids].sort(compareIds)
  const stream = new DrawStream(seedHex, label)
  const swaps: Swap[] = []
  for (let place = order.length - 1; place >= 1; place--) {
    const taken = stream.below(place + 1)
    const held = order[place]!
    order[place] = order[taken.result]!
    order[taken.result] = held
    swaps.push({ ...taken, place })
  }
  return { order, swaps }
}

export const stratumLabel = (drawId: string, key: string) => `yangguang/draw/v1/${drawId}/${key}`
export const parameterLabel = (openingId: string, name: 'k' | 'method') =>
  `yangguang/draw/v1/${openingId}/${name}`
export const tieLabel = (evaluationId: string, rank: number) =>
  `yangguang/draw/v1/${evaluationId}/tie/${rank}`

function bytes32(text: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new RangeError('not 32 bytes in hex')
  return fromHex(text)
}

function bigEndian(value: bigint, width: number): Uint8Array {
  return fromHex(value.toString(16).padStart(width * 2, '0'))
}
