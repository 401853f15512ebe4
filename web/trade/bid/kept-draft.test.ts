import { beforeEach, expect, test, vi } from 'vitest'
import type { Draft } from '../../shell/drafts.ts'
import { KeptDraft } from './kept-draft.ts'

/** The device's store, which all windows share. */
const device = vi.hoisted(() => ({ kept: new Map<string, unknown>(), now: 0 }))

vi.mock('../../shell/drafts.ts', () => {
  const { kept } = device
  const put = (key: string, value: unknown) => {
    device.now += 1
    kept.set(key, { value: structuredClone(value), savedAt: device.now, basedOn: null })
    return device.now
  }
  return {
    readDraft: async (key: string) => kept.get(key) ?? null,
    saveDraft: async (key: string, value: unknown) => put(key, value) > 0,
    saveDraftAfter: async (key: string, value: unknown, since: number | null) => {
      const found = kept.get(key) as Draft<unknown> | undefined
      return found && found.savedAt !== since ? found : put(key, value)
    },
    dropDraft: async (key: string) => void kept.delete(key),
  }
})

const windows: KeptDraft<string>[] = []
/** A window on the same draft, and what it says of the other one. */
async function opened() {
  const told: { other: string | null } = { other: null }
  const one = new KeptDraft<string>('bid', (other) => {
    told.other = other?.value ?? null
  })
  windows.push(one)
  const shown = (await one.load())?.value ?? null
  return { one, told, shown }
}

beforeEach(() => {
  for (const one of windows.splice(0)) one.end()
  device.kept.clear()
})

test('one window saves as often as it likes', async () => {
  const { one, told } = await opened()
  await Promise.all([one.save('a'), one.save('ab'), one.save('abc')])
  expect((await opened()).shown).toBe('abc')
  expect(told.other).toBeNull()
})

test('what another window has kept is not written over, and both are there until one is chosen', async () => {
  const first = await opened()
  await first.one.save('first')
  const second = await opened()
  await first.one.save('first, with a file')
  expect(await second.one.save('second')).toBe('other')
  expect(second.told.other).toBe('first, with a file')
  const refreshed = await opened()
  expect(refreshed.shown).toBe('first, with a file')
  expect(refreshed.told.other).toBe('second')
})

test('a window may keep its own: the other one is told', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.one.save('first')
  await second.one.save('second')
  await second.one.chooseMine('second, more')
  expect(second.told.other).toBeNull()
  expect(await second.one.save('second, most')).toBeTypeOf('number')
  expect((await opened()).shown).toBe('second, most')
  expect(await first.one.save('first again')).toBe('other')
})

test('a window may take the other’s and go on from it', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.one.save('first')
  await second.one.save('second')
  expect(await second.one.chooseTheirs()).toBe('first')
  expect(await second.one.save('first, then more')).toBeTypeOf('number')
  const after = await opened()
  expect(after.shown).toBe('first, then more')
  expect(after.told.other).toBeNull()
})

test('what lay aside over a refresh can still be taken', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.one.save('first')
  await second.one.save('second')
  const refreshed = await opened()
  expect(await refreshed.one.chooseTheirs()).toBe('second')
  expect((await opened()).shown).toBe('second')
})

test('a window hears at once that another has kept the draft', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.one.save('first')
  await vi.waitFor(() => expect(second.told.other).toBe('first'))
})

test('after a submission nothing is there, and nothing lies aside', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.one.save('first')
  await second.one.save('second')
  await second.one.drop()
  expect(device.kept.size).toBe(0)
})
