/**
 * A font of one glyph, an empty square, for every Chinese character: where the device has none, it
 * stands until the bundled font's slices are there. It is as wide as they are, so that nothing moves
 * when they come; a device's own boxes are narrower, and lines then break anew.
 */
const unit = 1000
/** All that is written in a square: Han, punctuation, kana, full-width forms. */
const squares = [
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x323af],
] as const

/** Two bytes a number, as most of the format is. */
const words = (...numbers: number[]) => numbers.flatMap((n) => [(n >> 8) & 255, n & 255])
const longs = (...numbers: number[]) =>
  numbers.flatMap((n) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255])
const zeros = (count: number) => Array<number>(count).fill(0)
const latin = (text: string) => [...text].map((c) => c.charCodeAt(0))

/** A frame: an outer square one way round and an inner one the other way. */
function frame(): number[] {
  const box = [50, -50, 950, 850]
  const corners = [50, -50, 50, 850, 950, 850, 950, -50, 80, -20, 920, -20, 920, 820, 80, 820]
  const steps = (at: 0 | 1) =>
    Array.from({ length: 8 }, (_, i) => corners[2 * i + at] - (i ? corners[2 * i - 2 + at] : 0))
  return [
    ...words(2, ...box, 3, 7, 0), // two contours and their last points, no instructions
    ...Array<number>(8).fill(1), // every point on the curve, both steps in two bytes
    ...words(...steps(0), ...steps(1)),
  ]
}

/** The whole file, a TrueType font; its tables are in the order of their names. */
export function squareFont(): Uint8Array<ArrayBuffer> {
  const glyph = frame()
  const [up, down] = [1160, -288] // the lines of the bundled font
  const groups = squares.flatMap(([from, to]) => longs(from, to, 1))
  const naming = ['Yangguang Square', 'Regular', 'Yangguang Square', 'YangguangSquare']
  const ids = [1, 2, 4, 6]
  const strings = naming.map((text) => words(...latin(text)))
  const records = strings.flatMap((text, i) => {
    const offset = strings.slice(0, i).reduce((sum, one) => sum + one.length, 0)
    return words(3, 1, 0x409, ids[i], text.length, offset)
  })
  const tables: [string, number[]][] = [
    [
      'OS/2',
      [
        ...words(4, unit, 400, 5, 0, ...zeros(10), 0),
        ...zeros(10), // panose
        ...longs(0, 0, 0, 0),
        ...latin('YGSQ'),
        ...words(0x40, 0x2e80, 0xffff, up, down, 0, up, -down),
        ...longs(0, 0),
        ...words(500, 700, 0, 32, 1),
      ],
    ],
    [
      'cmap',
      [
        ...words(0, 1, 3, 10),
        ...longs(12),
        ...words(13, 0), // many characters to one glyph
        ...longs(16 + groups.length, 0, squares.length),
        ...groups,
      ],
    ],
    ['glyf', [...glyph, ...zeros(glyph.length % 2)]],
    [
      'head',
      [
        ...longs(0x10000, 0x10000, 0, 0x5f0f3cf5),
        ...words(0, unit),
        ...zeros(16), // made and changed
        ...words(50, -50, 950, 850, 0, 8, 2, 0, 0),
      ],
    ],
    ['hhea', [...longs(0x10000), ...words(up, down, 0, unit, 50, 50, 950, 1, ...zeros(7), 2)]],
    ['hmtx', words(unit, 50, unit, 50)],
    ['loca', words(0, 0, Math.ceil(glyph.length / 2))], // the first glyph, of what is missing, is empty
    ['maxp', [...longs(0x10000), ...words(2, 8, 2, 0, 0, 2, ...zeros(8))]],
    ['name', [...words(0, ids.length, 6 + records.length), ...records, ...strings.flat()]],
    ['post', [...longs(0x30000, 0), ...words(-100, 50), ...longs(0, 0, 0, 0, 0)]],
  ]
  const heads = [...longs(0x10000), ...words(tables.length, 128, 3, 16 * tables.length - 128)]
  const bodies: number[] = []
  const start = heads.length + 16 * tables.length
  for (const [name, bytes] of tables) {
    heads.push(...latin(name), ...longs(0, start + bodies.length, bytes.length))
    bodies.push(...bytes, ...zeros((4 - (bytes.length % 4)) % 4))
  }
  return new Uint8Array([...heads, ...bodies])
}
