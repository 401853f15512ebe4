import { iso, tradeTime } from '../../kernel/clock.ts'
import type { AnyMessage } from '../../kernel/decider.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { systemActor } from '../../kernel/viewer.ts'
import { actOf, loadTrade, type Platform, type RoomAct } from '../../platform.ts'
import { consequencesOf, isOutage, mayMatter } from './rules.ts'

/** Whether the log has not ticked for so long that an outage may have to be answered first. */
export const isStanding = ({ ledger, store }: Platform): boolean =>
  ledger.tickedAtMs > 0 && mayMatter(store.clock.nowMs() - ledger.tickedAtMs)

/**
 * Answers a time in which the log did not tick, before anything falls due and before it ticks again:
 * so a crash on the way finds the same gap, and the same id, at the next start.
 */
export async function mindGap(platform: Platform, fromMs: number, untilMs: number): Promise<void> {
  if (!mayMatter(untilMs - fromMs)) return
  const id = `outage-${fromMs}`
  let hasMoved = false
  for (const project of await openProjects(platform)) {
    try {
      hasMoved = (await answerIn(platform, project, { id, fromMs, untilMs })) || hasMoved
    } catch (error) {
      // One trade that cannot be read must not keep all others, and the log, standing.
      await platform.sql`select 1`
      platform.ledger.onFailure(error)
    }
  }
  if (!hasMoved && !isOutage(untilMs - fromMs)) return
  const outage = {
    from: iso(fromMs),
    until: iso(untilMs),
    parts: ['platform'],
    zh: '平台停止运行，公开存证日志没有新的时刻。',
    en: 'The platform stood still; its public log has no ticks.',
  }
  await actAsSystem(platform, 'platform', 'platform', null, {
    type: 'recordOutage',
    id,
    outage,
  } as AnyMessage)
}

async function openProjects({ sql }: Platform): Promise<string[]> {
  const rows = await sql`
    select id from read.trades where stage not in ('archived', 'terminated') order by id`
  return rows.map(({ id }) => id as string)
}

async function answerIn(
  platform: Platform,
  project: string,
  { id, fromMs, untilMs }: { id: string; fromMs: number; untilMs: number },
): Promise<boolean> {
  const clock = await platform.store.tradeClock(project)
  if (clock.frozenAt) return false
  const standing = { id, from: tradeTime(clock, fromMs), until: tradeTime(clock, untilMs) }
  const consequences = consequencesOf(await loadTrade(platform, project), standing)
  for (const { kind, command } of consequences)
    await actAsSystem(platform, kind, project, project, command)
  return consequences.length > 0
}

async function actAsSystem(
  platform: Platform,
  kind: 'platform' | 'project' | 'openingSession',
  id: string,
  project: string | null,
  command: AnyMessage,
): Promise<void> {
  try {
    await actOf(platform, { kind, id, project, command, actor: systemActor } as RoomAct)
  } catch (error) {
    // Another process answered it.
    if (!(error instanceof ProblemError)) throw error
  }
}
