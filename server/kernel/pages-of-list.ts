import { z } from 'zod'

/** What every list takes that is made whole: `?cursor=&limit=`. */
export const listQuery = {
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
}

interface List {
  readonly items: readonly unknown[]
  readonly next: string | null
}
interface Wish {
  readonly cursor?: string
  readonly limit?: number
}

/**
 * A page of a list that was made whole, and the link to the next; without a limit all that follows.
 * A cursor that is none begins anew.
 */
export function pageOfList<T extends List>(list: T, { cursor, limit }: Wish, address: string): T {
  const given = Number(Buffer.from(cursor ?? '', 'base64url').toString('utf8'))
  const from = Number.isSafeInteger(given) && given > 0 ? given : 0
  const to = limit === undefined ? list.items.length : from + limit
  const link = new URL(address)
  link.searchParams.set('cursor', Buffer.from(String(to)).toString('base64url'))
  const isLast = to >= list.items.length
  return {
    ...list,
    items: list.items.slice(from, to),
    next: isLast ? null : `${link.pathname}${link.search}`,
  }
}
