import { z } from 'zod'
import { reopenGrounds } from '../evaluation/evaluation/committee.ts'
import { rejectionGround } from '../tendering/project/document.ts'

/**
 * The forms of all signed acts: by purpose, the fields an act has of its own beside the common ones
 * (`ca-interop.md` §5). Frozen: a form only grows by a new purpose. Numbers are integers; points
 * and rates are decimal text, since canonical JSON has no fractions.
 */
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const text = z.string().min(1).max(20_000)
const short = z.string().min(1).max(2000)
const fen = z.int().nonnegative()
const points = z.string().regex(/^(0|[1-9]\d{0,5})(\.\d{1,6})?$/)
const party = z.string().min(1).max(64)

/** Names of project and lot as the signer reads them; checked against the trade. */
export const subject = z.strictObject({
  zh: z.string().min(1).max(1100),
  en: z.string().min(1).max(1100),
})

/** A vote on one item of one bid, or points for it. */
export const sheetRow = z.strictObject({
  bidder: party,
  item: z.string().min(1).max(32),
  pass: z.boolean().optional(),
  points: points.optional(),
  reason: z.string().max(2000).nullable(),
})

export const forms = {
  'log-in': z.strictObject({}),
  // By the signing certificate itself; of an encryption certificate `proof` is what only its key opens.
  'bind-certificate': z.strictObject({
    use: z.enum(['sign', 'encrypt']),
    certificateSha256: sha256,
    proof: sha256.nullable(),
  }),
  'approve-document': z.strictObject({
    subject,
    documentSha256: sha256,
    waivers: z.array(z.strictObject({ rule: short, reason: short })).max(50),
  }),
  'publish-notice': z.strictObject({
    subject,
    documentSha256: sha256,
    submissionDeadline: instant.nullable(),
  }),
  'propose-answer': z.strictObject({ subject, id, question: id, text }),
  'propose-amendment': z.strictObject({
    subject,
    id,
    text,
    documentSha256: sha256.nullable(),
    affectsBids: z.boolean(),
  }),
  'propose-deadline': z.strictObject({ subject, id, deadline: instant, reason: short }),
  countersign: z.strictObject({
    subject,
    id,
    proposalSha256: sha256,
    proposalText: z.strictObject({ zh: z.array(z.string()), en: z.array(z.string()) }),
  }),
  'terminate-lot': z.strictObject({ subject, reason: short }),
  'submit-bid': z.strictObject({
    subject,
    parts: z
      .array(z.strictObject({ part: z.enum(['whole', 'technical', 'price']), headerHash: sha256 }))
      .min(1)
      .max(2),
    revision: z.int().min(1).max(10_000),
    replaces: sha256.nullable(),
    deadline: instant,
  }),
  'confirm-bid': z.strictObject({
    subject,
    headerHash: sha256,
    document: z.strictObject({ version: z.int().min(1), sha256 }),
  }),
  // The secret of the bid as it is, wrapped for a renewed encryption certificate (ca-interop §7).
  'rewrap-bid': z.strictObject({
    subject,
    bid: sha256,
    headerHash: sha256,
    certificateSha256: sha256,
    wrapSha256: sha256,
  }),
  'withdraw-bid': z.strictObject({ subject, withdraws: sha256 }),
  'revoke-bid': z.strictObject({ subject, reason: short }),
  'confirm-row': z.strictObject({ subject, opened: z.boolean(), priceFen: fen.nullable() }),
  'close-opening': z.strictObject({ subject, recordSha256: sha256 }),
  'submit-qualification-review': z.strictObject({
    subject,
    // None where the document asks for nothing: whether all is judged, the evaluation's table says.
    rows: z.array(sheetRow).max(20_000),
  }),
  'sign-commitment': z.strictObject({ subject, recusals: z.array(short).max(20) }),
  'submit-sheet': z.strictObject({
    subject,
    phase: z.enum(['qualification', 'responsiveness', 'technical', 'business', 'scoring']),
    rows: z.array(sheetRow).min(1).max(20_000),
  }),
  'give-explanation': z.strictObject({ subject, request: id, text }),
  'sign-report': z.strictObject({ subject, reportSha256: sha256 }),
  dissent: z.strictObject({ subject, reportSha256: sha256, reason: short }),
  'publish-candidates': z.strictObject({
    subject,
    until: instant,
    candidates: z.array(party).min(1).max(20),
  }),
  award: z.strictObject({ subject, bidder: party, priceFen: fen, reason: short.nullable() }),
  'publish-result': z.strictObject({ subject, until: instant, bidder: party }),
  'cancel-award': z.strictObject({
    subject,
    ground: z.enum(['gaveUp', 'forceMajeure', 'noPerformanceBond', 'offence']),
    reason: short,
  }),
  'propose-contract': z.strictObject({ subject, id, number: short, priceFen: fen, terms: text }),
  'file-objection': z.strictObject({
    subject,
    id,
    kind: z.enum(['objection', 'challenge']),
    about: z.enum(['document', 'opening', 'result']),
    facts: text,
    request: short,
    law: z.string().max(2000),
  }),
  'reply-objection': z.strictObject({ subject, id, upheld: z.boolean(), text }),
  'issue-directive': z.strictObject({
    subject,
    id,
    kind: z.enum(['warn', 'requireExplanation', 'suspend', 'resume', 'correct']),
    article: short,
    text,
  }),
  // The bidder's word on a price that the committee corrected (M87 59, R12 19).
  'confirm-correction': z.strictObject({
    subject,
    id,
    correctedFen: fen,
    isConfirmed: z.boolean(),
  }),
  'send-back-report': z.strictObject({
    subject,
    report: sha256,
    ground: z.enum(reopenGrounds),
    reason: short,
  }),
  'pass-over-candidate': z.strictObject({
    subject,
    bidder: party,
    ground: z.enum(['gaveUp', 'forceMajeure', 'noPerformanceBond', 'offence', 'signatureInvalid']),
    reason: short,
    // The number of the document that shows it, or where it can be read.
    evidence: short,
  }),
  'reject-bid': z.strictObject({ subject, bidder: party, ground: rejectionGround, reason: short }),
} as const

export type Purpose = keyof typeof forms
/** An act's own fields, by purpose. */
export type ActForm<P extends Purpose> = z.output<(typeof forms)[P]>
export const isPurpose = (text: string): text is Purpose => Object.hasOwn(forms, text)
