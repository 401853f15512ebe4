import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../shell/problem.ts'
import { unanswered } from '../shell/signer.ts'
import { useAct } from './use-act.ts'

vi.mock('../shell/keep-focus.ts', () => ({ keepFocus: () => () => {} }))

/** Presses the same button: what each try is given as its intent, and what came of it. */
function pressing() {
  const acting = useAct()
  const given: string[] = []
  const press = (name: string, outcome: () => unknown) =>
    acting.run(name, async (intent) => {
      given.push(intent)
      return outcome()
    })
  return { given, press }
}
const refused = (slug: string, status: number) => () => {
  throw new Problem(slug, status, slug)
}

beforeEach(() => unanswered.clear())

test('an intent keeps its name until its answer is known, over log-outs and full queues too', async () => {
  const { given, press } = pressing()
  for (const lost of [
    refused('answer-unknown', 0),
    refused('database-away', 503),
    refused('session-expired', 401),
    refused('rate-limited', 429),
    refused('offline', 0),
    () => 'done',
  ])
    await press('object', lost)
  expect(new Set(given).size).toBe(1)
  await press('object', () => 'done')
  expect(given.at(-1)).not.toBe(given[0])
})

test('a refusal ends an intent: what is pressed next is another one', async () => {
  const { given, press } = pressing()
  await press('object', refused('not-at-this-stage', 409))
  await press('object', () => 'done')
  expect(given[1]).not.toBe(given[0])
})

test('a signed act that was left to be asked for later keeps its name, a cancelled one does not', async () => {
  const { given, press } = pressing()
  await press('file', () => null)
  unanswered.set('an act', { body: { act: '', signature: '' }, key: '', text: null })
  await press('file', () => null)
  await press('file', () => 'done')
  expect(given[1]).not.toBe(given[0])
  expect(given[2]).toBe(given[1])
})

test('two buttons are two intents', async () => {
  const { given, press } = pressing()
  await press('extend', refused('answer-unknown', 0))
  await press('halt', refused('answer-unknown', 0))
  expect(given[1]).not.toBe(given[0])
})
