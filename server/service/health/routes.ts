import pkg from '../../../package.json' with { type: 'json' }
import type { AppOperation } from '../../app-call.ts'
import { iso } from '../../kernel/clock.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import type { Services } from '../../services.ts'

/** The commit that runs, as whoever started it says. */
export const commitOfBuild = (): string | null => process.env.YANGGUANG_COMMIT || null

/** How the platform is: 200 when ready, else 503; each missing part is named. */
export function healthOperations(services: Services): readonly AppOperation[] {
  return [
    {
      id: 'platform.health',
      method: 'get',
      path: '/healthz',
      summary: 'Whether the platform is ready, and which parts are there',
      handle: async ({ platform }) => {
        const parts = {
          database: await platform.sql`select 1`.then(
            () => 'ready',
            () => 'away',
          ),
          ledger: platform.ledger.behind ?? 'ready',
          files: 'disk',
          // Neither is built yet: a setting that is there must not look like a part that works.
          video: 'off',
          mail: 'off',
        }
        const ready = parts.database === 'ready' && !platform.ledger.behind
        const body = {
          status: ready ? 'ready' : 'degraded',
          version: pkg.version,
          commit: commitOfBuild(),
          mode: platform.config.mode,
          now: iso(platform.store.clock.nowMs()),
          parts,
          log: {
            origin: platform.keys.origin,
            vkey: platform.ledger.vkey,
            size: platform.ledger.checkpoint()?.size ?? 0,
          },
          seeding: services.seeding,
        }
        return new RawAnswer(
          new Response(JSON.stringify(body), {
            status: ready ? 200 : 503,
            headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
          }),
        )
      },
    },
  ]
}
