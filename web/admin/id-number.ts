/**
 * Whether a resident identity number 公民身份号码 is well formed: seventeen digits and a check.
 * @source GB 11643-1999; ISO 7064 MOD 11-2
 */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  // Weights are the powers of two, from the left, modulo eleven.
  const sum = [...text.slice(0, 17)].reduce((total, c) => (total + Number(c)) * 2, 0)
  return '10X98765432'[sum % 11] === text[17]
}
