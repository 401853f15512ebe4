/**
 * Triple DES and RC2, decryption only: old key files (`*.p12`, `*.pfx` of most CAs' export tools)
 * are encrypted by nothing else, and WebCrypto has neither. Never used to write.
 * @source FIPS 46-3 (DES); RFC 2268 (RC2)
 */

const hexBytes = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/g)!, (pair) => Number.parseInt(pair, 16))

/** Tables of bit numbers from 1, as FIPS 46-3 prints them. */
const numbers = (text: string): number[] => text.trim().split(/\s+/).map(Number)

const INITIAL = numbers(`58 50 42 34 26 18 10 2 60 52 44 36 28 20 12 4 62 54 46 38 30 22 14 6
  64 56 48 40 32 24 16 8 57 49 41 33 25 17 9 1 59 51 43 35 27 19 11 3 61 53 45 37 29 21 13 5
  63 55 47 39 31 23 15 7`)
const FINAL = INITIAL.map((_, i) => INITIAL.indexOf(i + 1) + 1)
const EXPAND = numbers(`32 1 2 3 4 5 4 5 6 7 8 9 8 9 10 11 12 13 12 13 14 15 16 17 16 17 18 19 20 21
  20 21 22 23 24 25 24 25 26 27 28 29 28 29 30 31 32 1`)
const MIX = numbers(`16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6
  22 11 4 25`)
const CHOICE1 =
  numbers(`57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44
  36 63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4`)
const CHOICE2 = numbers(`14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2 41 52 31 37
  47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32`)
const SHIFTS = numbers('1 1 2 2 2 2 2 2 1 2 2 2 2 2 2 1')
/** The eight S-boxes, a row of 16 hexadecimal digits each. */
const BOXES = `
  e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d
  f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9
  a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c
  7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e
  2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453
  c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d
  4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c
  d2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b`
  .trim()
  .split(/\s+/)
  .map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16)))

type Bits = number[]
const permute = (bits: Bits, table: number[]): Bits => table.map((n) => bits[n - 1]!)
const toBits = (bytes: Uint8Array): Bits =>
  [...bytes].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((n) => (byte >> n) & 1))
const fromBits = (bits: Bits): Uint8Array =>
  Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  )
const xorBits = (a: Bits, b: Bits): Bits => a.map((bit, i) => bit ^ b[i]!)

function roundKeys(key: Uint8Array): Bits[] {
  const chosen = permute(toBits(key), CHOICE1)
  let [c, d] = [chosen.slice(0, 28), chosen.slice(28)]
  return SHIFTS.map((n) => {
    c = [...c.slice(n), ...c.slice(0, n)]
    d = [...d.slice(n), ...d.slice(0, n)]
    return permute([...c, ...d], CHOICE2)
  })
}

function substitute(bits: Bits): Bits {
  const out: Bits = []
  for (let box = 0; box < 8; box++) {
    const [a, b, c, d, e, f] = bits.slice(box * 6, box * 6 + 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const value = BOXES[box * 4 + a * 2 + f]![b * 8 + c * 4 + d * 2 + e]!
    out.push((value >> 3) & 1, (value >> 2) & 1, (value >> 1) & 1, value & 1)
  }
  return out
}

function desBlock(block: Bits, keys: readonly Bits[]): Bits {
  const start = permute(block, INITIAL)
  let [left, right] = [start.slice(0, 32), start.slice(32)]
  for (const key of keys) {
    const mixed = permute(substitute(xorBits(permute(right, EXPAND), key)), MIX)
    ;[left, right] = [right, xorBits(left, mixed)]
  }
  return permute([...right, ...left], FINAL)
}

type Block = (bytes: Uint8Array) => Uint8Array

function tripleDes(key: Uint8Array): Block {
  const [k1, k2, k3] = [0, 8, 16].map((at) => roundKeys(key.subarray(at, at + 8))) as [
    Bits[],
    Bits[],
    Bits[],
  ]
  const passes = [[...k3].reverse(), k2, [...k1].reverse()]
  return (bytes) => fromBits(passes.reduce((bits, keys) => desBlock(bits, keys), toBits(bytes)))
}

const PI_TABLE = hexBytes(`d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2
  179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82
  54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626
  6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7
  08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec
  c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731
  2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9
  0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad`)

/** RC2's 64 words from a key whose effective length is its own length. */
function rc2Words(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  for (let i = key.length; i < 128; i++) {
    bytes[i] = PI_TABLE[(bytes[i - 1]! + bytes[i - key.length]!) & 0xff]!
  }
  bytes[128 - key.length] = PI_TABLE[bytes[128 - key.length]!]!
  for (let i = 127 - key.length; i >= 0; i--) {
    bytes[i] = PI_TABLE[bytes[i + 1]! ^ bytes[i + key.length]!]!
  }
  return Uint16Array.from({ length: 64 }, (_, i) => bytes[i * 2]! | (bytes[i * 2 + 1]! << 8))
}

const RC2_SHIFTS = [1, 2, 3, 5]

function rc2(key: Uint8Array): Block {
  const words = rc2Words(key)
  return (bytes) => {
    const r = Uint16Array.from({ length: 4 }, (_, i) => bytes[i * 2]! | (bytes[i * 2 + 1]! << 8))
    const at = (i: number) => r[(i + 4) & 3]!
    for (let round = 15; round >= 0; round--) {
      for (let i = 3; i >= 0; i--) {
        const shift = RC2_SHIFTS[i]!
        const turned = (r[i]! >>> shift) | (r[i]! << (16 - shift))
        r[i] = turned - words[round * 4 + i]! - (at(i - 1) & at(i - 2)) - (~at(i - 1) & at(i - 3))
      }
      if (round === 11 || round === 5) {
        for (let i = 3; i >= 0; i--) r[i] = r[i]! - words[at(i - 1) & 63]!
      }
    }
    return Uint8Array.from({ length: 8 }, (_, i) => (r[i >> 1]! >> ((i & 1) * 8)) & 0xff)
  }
}

/**
 * Decrypts CBC and takes the padding off.
 * @returns null where the padding is wrong: another password, or damage
 */
export function decryptLegacy(
  cipher: '3des' | 'rc2',
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | null {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) return null
  const block = cipher === '3des' ? tripleDes(key) : rc2(key)
  const out = new Uint8Array(ciphertext.length)
  let previous = iv
  for (let at = 0; at < ciphertext.length; at += 8) {
    const piece = ciphertext.subarray(at, at + 8)
    block(piece).forEach((byte, i) => {
      out[at + i] = byte ^ previous[i]!
    })
    previous = piece
  }
  const padding = out[out.length - 1]!
  if (padding < 1 || padding > 8) return null
  const body = out.length - padding
  return out.subarray(body).every((byte) => byte === padding) ? out.subarray(0, body) : null
}
