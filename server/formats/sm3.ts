import { type Bytes, concat } from './bytes.ts'
import type { Hasher } from './sha256.ts'

/**
 * The SM3 hash, pure, for browsers and the offline verifier: WebCrypto has none. 32 bytes.
 * @source GB/T 32905-2016 §5
 */
export const sm3 = (message: Uint8Array): Bytes => new Sm3().update(message).digest()

/** SM3 of what is too large to hold at once. */
export const sm3Hasher = (): Hasher => new Sm3()

/** HMAC-SM3 (RFC 2104 over blocks of 64 bytes), 32 bytes. */
export function hmacSm3(key: Uint8Array, message: Uint8Array): Bytes {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sm3(key) : key)
  const inner = sm3(
    concat(
      block.map((b) => b ^ 0x36),
      message,
    ),
  )
  return sm3(
    concat(
      block.map((b) => b ^ 0x5c),
      inner,
    ),
  )
}

class Sm3 implements Hasher {
  private readonly state = Uint32Array.from(IV)
  private readonly block = new Uint8Array(64)
  private readonly view = new DataView(this.block.buffer)
  private used = 0
  private length = 0

  update(bytes: Uint8Array): this {
    this.length += bytes.length
    for (let at = 0; at < bytes.length; ) {
      const take = Math.min(64 - this.used, bytes.length - at)
      this.block.set(bytes.subarray(at, at + take), this.used)
      at += take
      this.used = (this.used + take) % 64
      if (this.used === 0) compress(this.state, this.view)
    }
    return this
  }

  digest(): Bytes {
    const bits = new DataView(new ArrayBuffer(8))
    bits.setUint32(0, Math.floor(this.length / 0x20000000))
    bits.setUint32(4, (this.length << 3) >>> 0)
    const zeros = (119 - this.used) % 64
    this.update(concat(Uint8Array.of(0x80), new Uint8Array(zeros), new Uint8Array(bits.buffer)))
    const out = new DataView(new ArrayBuffer(32))
    for (let i = 0; i < 8; i++) out.setUint32(i * 4, this.state[i]!)
    return new Uint8Array(out.buffer)
  }
}

const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
]

const rotate = (x: number, n: number): number => (x << (n & 31)) | (x >>> (32 - (n & 31) || 32))
const p0 = (x: number): number => x ^ rotate(x, 9) ^ rotate(x, 17)
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23)

/** T_j rotated left by j, as each round uses it. */
const CONSTANT = Int32Array.from({ length: 64 }, (_, j) => {
  const t = j < 16 ? 0x79cc4519 : 0x7a879d8a
  return j % 32 === 0 ? t : rotate(t, j % 32)
})

const w = new Int32Array(68)

function expand(view: DataView): void {
  for (let j = 0; j < 16; j++) w[j] = view.getInt32(j * 4)
  for (let j = 16; j < 68; j++) {
    w[j] = p1(w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15)) ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!
  }
}

function compress(state: Uint32Array, view: DataView): void {
  expand(view)
  let [a, b, c, d, e, f, g, h] = Array.from(state, (x) => x | 0) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let j = 0; j < 64; j++) {
    const a12 = rotate(a, 12)
    const ss1 = rotate((a12 + e + CONSTANT[j]!) | 0, 7)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0
    const tt2 = (gg + h + ss1 + w[j]!) | 0
    d = c
    c = rotate(b, 9)
    b = a
    a = tt1
    h = g
    g = rotate(f, 19)
    f = e
    e = p0(tt2)
  }
  const words = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i]! ^= words[i]!
}
