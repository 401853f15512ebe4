/**
 * The log's rhythm: a tick at each multiple of its length, whatever happened. After a short pause
 * the ticks that were missed are made up, so that a slow moment tells nothing; a longer one leaves a
 * gap, which everybody may see.
 */
const makeUpMs = 1000

/** The tick that a moment lies in, ms since 1970. */
export const tickAt = (nowMs: number, tickMs: number): number => Math.floor(nowMs / tickMs) * tickMs

/**
 * The ticks to make now, in order, the due one last.
 * @param lastMs the last tick made, 0 before the first; it may be of an older length of tick
 */
export function ticksDue(lastMs: number, dueMs: number, tickMs: number): number[] {
  if (lastMs === 0) return [dueMs]
  const from = Math.max(tickAt(lastMs, tickMs), dueMs - tickAt(makeUpMs, tickMs)) + tickMs
  const times: number[] = []
  for (let at = from; at <= dueMs; at += tickMs) times.push(at)
  return times
}

/** Whether a second began with the ticks from one to another: then their checkpoint is public. */
export const isPublic = (fromMs: number, toMs: number, tickMs: number): boolean =>
  Math.floor(toMs / 1000) !== Math.floor((fromMs - tickMs) / 1000)
