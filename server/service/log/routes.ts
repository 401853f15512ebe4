import type { AppOperation } from '../../app-call.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { parseTilePath, tileWidth } from '../../log/index.ts'

/** The public log in the ecosystem's formats: C2SP tlog-tiles and checkpoints. */

/** Read by anyone's page as well: it tells the same to all. */
const fresh = (body: string, type: string) =>
  new RawAnswer(
    new Response(body, {
      headers: {
        'content-type': type,
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
      },
    }),
  )
const text = (body: string) => fresh(body, 'text/plain; charset=utf-8')
const json = (body: object) => fresh(JSON.stringify(body), 'application/json')

export const logOperations: readonly AppOperation[] = [
  {
    id: 'log.checkpoint',
    method: 'get',
    path: '/log/checkpoint',
    summary: 'The newest public checkpoint, a signed note',
    handle: async ({ platform }) => {
      const checkpoint = platform.ledger.checkpoint()
      if (!checkpoint) throw new ProblemError('not-yet', { limit: '1 s' })
      return text(checkpoint.text)
    },
  },
  {
    id: 'log.vkey',
    method: 'get',
    path: '/log/vkey',
    summary: 'The key that signs the checkpoints',
    handle: async ({ platform }) => text(`${platform.ledger.vkey}\n`),
  },
  {
    id: 'log.rhythm',
    method: 'get',
    path: '/log/rhythm',
    summary: 'When ticks come: never by load',
    handle: async ({ platform }) =>
      json({
        v: 1,
        default: { tickMs: platform.ledger.tickMs },
        calendar: [],
        checkpointEveryMs: 1000,
      }),
  },
  {
    id: 'log.tile',
    method: 'get',
    path: '/log/tile/{rest}',
    summary: 'A tile of hashes, or a bundle of entries, under the public checkpoint',
    handle: async ({ platform, http }) => {
      const place = new URL(http.req.url).pathname.replace(/^\/log\//, '')
      const tile = parseTilePath(place)
      const size = platform.ledger.checkpoint()?.size ?? 0
      // Tiles beyond the public checkpoint would tell of ticks that nobody has signed for yet.
      const width = tile
        ? (tile.index * tileWidth + tile.width) *
          tileWidth ** (tile.level === 'entries' ? 0 : tile.level)
        : 0
      const bytes = tile && width <= size ? platform.ledger.tile(tile) : null
      if (!bytes) throw new ProblemError('not-found')
      return new RawAnswer(
        new Response(bytes as Uint8Array<ArrayBuffer>, {
          headers: {
            'content-type': 'application/octet-stream',
            'cache-control': 'public, max-age=31536000, immutable',
            'access-control-allow-origin': '*',
          },
        }),
      )
    },
  },
]
