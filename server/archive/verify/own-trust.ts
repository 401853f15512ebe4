import { fromB64u } from '../../formats/bytes.ts'
import { FormatError } from '../../formats/problem.ts'
import { acceptTrustList, certSha256, parseTrustList, TrustError } from '../../trust/index.ts'
import type { Report } from './report.ts'
import type { TrustFile } from './verify.ts'

const path = 'data/trust/trust.json'

/**
 * The keys that lie in the bag, for readers who have no others, against the pinned ones: the log's
 * are among those, and the list is signed by whom the pinned list names. An older list of other keys
 * proves nothing either way.
 */
export async function checkOwnTrust(
  own: TrustFile,
  pinned: TrustFile,
  report: Report,
): Promise<void> {
  const known = new Set(pinned.log.map(({ vkey }) => vkey.trim()))
  for (const { vkey } of own.log)
    if (known.has(vkey.trim())) report.pass('bag')
    else report.fail('bag', 'checkpoint-key-unknown', { path }, { found: vkey })
  const isSame =
    own.trustList === pinned.trustList && own.signatures.join() === pinned.signatures.join()
  const problem = isSame ? null : await listProblem(own, own)
  if (problem !== null) report.fail('bag', problem, { path })
  else if (isSame || (await listProblem(own, pinned)) === null) report.pass('bag')
  else report.skip('bag', 'trust-list-of-other-keys', { path })
}

/** What keeps a list from standing under the list keys that another file names. */
async function listProblem(file: TrustFile, by: TrustFile): Promise<string | null> {
  try {
    const { listKeys } = parseTrustList(fromB64u(by.trustList))
    const pinned = listKeys.map((key) => certSha256(fromB64u(key)))
    const signatures = file.signatures.map((s) => fromB64u(s))
    await acceptTrustList(fromB64u(file.trustList), signatures, { pinned })
    return null
  } catch (error) {
    if (error instanceof TrustError) return error.slug
    if (error instanceof FormatError) return error.problem
    throw error
  }
}
