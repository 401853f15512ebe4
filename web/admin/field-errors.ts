import type { Problem } from '../shell/problem.ts'

/**
 * A refusal, field by field: what the platform says of each field of the form, and what is left for
 * the form as a whole. A path into a field (`rest.3`) is that field's.
 */
export interface FieldErrors<F extends string> {
  readonly fields: Readonly<Partial<Record<F, string>>>
  readonly whole: string | null
}

export function fieldErrorsOf<F extends string>(
  { message, errors }: Pick<Problem, 'message' | 'errors'>,
  names: readonly F[],
): FieldErrors<F> {
  const fields: Partial<Record<F, string>> = {}
  const others: string[] = []
  for (const { field, detail } of errors) {
    const name = names.find((one) => one === field.split(/[.[/]/)[0])
    if (name) fields[name] ??= detail
    else others.push(`${field} ${detail}`)
  }
  const isAllShown = errors.length > 0 && others.length === 0
  return { fields, whole: isAllShown ? null : [message, ...others].join(' ') }
}
