import { ProblemError } from '../../kernel/problem.ts'
import type { Platform } from '../../platform.ts'
import { erasePersonal, keepPersonal } from '../../vault/personal.ts'
import { problems } from './problems.ts'

/**
 * Acts with a name, which is a personal value: kept beside the log, and erased again where the act
 * that should hold its digest is refused.
 * @param about what makes this act this one, the caller's key among it: a retry keeps the same row,
 *   so that its command is the same word for word. Null where no key came: the row is a new one
 */
export async function actWithName<T>(
  platform: Platform,
  name: string,
  about: readonly string[] | null,
  act: (nameDigest: string) => Promise<T>,
): Promise<T> {
  const salt = about?.length ? platform.keys.name('name-salt', ...about, name) : undefined
  const digest = await keepPersonal(platform, name, salt)
  try {
    return await act(digest)
  } catch (error) {
    // Refused by the room itself: no event holds it. Of any other failure that is not known.
    if (error instanceof ProblemError && Object.hasOwn(problems, error.slug))
      await erasePersonal(platform, digest)
    throw error
  }
}
