import type { Problems } from './kernel/decider.ts'
import { commonProblems } from './kernel/problem.ts'
import { deciders } from './streams.ts'

/** Every refusal of the platform by its slug: rooms, libraries and common ones. */
export const problemTexts: Problems = Object.assign(
  {},
  commonProblems,
  ...Object.values(deciders).map((d) => d.problems),
)
