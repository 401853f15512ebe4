import { createHash } from 'node:crypto'
import type { LivePosition } from '../../kernel/bus.ts'
import type { Keys } from '../../kernel/keys.ts'

/** All cursors are of one length, whoever's and wherever they are. */
const cursorBytes = 64

const markOf = (audience: string): string =>
  createHash('sha256').update(audience).digest('base64url').slice(0, 22)

/**
 * A live cursor: position and audience under the platform's key with a random nonce. Two cursors of
 * one position differ, so nobody can count what others saw, and none serves another audience.
 */
export function sealCursor(keys: Keys, at: LivePosition, audience: string): string {
  const text = JSON.stringify([at.epoch, at.seq, markOf(audience)])
  return keys.seal('cursor', Buffer.from(text.padEnd(cursorBytes))).toString('base64url')
}

/** The position, or null where the cursor is not this audience's or not ours. */
export function openCursor(keys: Keys, cursor: string, audience: string): LivePosition | null {
  if (!/^[A-Za-z0-9_-]{40,200}$/.test(cursor)) return null
  try {
    const [epoch, seq, mark] = JSON.parse(
      keys.open('cursor', Buffer.from(cursor, 'base64url')).toString('utf8'),
    ) as [string, number, string]
    return mark === markOf(audience) ? { epoch, seq } : null
  } catch {
    return null
  }
}
