import { expect, test } from 'vitest'
import { atDesk } from './at-desk.ts'

test('one is checked in, stands aside by his own word, or is turned away', () => {
  const who = { name: '演示采购人代表一', represents: 'purchaser' } as const
  const out = [{ type: 'ExpertRecused' }]
  expect(atDesk(who, [{ type: 'MemberCheckedIn' }], false).what).toBe('checkedIn')
  expect(atDesk(who, out, false)).toEqual({ ...who, what: 'turnedAway' })
  expect(atDesk(who, [...out, { type: 'ExpertReplaced' }], true).what).toBe('aside')
})
