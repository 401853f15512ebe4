import { ownFields, templates } from '../../acts/act.ts'
import { forms, isPurpose } from '../../acts/forms.ts'
import { b64u } from '../../formats/bytes.ts'
import { canonicalize } from '../../formats/jcs.ts'
import { sha256 } from '../../formats/sha256.ts'
import {
  type Act,
  actFindings,
  actTimeFinding,
  certSha256,
  createCache,
  parseAct,
  readSignedData,
  type SignedData,
  TrustError,
  verifySignedData,
} from '../../trust/index.ts'
import { type BagFiles, type BagInfo, hasFile, readWhole } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Place, Report } from './report.ts'

/** An act whose signature holds, with the event that took effect by it. */
export interface VerifiedAct {
  readonly digest: string
  readonly act: Act
  readonly bytes: Uint8Array
  readonly container: Uint8Array
  readonly signed: SignedData
  readonly event: BagEvent
}

/** Where a signed act of the bag lies: those of bids beside their envelopes, others under `acts`. */
function pathsOf(files: BagFiles, digest: string, event: BagEvent): { act: string; p7s: string } {
  const bid = event.stream.startsWith('bid:') ? `data/bids/${event.stream.slice(4)}` : null
  const own = bid && hasFile(files, `${bid}/act.json`) ? bid : null
  const named = `data/acts/${digest}`
  if (own && !hasFile(files, `${named}.json`))
    return { act: `${own}/act.json`, p7s: `${own}/act.p7s` }
  return { act: `${named}.json`, p7s: `${named}.p7s` }
}

/**
 * Each event that a signature stands behind: the act's bytes have the digest that the event names,
 * the container signs them, the readable text is what the fields give, and the act is by the event's
 * actor, for this platform and trade, in its time.
 */
export async function checkSignatures(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  report: Report,
): Promise<VerifiedAct[]> {
  const cache = createCache()
  const found: VerifiedAct[] = []
  for (const event of events) {
    const digest = event.event && (event.event.data as { act?: unknown }).act
    if (typeof digest !== 'string') continue
    const verified = await checkAct(files, info, event, digest, cache, report)
    if (verified) found.push(verified)
  }
  return found
}

async function checkAct(
  files: BagFiles,
  info: BagInfo,
  event: BagEvent,
  digest: string,
  cache: ReturnType<typeof createCache>,
  report: Report,
): Promise<VerifiedAct | null> {
  const { act: path, p7s } = pathsOf(files, digest, event)
  const place: Place = { path, stream: event.stream, version: event.version }
  const missing = [path, p7s].filter((part) => !hasFile(files, part))
  for (const part of missing)
    report.fail('signatures', 'act-missing', { ...place, path: part }, { expected: digest })
  if (missing.length > 0) return null
  const bytes = await readWhole(files, path)
  const container = await readWhole(files, p7s)
  const before = report.findings.length
  if (b64u(sha256(bytes)) !== digest)
    report.fail('signatures', 'act-altered', place, {
      expected: digest,
      found: b64u(sha256(bytes)),
    })
  let act: Act | null = null
  let signed: SignedData | null = null
  try {
    signed = readSignedData(container, undefined, cache)
    for (const f of await verifySignedData(signed, bytes))
      report.fail('signatures', 'signature-invalid', { ...place, path: p7s }, { found: f.slug })
    act = parseAct(bytes)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    // What comes before the act was read is wrong with its signature's file.
    const at = signed ? place : { ...place, path: p7s }
    report.fail('signatures', error.slug, at, { found: error.detail ?? null })
  }
  if (act && signed) checkActFields(info, event, act, signed, place, report)
  if (report.findings.length > before || !act || !signed) return null
  report.pass('signatures')
  return { digest, act, bytes, container, signed, event }
}

function checkActFields(
  info: BagInfo,
  event: BagEvent,
  act: Act,
  signed: SignedData,
  place: Place,
  report: Report,
): void {
  const findings = actFindings(act, {
    platform: info.platform,
    tender: info.trade,
    templates,
    ...(act.lot === undefined ? {} : { lot: lotOf(event, info) }),
  })
  for (const f of findings) report.fail('signatures', f.slug, place, { found: f.detail ?? null })
  const late = actTimeFinding(act, Date.parse(event.event?.recordedAt ?? ''))
  if (late) report.fail('signatures', late.slug, place, { found: late.detail ?? null })
  if (act.certSha256 !== certSha256(signed.signer.der))
    report.fail('signatures', 'act-other-certificate', place, {
      expected: act.certSha256,
      found: certSha256(signed.signer.der),
    })
  const actor = event.event?.actor
  if (act.actor.party !== actor?.party || act.actor.capacity !== actor.capacity)
    report.fail('signatures', 'party-other', place, {
      expected: act.actor.party,
      found: actor?.party,
    })
  if (!isPurpose(act.purpose) || !forms[act.purpose].safeParse(ownFields(act)).success) {
    report.fail('signatures', 'act-form-unknown', place, { found: act.purpose })
    return
  }
  checkEffect(event, act, place, report)
}

/** The lot that an event is about: of the opening's, the one that it names. */
function lotOf({ event, stream }: BagEvent, info: BagInfo): string {
  const named = (event?.data as { lot?: unknown } | undefined)?.lot
  return stream.startsWith('openingSession:') && typeof named === 'string' ? named : info.lot
}

/** Fields of one name that mean another thing in event and act. */
const otherMeaning = new Set(['CandidatesPublished candidates'])

/** What the event says in the act's own words must be what was signed. */
function checkEffect(event: BagEvent, act: Act, place: Place, report: Report): void {
  const data = (event.event as { data: Record<string, unknown> }).data
  for (const [name, signed] of Object.entries(ownFields(act))) {
    if (name === 'subject' || !(name in data)) continue
    if (otherMeaning.has(`${event.event?.type} ${name}`)) continue
    const effect = data[name]
    if (canonicalize(effect) !== canonicalize(signed))
      report.fail(
        'signatures',
        'event-differs-from-act',
        { ...place, item: name },
        {
          expected: signed,
          found: effect,
        },
      )
  }
}
