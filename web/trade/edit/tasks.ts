import type { Finding } from '../../../server/tendering/project/finding.ts'
import type { Task } from '../../kit/task-list.tsx'
import type { Issue } from './document-of.ts'
import type { Draft } from './draft.ts'

/** The parts of a document that are written one by one, in any order. */
export const taskIds = [
  'basics',
  'lots',
  'times',
  'requirements',
  'scoring',
  'quotation',
  'files',
  'preview',
] as const
export type TaskId = (typeof taskIds)[number]

/** The task that a field of the document is in, by its path. */
export function taskOfPath(path: string): TaskId {
  const [first] = path.split('.')
  if (/^lots\.\d+\.quotation/.test(path) || path === 'lots.quotation') return 'quotation'
  switch (first) {
    case 'lots':
      return 'lots'
    case 'documentDays':
    case 'openAfterDays':
    case 'publicityDays':
    case 'opening':
    case 'openingAt':
    case 'noticeAt':
    case 'documentUntil':
    case 'submissionDeadline':
    case 'validityUntil':
      return 'times'
    case 'qualification':
    case 'responsiveness':
      return 'requirements'
    case 'scoring':
      return 'scoring'
    case 'files':
      return 'files'
    default:
      return 'basics'
  }
}

/** How a task stands: faults first, then what the law says, then whether it has been begun. */
export function stateOf(
  task: TaskId,
  draft: Draft,
  issues: readonly Issue[],
  findings: readonly Finding[],
): { state: Task['state']; count: number } {
  if (task === 'preview') return { state: issues.length === 0 ? 'look' : 'blocked', count: 0 }
  if (task === 'files') return { state: draft.files.length > 0 ? 'done' : 'look', count: 0 }
  const wrong = issues.filter((issue) => taskOfPath(issue.path) === task)
  if (wrong.length > 0) {
    const isBegun = wrong.some((issue) => issue.code !== 'missing')
    return { state: isBegun ? 'wrong' : 'todo', count: wrong.length }
  }
  const found = findings.filter((finding) => taskOfPath(finding.fields[0] ?? '') === task)
  if (found.length > 0) return { state: 'wrong', count: found.length }
  const isEmpty =
    task === 'requirements' && draft.qualification.length + draft.responsiveness.length === 0
  return { state: isEmpty ? 'look' : 'done', count: 0 }
}
