import type { Keys } from '../../kernel/keys.ts'
import { ProblemError } from '../../kernel/problem.ts'

/**
 * A live cursor: position and audience under the platform's key with a random nonce. Two cursors of
 * one position differ, so nobody can count what others saw, and none serves another audience.
 */
export function sealCursor(keys: Keys, seq: number, audience: string): string {
  return keys
    .seal('cursor', Buffer.from(JSON.stringify([seq, audience]).padEnd(96)))
    .toString('base64url')
}

/** The position, or null where the cursor is not this audience's or not ours. */
export function openCursor(keys: Keys, cursor: string, audience: string): number | null {
  if (!/^[A-Za-z0-9_-]{40,200}$/.test(cursor)) throw new ProblemError('input-invalid')
  try {
    const [seq, whose] = JSON.parse(
      keys.open('cursor', Buffer.from(cursor, 'base64url')).toString('utf8'),
    ) as [number, string]
    return whose === audience ? seq : null
  } catch {
    return null
  }
}
