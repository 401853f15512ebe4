import type { TenderDocument } from '../../../server/tendering/project/document.ts'
import type { StoredFile } from '../../shell/answers.ts'
import { type TaskId, taskIds, taskOfPath } from './tasks.ts'

interface Material {
  readonly document: TenderDocument
  readonly files: readonly StoredFile[]
}

/** The parts of the editor in which two documents differ, in the editor's order. */
export function changedParts(before: Material, after: Material): TaskId[] {
  const changed = new Set<TaskId>()
  for (const path of differences(before.document, after.document, '')) changed.add(taskOfPath(path))
  const listed = (files: readonly StoredFile[]) => files.map((f) => `${f.sha256} ${f.name}`).join()
  if (listed(before.files) !== listed(after.files)) changed.add('files')
  return taskIds.filter((id) => changed.has(id))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Paths at which two values differ; lists of two lengths differ as a whole. */
function differences(a: unknown, b: unknown, path: string): string[] {
  if (!isObject(a) || !isObject(b)) return a === b ? [] : [path]
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return [path]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key))
}
