import { expect, test } from 'vitest'
import { pageOfList } from './pages-of-list.ts'

const list = { items: [1, 2, 3, 4, 5], next: null, until: 'x' }
const address = 'http://localhost/api/parties?role=bidder&limit=2'

test('pages follow one another to the end, each with what stands beside the items', () => {
  const found: unknown[] = []
  let cursor: string | undefined
  do {
    const page = pageOfList(list, { limit: 2, ...(cursor ? { cursor } : {}) }, address)
    expect(page.until).toBe('x')
    found.push(page.items)
    const next: string | null = page.next
    if (next) expect(next).toMatch(/^\/api\/parties\?role=bidder&limit=2&cursor=/)
    cursor = next ? (new URL(next, address).searchParams.get('cursor') ?? undefined) : undefined
  } while (cursor)
  expect(found).toEqual([[1, 2], [3, 4], [5]])
})

test('without a limit the list is whole; a cursor that is none begins anew', () => {
  expect(pageOfList(list, {}, address)).toEqual(list)
  for (const cursor of ['?', 'LTU', 'TmFO', ''])
    expect(pageOfList(list, { cursor, limit: 5 }, address).items).toEqual(list.items)
})
