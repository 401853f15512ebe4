import { type Bytes, equal, fromB64u } from '../formats/bytes.ts'
import { asObject, canonicalBytes, type JsonObject, parseCanonical } from '../formats/jcs.ts'
import type { Finding } from './findings.ts'
import { TrustError } from './problems.ts'

/**
 * The one form of every signed act: its canonical bytes are what a person reads, signs and is held
 * to. The readable text is made from the other fields by a pure template and made again by whoever
 * checks, so nobody signs a text that says something else than the data.
 * @source 电子签名法 art. 5, 13; ca-interop §5
 */
export const CAPACITIES = [
  'orgAdmin',
  'legalRepresentative',
  'authorisedSigner',
  'operator',
  'financeOfficer',
  'expert',
] as const
export type Capacity = (typeof CAPACITIES)[number]

export interface ShownText {
  readonly zh: readonly string[]
  readonly en: readonly string[]
}

export interface Act extends JsonObject {
  readonly v: 1
  readonly purpose: string
  /** `yg-` and 26 of a–z2–7: the platform's id, never its host. */
  readonly platform: string
  readonly actor: ActorFields
  /** SHA-256 of the signer's certificate, base64url: no other can take its place. */
  readonly certSha256: string
  /** 16 bytes, base64url. */
  readonly nonce: string
  /** Real time, UTC text to the ms. */
  readonly issued: string
  readonly expires: string
  /** A checkpoint seen before signing: proves "not before". */
  readonly prior: { readonly size: number; readonly root: string }
  readonly shownText: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

export interface ActorFields extends JsonObject {
  /** Unified social credit code; for an expert the person's id. */
  readonly party: string
  readonly capacity: Capacity
}

/** Everything but the text, which the template gives; with the purpose's own fields. */
export type ActFields = JsonObject & Omit<Act, 'shownText' | 'v'>

/** The text of each purpose, pure: the same fields give the same lines everywhere, for ever. */
export type Templates = { readonly [purpose: string]: (fields: JsonObject) => ShownText }

/** A log-in challenge lives 5 minutes, any other act at most a day. */
export const LOGIN_LIFE_MS = 5 * 60_000
export const ACT_LIFE_MS = 24 * 3_600_000
/** An act may be issued by a clock that is this far ahead. */
const CLOCK_SKEW_MS = 5 * 60_000
const MAX_ACT_BYTES = 1024 * 1024

/**
 * The canonical bytes of an act, its text made by the template.
 * @throws TrustError `act-not-canonical` where a field is missing or malformed; RangeError where
 *   the table has no template for the purpose (our bug)
 */
export function buildAct(fields: ActFields, templates: Templates): { act: Act; bytes: Bytes } {
  const shownText = textOf(fields, templates)
  if (shownText === null) throw new RangeError(`no template for ${fields.purpose}`)
  const bytes = canonicalBytes({ ...fields, v: 1, shownText })
  return { act: parseAct(bytes), bytes }
}

function textOf(fields: JsonObject, templates: Templates): ShownText | null {
  const purpose = String(fields.purpose)
  if (!Object.hasOwn(templates, purpose)) return null
  const { shownText: _, ...others } = fields
  return templates[purpose]!(others)
}

/** @throws TrustError `act-not-canonical` unless the bytes are the one encoding of an act */
export function parseAct(bytes: Uint8Array): Act {
  const parsed = parseCanonical(bytes, { maxBytes: MAX_ACT_BYTES })
  if (parsed.problem !== undefined) throw new TrustError('act-not-canonical', parsed.problem)
  const act = asObject(parsed.value)
  const wrong = act ? malformedField(act) : 'not an object'
  if (wrong) throw new TrustError('act-not-canonical', wrong)
  return act as Act
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  TIME.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= 200
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value)

function isBytes(value: unknown, length: number): boolean {
  try {
    return typeof value === 'string' && fromB64u(value, length).length === length
  } catch {
    return false
  }
}

function isLines(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((l) => typeof l === 'string')
}

/** Name of the first field that is not as the form says, or null. */
function malformedField(act: JsonObject): string | null {
  const actor = asObject(act.actor)
  const prior = asObject(act.prior)
  const text = asObject(act.shownText)
  const size = prior?.size
  const checks: Readonly<Record<string, boolean>> = {
    v: act.v === 1,
    purpose: typeof act.purpose === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(act.purpose),
    platform: typeof act.platform === 'string' && /^yg-[a-z2-7]{26}$/.test(act.platform),
    tender: isOptionalText(act.tender),
    lot: isOptionalText(act.lot),
    actor: actor !== null && isText(actor.party) && isOptionalText(actor.person),
    capacity: CAPACITIES.includes(actor?.capacity as Capacity),
    certSha256: isBytes(act.certSha256, 32),
    nonce: isBytes(act.nonce, 16),
    issued: isTime(act.issued),
    expires: isTime(act.expires) && String(act.expires) > String(act.issued),
    prior: Number.isSafeInteger(size) && Number(size) >= 0 && isBytes(prior?.root, 32),
    shownText: isLines(text?.zh) && isLines(text?.en),
  }
  return Object.keys(checks).find((name) => !checks[name]) ?? null
}

/** What a checker knows from elsewhere; what it leaves out is not checked. */
export interface ActExpectation {
  readonly platform?: string
  readonly purpose?: string
  readonly tender?: string
  readonly lot?: string
  readonly nonce?: string
  /** The texts made again; without them `act-text-differs` can't be found. */
  readonly templates?: Templates
}

/** Whether the readable text is what the facts give, or null where no template is known. */
export function isTextTrue(act: Act, templates: Templates): boolean | null {
  try {
    const text = textOf(act, templates)
    return text && equal(canonicalBytes(text), canonicalBytes(act.shownText))
  } catch {
    return false // a template that can't read these fields would not have made this text
  }
}

/** All that is wrong with what an act says, apart from its time and certificate. */
export function actFindings(act: Act, expected: ActExpectation): readonly Finding[] {
  const findings: Finding[] = []
  if (expected.templates) {
    const known = isTextTrue(act, expected.templates)
    if (!known) {
      findings.push({
        slug: 'act-text-differs',
        detail: known === null ? `no template for ${act.purpose}` : 'shownText',
      })
    }
  }
  for (const field of ['platform', 'purpose', 'tender', 'lot'] as const) {
    const wanted = expected[field]
    if (wanted !== undefined && act[field] !== wanted) {
      findings.push({ slug: 'act-other-platform', detail: field })
    }
  }
  if (expected.nonce !== undefined && act.nonce !== expected.nonce) {
    findings.push({ slug: 'act-replayed', detail: 'nonce' })
  }
  return findings
}

/** When an act stops counting, ms: what it says, but never later than its purpose allows. */
export function actExpiry(act: Act): number {
  const life = act.purpose === 'log-in' ? LOGIN_LIFE_MS : ACT_LIFE_MS
  return Math.min(Date.parse(act.expires), Date.parse(act.issued) + life)
}

/** Whether the judged moment lies in the act's life. Equal to `expires` is late. */
export function actTimeFinding(act: Act, judgedMs: number): Finding | null {
  if (judgedMs >= actExpiry(act)) return { slug: 'act-expired', detail: act.expires }
  if (judgedMs < Date.parse(act.issued) - CLOCK_SKEW_MS) {
    return { slug: 'act-expired', detail: `issued only at ${act.issued}` }
  }
  return null
}
