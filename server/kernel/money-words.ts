import { type Amount, assertFen, fenMax, halfWidth, parseFigures } from './money.ts'

/**
 * Amounts in capitals 大写: written strictly, read tolerantly. They are derived from figures and
 * never typed; reading serves the committee's corrections, where words beat figures.
 * @source 支付结算办法 附一 ○; 财政部令第87号 art. 59 ○
 */

const digitWords = '零壹贰叁肆伍陆柒捌玖'
const unitWords = ['', '拾', '佰', '仟']

/** 100010001 → `壹佰万零壹佰元零壹分`. @throws RangeError unless an amount in fen */
export function toWords(fen: number): string {
  const value = BigInt(assertFen(fen))
  const yuan = value / 100n
  const jiao = Number((value % 100n) / 10n)
  const rest = Number(value % 10n)
  if (value === 0n) return '零元整'
  const whole = yuan > 0n ? `${wholeWords(yuan)}元` : ''
  if (jiao === 0 && rest === 0) return `${whole}整`
  if (rest === 0) return `${whole}${digitWords[jiao]}角整`
  const tens = jiao > 0 ? `${digitWords[jiao]}角` : whole ? '零' : ''
  return `${whole}${tens}${digitWords[rest]}分`
}

/** A whole number > 0 in capitals; a lower group without its first digit is joined by one 零. */
function wholeWords(value: bigint): string {
  for (const [size, word] of [
    [100_000_000n, '亿'],
    [10_000n, '万'],
  ] as const) {
    if (value < size) continue
    const low = value % size
    const joint = low > 0n && low < size / 10n ? '零' : ''
    return `${wholeWords(value / size)}${word}${joint}${low > 0n ? wholeWords(low) : ''}`
  }
  return sectionWords(Number(value))
}

function sectionWords(value: number): string {
  let words = ''
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit > 0) words += digitWords[digit]! + unitWords[place]
    else if (words && value % 10 ** place > 0 && !words.endsWith('零')) words += '零'
  }
  return words
}

/**
 * Reads an amount in figures or in words: 圆 as 元, 正 as 整, 整 absent, 零 before 角 or not, plain
 * numerals 一十百千 as their capitals; 两 is refused. What doesn't say the amount it would be written
 * as, 零 apart, is unreadable.
 */
export function parseAmount(input: string): Amount {
  return /[零壹贰叁肆伍陆柒捌玖一二三四五六七八九〇十拾]/.test(input)
    ? parseWords(input)
    : parseFigures(input)
}

/** As `parseAmount`, words alone. */
export function parseWords(input: string): Amount {
  const text = capitals(input)
  const match =
    /^(?:人民币:?)?(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?(?:(零?)([壹贰叁肆伍陆柒捌玖])角)?(?:(零?)([壹贰叁肆伍陆柒捌玖])分)?(整?)$/.exec(
      text,
    )
  if (!match) return { problem: 'amount-unreadable' }
  const [, whole, jiaoZero, jiao, fenZero, fen, end] = match
  if (!whole && !jiao && !fen) return { problem: 'amount-unreadable' }
  if ((fen && end) || (jiao && fenZero) || (!whole && (jiaoZero || fenZero)))
    return { problem: 'amount-unreadable' }
  const yuan = whole === undefined || whole === '零' ? 0n : wholeValue(whole)
  if (yuan === null) return { problem: 'amount-unreadable' }
  const value = yuan * 100n + BigInt(digitOf(jiao) * 10 + digitOf(fen))
  if (value > BigInt(fenMax)) return { problem: 'amount-too-large' }
  const written = toWords(Number(value))
  const isMeant = whole === '零' || bare(text) === bare(written)
  return isMeant ? { fen: Number(value) } : { problem: 'amount-unreadable' }
}

function capitals(input: string): string {
  const plain = '〇一二三四五六七八九'
  return halfWidth(input)
    .replace(/\s/g, '')
    .replace(/[〇一二三四五六七八九]/g, (c) => digitWords[plain.indexOf(c)]!)
    .replace(/[十百千圆正]/g, (c) => '拾佰仟元整'['十百千圆正'.indexOf(c)]!)
    .replace(/(^|[^壹贰叁肆伍陆柒捌玖])拾/g, '$1壹拾')
}

/** What two ways of writing one amount share: without 零, 整 and 人民币. */
function bare(text: string): string {
  return text.replace(/^人民币:?/, '').replace(/[零整]/g, '')
}

function digitOf(word: string | undefined): number {
  return word ? digitWords.indexOf(word) : 0
}

/** The value of 壹亿零伍拾万…, or null where the order of units is broken or 零 stands idle. */
function wholeValue(words: string): bigint | null {
  if (/^零|零$|零零|零[拾佰仟万亿]/.test(words)) return null
  const at = words.lastIndexOf('亿')
  if (at < 0) return belowHundredMillion(words)
  const high = belowHundredMillion(words.slice(0, at))
  const low = belowHundredMillion(words.slice(at + 1).replace(/^零/, ''))
  return high === null || high === 0n || low === null ? null : high * 100_000_000n + low
}

function belowHundredMillion(words: string): bigint | null {
  const parts = words.split('万')
  if (parts.length > 2) return null
  const low = sectionValue(parts.at(-1)!.replace(/^零/, ''))
  const high = parts.length === 2 ? sectionValue(parts[0]!) : 0
  if (low === null || high === null || (parts.length === 2 && high === 0)) return null
  return BigInt(high) * 10_000n + BigInt(low)
}

function sectionValue(words: string): number | null {
  const digit = '([壹贰叁肆伍陆柒捌玖])'
  const pattern = `^(?:${digit}仟)?零?(?:${digit}佰)?零?(?:${digit}拾)?零?${digit}?$`
  const match = new RegExp(pattern).exec(words)
  if (!match) return null
  const [, thousands, hundreds, tens, ones] = match
  return digitOf(thousands) * 1000 + digitOf(hundreds) * 100 + digitOf(tens) * 10 + digitOf(ones)
}
