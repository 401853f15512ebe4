import type { DeskPage } from './desk-answers.ts'

/** How a member stands to the report: he answered, is awaited, or his silence counts. */
export interface Signed {
  readonly how: 'agreed' | 'dissent' | 'silent' | 'waiting'
  readonly at: string | null
  readonly reason: string | null
}

export function signatureOf({ report, now }: DeskPage, member: string | null): Signed {
  const row = report?.signatures.find((s) => s.member === member)
  if (row) return { how: row.how, at: row.at, reason: row.reason }
  const isOver = report !== null && now >= report.signUntil
  return { how: isOver ? 'silent' : 'waiting', at: null, reason: null }
}
