/**
 * The unified social credit code 统一社会信用代码 of an organisation: 18 characters, two checks. The
 * ninth to seventeenth are the organisation code 组织机构代码 with its own check.
 * @source GB 32100-2015; GB 11714
 */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** Province-level codes of GB/T 2260 that are in use, and 10 for bodies registered centrally. */
const provinces =
  '10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'

export type UsccProblem =
  | 'uscc-length'
  | 'uscc-character'
  | 'uscc-registrar'
  | 'uscc-region'
  | 'uscc-organisation-check'
  | 'uscc-check'

/** Upper case, without spaces around; full-width forms are left to the input field. */
export function normalisedUscc(text: string): string {
  return text.trim().toUpperCase()
}

/**
 * What is wrong with a code, or null. Region is checked by its province: codes of counties change,
 * and old ones stay valid. Lower case is fine; I, O, S, V and Z are not in the alphabet.
 */
export function usccProblem(text: string): UsccProblem | null {
  const code = normalisedUscc(text)
  if (code.length !== 18) return 'uscc-length'
  if ([...code].some((c) => !alphabet.includes(c))) return 'uscc-character'
  if (
    !/^(1[1-59]|2[1-9]|3[1-59]|4[1-59]|5[1-39]|6[1-59]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1)/.test(
      code,
    )
  )
    return 'uscc-registrar'
  if (!/^\d{6}$/.test(code.slice(2, 8)) || !provinces.includes(code.slice(2, 4)))
    return 'uscc-region'
  if (organisationCheck(code.slice(8, 16)) !== code[16]) return 'uscc-organisation-check'
  return usccCheck(code.slice(0, 17)) === code[17] ? null : 'uscc-check'
}

export function isUscc(text: string): boolean {
  return usccProblem(text) === null
}

/** Nine characters, a hyphen before the last one allowed: `79965505-8`. */
export function isOrganisationCode(text: string): boolean {
  const code = text
    .trim()
    .toUpperCase()
    .replace(/^(.{8})-(.)$/, '$1$2')
  return /^[0-9A-Z]{8}[0-9X]$/.test(code) && organisationCheck(code.slice(0, 8)) === code[8]
}

/** The last character of a code. @throws RangeError unless 17 characters of the alphabet */
export function usccCheck(first17: string): string {
  const values = [...first17].map((c) => alphabet.indexOf(c))
  if (values.length !== 17 || values.includes(-1)) throw new RangeError('17 characters of a USCC')
  const sum = values.reduce((total, value, i) => total + value * weights[i]!, 0)
  return alphabet[(31 - (sum % 31)) % 31]!
}

/** The check of an organisation code. @throws RangeError unless eight digits or capitals */
export function organisationCheck(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError('8 characters of an organisation code')
  const values = [...first8].map((c) => (/\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55))
  const sum = values.reduce((total, value, i) => total + value * organisationWeights[i]!, 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/**
 * A code for a demo party: valid in both checks, the n-th of its kind and region.
 * @param registrar first two characters: 91 a company, 12 a public institution, 11 a public body
 * @param region six digits of GB/T 2260
 * @throws RangeError past 31^5 codes of a kind and region
 */
export function madeUscc(n: number, registrar = '91', region = '371302'): string {
  if (!Number.isSafeInteger(n) || n < 0 || n >= alphabet.length ** 5)
    throw new RangeError(`no such demo party: ${n}`)
  let serial = ''
  for (let rest = n, i = 0; i < 5; i++, rest = Math.floor(rest / alphabet.length))
    serial = alphabet[rest % alphabet.length]! + serial
  const organisation = `MAK${serial}`
  const first17 = `${registrar}${region}${organisation}${organisationCheck(organisation)}`
  const code = first17 + usccCheck(first17)
  if (!isUscc(code)) throw new RangeError(`registrar or region unknown: ${registrar} ${region}`)
  return code
}
