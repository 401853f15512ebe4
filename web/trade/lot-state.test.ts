import { describe, expect, test } from 'vitest'
import { table } from '../../server/tendering/lot/decider.ts'
import type { LotStage, TradeLot } from '../shell/answers.ts'
import { mayTerminate, takesRevocation } from './lot-state.ts'

const stages = Object.keys(table) as LotStage[]
const lot = (stage: LotStage) => ({ stage }) as TradeLot

describe('what a page offers about a lot', () => {
  test.each(stages)('%s: its end, exactly where the lot’s own table takes it', (stage) => {
    expect(mayTerminate(lot(stage))).toBe('terminate' in (table[stage] ?? {}))
  })

  test('a bid is revoked from the deadline until the contract, and never of a lot that ended', () => {
    expect(stages.filter((stage) => takesRevocation(lot(stage)))).toEqual([
      'opening',
      'qualifying',
      'evaluating',
      'evaluated',
      'publicity',
      'awarding',
      'awarded',
    ])
  })
})
