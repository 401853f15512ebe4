import { describe, expect, test } from 'vitest'
import { scoreProblem, stepped } from './score.ts'

describe('points for an item of 8 by 0.5', () => {
  test.each([
    ['6.5', null],
    ['0', null],
    ['8', null],
    ['8.5', 'range'],
    ['6.3', 'range'],
    ['六', 'unreadable'],
    ['-1', 'unreadable'],
    ['1e1', 'unreadable'],
  ])('%s', (value, problem) => expect(scoreProblem(value, '8', '0.5')).toBe(problem))

  test('arrows move by a step and stay inside', () => {
    expect(stepped('6.5', '8', '0.5', 1)).toBe('7')
    expect(stepped('8', '8', '0.5', 1)).toBe('8')
    expect(stepped('0', '8', '0.5', -1)).toBe('0')
    expect(stepped('', '8', '0.5', 1)).toBe('0.5')
  })
})
