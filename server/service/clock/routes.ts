import { z } from 'zod'
import type { AppOperation } from '../../app-call.ts'
import { iso, type TradeClock, tradeTime } from '../../kernel/clock.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { systemActor } from '../../kernel/viewer.ts'
import { actOf, loadTrade, type Platform } from '../../platform.ts'
import { nextLimit, settle } from '../../policies.ts'
import type { Trade } from '../../trade.ts'

/**
 * The trade clock of a demo project: it runs with real time at an offset and is moved forward only.
 * A move stops at every limit on its way, in order, and runs what falls due there; it answers when
 * all of it has run.
 */
async function setClock(platform: Platform, project: string, clock: TradeClock): Promise<void> {
  await actOf(platform, {
    kind: 'project',
    id: project,
    project,
    actor: systemActor,
    command: { type: 'moveClock', ...clock },
    clock,
  })
}

const jumpTo = (platform: Platform, clock: TradeClock, to: string): TradeClock => ({
  offsetMs: Date.parse(to) - platform.store.clock.nowMs(),
  frozenAt: clock.frozenAt === null ? null : to,
})

/** Runs what is due; a step that waits for the ledger or a file is looked at again shortly. */
async function settleWhole(platform: Platform, project: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await settle(platform, project)) return
    await new Promise((r) => setTimeout(r, 25))
  }
}

/** A draw whose checkpoint was just taken: a jump stops there, so that nonces can be revealed. */
const isRevealing = (trade: Trade) => [...trade.draws.values()].some((d) => d.stage === 'revealing')

/** Moves a project's clock forward to an instant. @throws ProblemError `clock-backwards` */
export async function moveClock(platform: Platform, project: string, to: string): Promise<void> {
  await settleWhole(platform, project)
  for (let stops = 0; stops < 500; stops++) {
    const trade = await loadTrade(platform, project)
    const clock = await platform.store.tradeClock(project)
    if (to < trade.now) {
      if (stops === 0) throw new ProblemError('clock-backwards')
      return
    }
    const next = nextLimit(trade)
    const stop = next !== null && next < to ? next : to
    if (stop > trade.now) await setClock(platform, project, jumpTo(platform, clock, stop))
    await settleWhole(platform, project)
    if (stop === to) return
    if (!isRevealing(trade) && isRevealing(await loadTrade(platform, project))) return
  }
}

async function answer(platform: Platform, project: string) {
  const clock = await platform.store.tradeClock(project)
  return {
    now: tradeTime(clock, platform.store.clock.nowMs()),
    offsetMs: clock.offsetMs,
    frozen: clock.frozenAt !== null,
  }
}

/** Times are compared as texts, which years of five digits would break. */
const latest = '9000-01-01T00:00:00.000Z'

export const clockOperations: readonly AppOperation[] = [
  {
    id: 'demo.readClock',
    method: 'get',
    path: '/api/demo/projects/{project}/clock',
    summary: 'The trade clock of a demo project',
    handle: (call) => answer(call.platform, (call.trade as Trade).id),
  },
  {
    id: 'demo.moveClock',
    method: 'post',
    path: '/api/demo/projects/{project}/clock',
    summary: 'Move a demo project forward in time, hold its clock or let it run',
    open: true,
    body: z.union([
      z.strictObject({ to: z.string().datetime({ offset: true }) }),
      z.strictObject({
        advanceMs: z
          .int()
          .min(0)
          .max(10 * 365 * 86_400_000),
      }),
      z.strictObject({ frozen: z.boolean() }),
    ]),
    handle: async ({ platform, body, trade }) => {
      const project = (trade as Trade).id
      const wish = body as { to?: string; advanceMs?: number; frozen?: boolean }
      const now = await platform.store.now(project)
      if (wish.frozen !== undefined) {
        const clock = await platform.store.tradeClock(project)
        await setClock(platform, project, {
          offsetMs: Date.parse(now) - platform.store.clock.nowMs(),
          frozenAt: wish.frozen ? (clock.frozenAt ?? now) : null,
        })
      } else {
        const to = wish.to ? iso(Date.parse(wish.to)) : iso(Date.parse(now) + (wish.advanceMs ?? 0))
        if (to > latest || to.startsWith('+')) throw new ProblemError('clock-too-far')
        await moveClock(platform, project, to)
      }
      return answer(platform, project)
    },
  },
]
