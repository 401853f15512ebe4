import fs from 'node:fs'
import type { TestSequencer, TestSpecification } from 'vitest/node'

/**
 * The files that take longest, longest first. Two workers share a run: one that begins late is what
 * the other waits for at its end. A fresh clone has no times of earlier runs to go by.
 */
const longest = [
  'tests/journeys/pages',
  'tests/journeys/trade',
  'tests/faults/ledger',
  'tests/contracts/evaluation',
  'tests/journeys/organising',
  'tests/faults/submission',
  'tests/contracts/bench',
  'tests/contracts/verify',
  'tests/contracts/cli',
  'tests/contracts/live',
  'tests/journeys/ending',
  'tests/journeys/bidder',
  'tests/faults/score',
]
const rankOf = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex((one) => moduleId.includes(`${one}.test.`))
  return at < 0 ? longest.length : at
}

const bytesOf = ({ moduleId }: TestSpecification) => fs.statSync(moduleId).size

/**
 * The order of test files: the long ones first, then the larger first. It extends nothing of Vitest,
 * which the pages' build, configured in the same file, would have to load.
 */
export default class LongestFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || bytesOf(b) - bytesOf(a))
  }
  shard(files: TestSpecification[]): TestSpecification[] {
    return files
  }
}
