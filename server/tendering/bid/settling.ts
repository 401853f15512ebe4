import { templates } from '../../acts/act.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { systemActor } from '../../kernel/viewer.ts'
import { decodeEntry, parseProof } from '../../log/index.ts'
import { actOf, type JoinedBid, loadJoined, loadTrade, type Platform } from '../../platform.ts'
import { validate } from '../../trust/index.ts'

/**
 * Settles signatures that were accepted while their certificate's status was unknown: an authority
 * that is down loses nobody a bid. Asked again after the deadline alone, since a question before it
 * would tell who bid; past the cache, and until the answer is good or revoked. Award waits for it.
 * @source ca-interop §3 "A CA that is down loses nobody a bid"
 */
const retryMs = 30_000

export class SignatureSettling {
  private readonly platform: Platform
  /** Lots past their deadline with nothing open: no bid can come to them any more. */
  private readonly settled = new Set<string>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private stopped = false

  constructor(platform: Platform) {
    this.platform = platform
  }

  stop(): void {
    this.stopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
  }

  /** Looks at a project's lots; what stays open is looked at again in half a minute. */
  async look(project: string): Promise<void> {
    if (this.platform.ledger.behind) return
    const trade = await loadTrade(this.platform, project)
    if (trade.project.stage !== 'published' || trade.now < trade.project.bidDeadline) return
    let open = 0
    for (const [lot, state] of trade.lots) {
      // Until the lot itself has passed its deadline a last act may be on its way.
      if (this.settled.has(lot) || state.stage === 'tendering') continue
      const left = await settleLot(this.platform, project, lot)
      if (left === 0) this.settled.add(lot)
      open += left
    }
    if (open > 0) this.again(project)
  }

  private again(project: string): void {
    if (this.stopped) return
    clearTimeout(this.timers.get(project))
    const timer = setTimeout(
      () => void this.look(project).catch(() => this.again(project)),
      retryMs,
    )
    timer.unref()
    this.timers.set(project, timer)
  }
}

const isOpen = ({ state }: JoinedBid) =>
  state.stage === 'submitted' && state.bid.signature === 'unknown'

/** @returns how many signatures of the lot stay unknown */
export async function settleLot(platform: Platform, project: string, lot: string): Promise<number> {
  const open = (await loadJoined(platform, lot)).filter(isOpen)
  const crls = open.length > 0 && platform.trust ? await platform.trust.crls(true) : []
  let left = 0
  for (const one of open) if (!(await settleOne(platform, project, lot, one, crls))) left += 1
  return left
}

async function settleOne(
  platform: Platform,
  project: string,
  lot: string,
  { party, state, view }: JoinedBid,
  crls: Uint8Array[],
): Promise<boolean> {
  if (!platform.trust || state.stage !== 'submitted') return false
  const { act } = state.bid
  const signed = await platform.store.signedBytes(Buffer.from(act, 'base64url'), true)
  const stored = view.events.find(({ event }) => event.data.act === act)
  if (!signed || !stored) throw new Error('a bid without its signed bytes')
  const report = await validate(
    signed.container,
    platform.trust.accepted,
    { content: signed.act, crls, loggedMs: await loggedMs(platform, stored.digest) },
    platform.store.clock.nowMs(),
    {
      lasting: true,
      act: {
        platform: platform.keys.platform,
        purpose: 'submit-bid',
        tender: project,
        lot,
        templates,
      },
    },
  )
  const status = report.revocation?.status
  if (report.verdict !== 'passed' && status !== 'revoked') return false
  try {
    await actOf(platform, {
      kind: 'bid',
      id: [lot, party],
      project,
      actor: systemActor,
      command: {
        type: 'settleSignature',
        act,
        status: report.verdict === 'passed' ? 'good' : 'revoked',
      },
    })
  } catch (error) {
    // Another process settled it.
    if (!(error instanceof ProblemError)) throw error
  }
  return true
}

/** The tick under which the log holds the event: the platform's word for when it was there. */
async function loggedMs(platform: Platform, digest: Uint8Array): Promise<number> {
  return decodeEntry(parseProof(await platform.ledger.proofOf(digest)).entry).atMs
}
