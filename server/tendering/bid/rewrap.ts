import type { ActForm } from '../../acts/forms.ts'
import type { AppCall } from '../../app-call.ts'
import { sha256 } from '../../formats/sha256.ts'
import type { BoundCertificate, State as PartyState } from '../../identity/party/decider.ts'
import { receiversOf, recipientOf } from '../../identity/party/rules-receivers.ts'
import type { SignedAct } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import { readWrap, wrapDigest } from '../../vault/wraps.ts'
import type { Command, LiveBid } from './decider.ts'

async function certificatesOf(
  platform: Platform,
  party: string,
): Promise<readonly BoundCertificate[]> {
  const state = (await platform.store.stream(`party:${party}`)).state as PartyState
  return state.stage === 'registered' ? state.certificates : []
}

/**
 * The certificate that a live bid should be wrapped for, where it is another than now: the one that
 * its party bound last. Null: it is that one, there is none, or the bid has no wrap.
 */
export async function rewrapFor(
  platform: Platform,
  party: string,
  bid: LiveBid,
): Promise<{ readonly sha256: string; readonly der: string } | null> {
  const certificates = await certificatesOf(platform, party)
  const newest = receiversOf(certificates).at(-1)
  if (!newest) return null
  const wrap = await readWrap(platform, bid)
  if (wrap === null || recipientOf(Buffer.from(wrap, 'base64url'), [newest])) return null
  return { sha256: newest.sha256, der: newest.der }
}

/**
 * The command of an act that wraps the bid's secret for a renewed certificate. Whether the wrap holds
 * the bid's secret nobody but its key can see; whom it is for, and that it is the signed one, anyone.
 * @throws ProblemError `wrap-altered`, `wrap-for-another`
 * @source ca-interop.md §7 "Renewal"; sealing-ledger.md §3 "Wraps"
 */
export async function rewrapCommand(
  call: AppCall,
): Promise<{ readonly command: Command; readonly wrap: Uint8Array }> {
  const { platform } = call
  const signed = call.signed as SignedAct
  const act = call.body as ActForm<'rewrap-bid'> & { with: { wrap: string } }
  const wrap = new Uint8Array(Buffer.from(act.with.wrap, 'base64url'))
  const digest = Buffer.from(sha256(wrap)).toString('base64url')
  if (digest !== act.wrapSha256) throw new ProblemError('wrap-altered')
  const certificates = await certificatesOf(platform, (call.viewer as Viewer).party)
  const recipient = recipientOf(wrap, certificates)
  if (recipient?.sha256 !== act.certificateSha256) throw new ProblemError('wrap-for-another')
  const command: Command = {
    type: 'rewrap',
    bid: act.bid,
    headerHash: act.headerHash,
    wrap: wrapDigest(platform, signed.digest, wrap),
    recipient: act.certificateSha256,
  }
  return { command, wrap }
}
