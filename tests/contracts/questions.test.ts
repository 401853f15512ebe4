import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '../../db/seed/play/client.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/** Questions as agency and purchaser see them: what was asked and in which order, never by whom. */
let t: TestPlatform
let trade: TestTrade
beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 3)
})
afterAll(() => t.stop())

interface Waiting {
  readonly items: readonly { readonly id: string; readonly text: string }[]
}
const waiting = (person: Person) => person.get<Waiting>(`/api/projects/${trade.project}/questions`)
const ask = (n: number, id: string, text: string) =>
  trade.bidder(n).post(`/api/lots/${trade.lot}/questions`, { id, text })

test('they come in the order asked, under names that tell and link nobody', async () => {
  // Each asker numbers its own; two of them alike.
  await ask(2, 'q-1', '甲')
  await ask(1, 'acme-1', '乙')
  await ask(2, 'q-2', '丙')
  await ask(3, 'q-1', '丁')
  await ask(1, 'acme-2', '戊')
  for (const person of [trade.cast.agency, trade.cast.purchaser]) {
    const { items } = await waiting(person)
    expect(items.map((q) => q.text)).toEqual(['甲', '乙', '丙', '丁', '戊'])
    for (const { id } of items) expect(id).toMatch(/^q-[A-Za-z0-9_-]{22}$/)
    expect(new Set(items.map((q) => q.id)).size).toBe(5)
  }
})

test('each is answered for itself, and its asker knows which answer is its own', async () => {
  const { agency } = trade.cast
  const { items } = await waiting(agency)
  const [first, , , fourth] = items
  const answers = `/api/projects/${trade.project}/answers`
  await agency.post(answers, { id: fourth.id, text: '答丁' })
  expect((await waiting(agency)).items.map((q) => q.text)).toEqual(['甲', '乙', '丙', '戊'])
  await agency.post(answers, { id: first.id, text: '答甲' })
  const page = await agency.get<{ published: { answers: { id: string; text: string }[] } }>(
    `/api/projects/${trade.project}`,
  )
  for (const [n, text] of [
    [2, '答甲'],
    [3, '答丁'],
  ] as const) {
    const own = await trade
      .bidder(n)
      .get<{ questions: { id: string; shownAs: string }[] }>(`/api/lots/${trade.lot}/bid`)
    const asked = own.questions.find((q) => q.id === 'q-1')
    expect(page.published.answers.find((a) => a.id === asked?.shownAs)?.text).toBe(text)
  }
  // Under its asker's own name a question is found where one alone has it.
  expect(await agency.post(answers, { id: 'acme-1', text: '答乙' })).toBeTruthy()
  await expect(agency.post(answers, { id: 'q-1', text: '?' })).rejects.toThrow('not-found')
})

test('to list them takes the same, whoever and however many have joined', async () => {
  const { keys, store, hidden } = t.platform
  const [open, stream, refresh] = [
    vi.spyOn(keys, 'open'),
    vi.spyOn(store, 'stream'),
    vi.spyOn(hidden, 'refresh'),
  ]
  const work = async () => {
    for (const spy of [open, stream, refresh]) spy.mockClear()
    await waiting(trade.cast.agency)
    const isEvent = ([purpose]: readonly unknown[]) => purpose === 'event'
    return {
      opened: open.mock.calls.filter(isEvent).length,
      hidden: stream.mock.calls.filter(([, isHidden]) => isHidden).length,
      looks: refresh.mock.calls.length,
    }
  }
  const before = await work()
  for (let n = 4; n <= 9; n++)
    await (await t.person(`bidder-${n}`)).post(`/api/lots/${trade.lot}/participation`, {})
  expect(await work()).toEqual(before)
  expect(before).toEqual({ opened: 0, hidden: 0, looks: 0 })
  for (const spy of [open, stream, refresh]) spy.mockRestore()
})
