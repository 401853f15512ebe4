/**
 * Distinct two-character pieces of a text, lower case: Chinese has no spaces to cut words at, and
 * trigrams need three characters. Kept as a column, since an index on an expression was many times
 * slower.
 */
export function gramsOf(text: string): string[] {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}]+/gu, ' ')]
  const grams = new Set<string>()
  for (let i = 0; i + 1 < letters.length; i++)
    if (letters[i] !== ' ' && letters[i + 1] !== ' ') grams.add(letters[i] + letters[i + 1])
  return [...grams]
}
