/**
 * Characters that nobody sees and that change what others read: marks that turn the direction of
 * writing, characters without width, controls. Line ends and tabs are text; so are joiners and
 * variation selectors, which rare Han characters and emoji are written with.
 */
const hidden =
  /(?![\t\n\r])[\p{Cc}\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u

/** Where such a character stands: the field's path, the character as `U+202E`, its place from 1. */
export interface HiddenMark {
  readonly field: string
  readonly code: string
  readonly at: number
}

/** @returns the first hidden character of each text in a value of JSON, 50 of them at most */
export function hiddenMarks(value: unknown, field = ''): readonly HiddenMark[] {
  if (typeof value === 'string') {
    const at = value.search(hidden)
    if (at < 0) return []
    const code = (value.codePointAt(at) as number).toString(16).toUpperCase().padStart(4, '0')
    return [{ field, code: `U+${code}`, at: [...value.slice(0, at)].length + 1 }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .flatMap(([key, one]) => [
      ...hiddenMarks(key, field),
      ...hiddenMarks(one, field === '' ? key : `${field}.${key}`),
    ])
    .slice(0, 50)
}

/** A text that was typed or pasted, without what would be refused. */
export function withoutHiddenMarks(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(new RegExp(hidden, 'gu'), '')
}
