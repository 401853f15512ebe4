import type { JsonObject } from '../formats/jcs.ts'
import type { Templates } from '../trust/act.ts'
import { forms, isPurpose, type Purpose } from './forms.ts'
import { texts } from './texts.ts'

const common = new Set([
  'v',
  'purpose',
  'platform',
  'tender',
  'lot',
  'actor',
  'certSha256',
  'nonce',
  'issued',
  'expires',
  'prior',
  'shownText',
])

/** An act's fields without the common ones: what its form describes. */
export function ownFields(act: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(act).filter(([name]) => !common.has(name)))
}

/** The table of texts that trust's `buildAct` and checks take. */
export const templates: Templates = Object.fromEntries(
  Object.keys(forms).map((purpose) => [
    purpose,
    (fields: JsonObject) => {
      const parsed = forms[purpose as Purpose].safeParse(ownFields(fields))
      // A form that does not fit has no text: the check then names the act's own fault.
      if (!parsed.success || !isPurpose(purpose)) return { zh: [], en: [] }
      return (texts[purpose] as (f: unknown) => { zh: string[]; en: string[] })(parsed.data)
    },
  ]),
)
