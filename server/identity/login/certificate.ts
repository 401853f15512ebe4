import type { AppCall } from '../../app-call.ts'
import { iso } from '../../kernel/clock.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import type { Act } from '../../trust/index.ts'
import { loadParty, viewerOf } from '../members.ts'
import type { BoundCertificate, MemberCapacity, RegisteredParty } from '../party/decider.ts'
import { verifyAct } from '../signing.ts'
import { readPreSession, takeChallenge } from './challenges.ts'

/**
 * Log-in by certificate: a signed act `log-in` whose nonce this browser was given, once. A
 * certificate whose status is unknown proves nobody; other ways are offered.
 * @throws ProblemError `challenge-used`, `revocation-unknown`, or the signature's first fault
 * @source ca-interop §3, §5
 */
export async function viewerByCertificate(
  call: AppCall,
  signed: { act: string; signature: string },
): Promise<Viewer> {
  const { platform } = call
  const nonce = nonceOf(signed.act)
  await takeChallenge(platform, 'log-in', readPreSession(call) ?? '', nonce)
  const verified = await verifyAct(platform, { ...signed, purpose: 'log-in' }, { nonce })
  if (verified.revocation !== 'good') throw new ProblemError('revocation-unknown')
  const { party, certificate } = await boundParty(platform, verified.certSha256)
  const { actor } = verified.act
  if (actor.party !== party.id) throw new ProblemError('party-other')
  const person = holderOf(party, certificate, actor)
  const viewer = await viewerOf(platform, person, { party: party.id, capacity: actor.capacity })
  return { ...viewer, within: party.id }
}

/**
 * For whom, and as what, a certificate may sign in, so that nobody has to type it: the party it is
 * bound to and the capacities of those who may hold it. An empty answer: it is bound to nobody.
 */
export async function actorsOf(
  platform: Platform,
  sha256: string,
): Promise<{ party: string | null; capacities: MemberCapacity[] }> {
  const [row] = await platform.sql`
    select party from read.certificates where sha256 = ${sha256} and use = 'sign'`
  const party = row ? await loadParty(platform, row.party) : null
  const bound = party?.certificates.find((c) => c.sha256 === sha256)
  if (!party || !bound) return { party: null, capacities: [] }
  const holders = party.members.filter((m) => !bound.person || m.person === bound.person)
  return { party: party.id, capacities: [...new Set(holders.map((m) => m.capacity))] }
}

/** The nonce of an act that is not verified yet: it only says which challenge is used up. */
export function nonceOf(act: string): string {
  const match = /"nonce":"([A-Za-z0-9_-]{22})"/.exec(
    Buffer.from(act, 'base64url').toString('latin1'),
  )
  if (!match) throw new ProblemError('act-not-canonical')
  return match[1]
}

async function boundParty(
  platform: Platform,
  sha256: string,
): Promise<{ party: RegisteredParty; certificate: BoundCertificate }> {
  const [row] = await platform.sql`
    select party from read.certificates where sha256 = ${sha256} and use = 'sign'`
  const party = row ? await loadParty(platform, row.party) : null
  const certificate = party?.certificates.find((c) => c.sha256 === sha256)
  if (!party || !certificate) throw new ProblemError('certificate-not-registered')
  if (certificate.notAfter < iso(platform.store.clock.nowMs()))
    throw new ProblemError('certificate-expired')
  return { party, certificate }
}

/** In whose hand the key is: as bound, as the act says, or the one member of that capacity. */
function holderOf(
  party: RegisteredParty,
  certificate: BoundCertificate,
  actor: Act['actor'],
): string {
  const possible = party.members.filter(
    (m) =>
      m.capacity === actor.capacity &&
      (certificate.person === undefined || m.person === certificate.person) &&
      (actor.person === undefined || m.person === actor.person),
  )
  if (possible.length === 0) throw new ProblemError('capacity-not-held')
  if (possible.length > 1) throw new ProblemError('member-unclear')
  return possible[0].person
}
