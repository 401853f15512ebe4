import { areCompatible } from '../../../server/identity/party/rules.ts'
import { normalisedUscc, usccProblem } from '../../../server/kernel/uscc.ts'
import { t } from '../../i18n/i18n.ts'
import type { ErrorLine } from '../../kit/error-summary.tsx'
import type { rolesToAsk } from '../../my/company/party-answer.ts'

/** What is filled in for a registration; kept on this device until it is sent, with its key. */
export interface Entry {
  readonly code: string
  readonly name: string
  readonly contact: string
  readonly roles: readonly (typeof rolesToAsk)[number][]
  /** The same for every try: an answer that was lost is asked for again, not made twice. */
  readonly key: string
}

/** As typed by people: full-width forms, spaces and hyphens between are no mistakes. */
export const cleanCode = (text: string): string =>
  normalisedUscc(text.normalize('NFKC').replace(/[\s-]+/g, ''))

/** What is wrong with a code, so that it can be found on the licence; null where it fits. */
export function codeProblem(typed: string): string | null {
  const code = cleanCode(typed)
  if (code === '') return t('register.codeEmpty')
  const problem = usccProblem(code)
  if (!problem) return null
  const parts = {
    'uscc-registrar': code.slice(0, 2),
    'uscc-region': code.slice(2, 8),
    'uscc-organisation-check': code.slice(8, 17),
  } as const
  return t(`register.${problem}`, {
    count: [...code].length,
    char: [...code].find((c) => !/[0-9A-HJ-NPQRTUWXY]/.test(c)) ?? '',
    text: problem in parts ? parts[problem as keyof typeof parts] : '',
  })
}

/** The region that registered it, as its code says: nothing asked that is known. */
export const regionOf = (code: string): string => cleanCode(code).slice(2, 8)

/** Everything that keeps an entry from being sent, by field. */
export function entryErrors(entry: Entry): (ErrorLine & { readonly name: string })[] {
  const code = codeProblem(entry.code)
  const roles =
    entry.roles.length === 0
      ? t('register.rolesEmpty')
      : areCompatible(entry.roles)
        ? null
        : t('register.rolesMixed')
  return [
    { name: 'uscc', text: code },
    { name: 'organisation', text: entry.name.trim() ? null : t('register.nameEmpty') },
    { name: 'contact', text: entry.contact.trim() ? null : t('register.contactEmpty') },
    { name: 'role-bidder', text: roles },
  ].flatMap(({ name, text }) => (text === null ? [] : [{ name, text }]))
}
