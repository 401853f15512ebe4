import { Readable } from 'node:stream'
import { z } from 'zod'
import { type ActForm, sheetRow } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { beijingDate } from '../../kernel/calendar.ts'
import { iso } from '../../kernel/clock.ts'
import { pass } from '../../kernel/fault.ts'
import { savedAs } from '../../kernel/http.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import { withSignedRefusal } from '../../refusal.ts'
import {
  type State as AccessState,
  type Viewed,
  viewedName,
} from '../../supervision/access/decider.ts'
import type { Trade } from '../../trade.ts'
import { rangeOf } from '../../vault/files.ts'
import { findOpenedFile } from '../../vault/opened-files.ts'
import { replacementGrounds } from './committee.ts'
import type { Command } from './decider.ts'
import { keepDraft } from './drafts.ts'
import { motion } from './motion-form.ts'
import { rightsOf } from './rights.ts'
import type { Departure } from './rules-leaving.ts'
import type { Motion } from './rules-motions.ts'
import type { PhaseName, SheetRow } from './rules-sheets.ts'
import { readEvaluation } from './view.ts'

const party = z.string().min(1).max(64)
const short = z.string().min(1).max(2000)
const own = <B>(call: AppCall) => call.body as B

async function actOnEvaluation(call: AppCall, command: Command) {
  const outcome = await actOf(call.platform, {
    kind: 'evaluation',
    id: call.params.lot,
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
  })
  return {
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

function op(row: Omit<AppOperation, 'method'> & { method?: AppOperation['method'] }): AppOperation {
  return { method: 'post', weighty: row.method === undefined, ...row }
}
const at = (rest: string) => `/api/lots/{lot}/evaluation${rest}`

/** A member is named by id, or by seat where the one who names may not know who sits. */
function memberOf(call: AppCall, wish: { member?: string; seat?: number }): string {
  const state = (call.trade as Trade).evaluations.get(call.params.lot)
  const members = state && 'members' in state ? state.members : []
  const found = wish.member ?? (wish.seat ? members[wish.seat - 1]?.id : undefined)
  if (!found) throw new ProblemError('not-a-member')
  return found
}

/** A file as the viewer may open it; the look itself is an event of the one who looks. */
async function readFile(call: AppCall): Promise<RawAnswer> {
  const trade = call.trade as Trade
  const { lot, bidder, blob } = call.params
  const may = rightsOf(trade, lot, call.roles)
  const isReasoned = !call.roles.has('Re') || typeof call.query.reason === 'string'
  if (may.files.length === 0 || !isReasoned) throw new ProblemError('not-entitled')
  const { file, read } = await findOpenedFile(call.platform, trade, lot, bidder, blob)
  if (!may.files.includes(file.role)) throw new ProblemError('not-found')
  const viewer = call.viewer as Viewer
  const day = beijingDate(iso(call.platform.store.clock.nowMs()))
  const reason = (call.query.reason as string | undefined) ?? null
  const range = rangeOf(call.http.req.header('range') ?? null, file.bytes)
  await recordView(call, `${viewer.person}-${day}`, range !== null, { lot, bidder, blob, reason })
  const headers = new Headers({
    'content-type': 'application/octet-stream',
    'content-disposition': savedAs(file.name),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const [from, to] = range ?? [0, file.bytes - 1]
  if (range) headers.set('content-range', `bytes ${from}-${to}/${file.bytes}`)
  headers.set('content-length', String(to - from + 1))
  const content = Readable.toWeb(Readable.from(read(range))) as ReadableStream
  return new RawAnswer(new Response(content, { status: range ? 206 : 200, headers }))
}

/** Once for a file that is read part by part, page after page, on one day. */
async function recordView(
  call: AppCall,
  day: string,
  isPart: boolean,
  viewed: Omit<Viewed, 'project'>,
): Promise<void> {
  const { platform } = call
  const project = (call.trade as Trade).id
  const state = (await platform.store.stream(`access:${day}`)).state as AccessState
  if (isPart && state.seen.includes(viewedName({ ...viewed, project }))) return
  await actOf(platform, {
    kind: 'access',
    id: day,
    project: null,
    command: { type: 'view', project, ...viewed },
    actor: actorOf(call.viewer as Viewer),
  })
}

const reading: readonly AppOperation[] = [
  op({
    id: 'evaluation.read',
    method: 'get',
    path: at(''),
    summary:
      'The evaluation by the viewer’s rights: desk, progress, matrix once all are in, report',
    handle: readEvaluation,
  }),
  op({
    id: 'evaluation.readFile',
    method: 'get',
    path: at('/bids/{bidder}/files/{blob}'),
    summary: 'A file of an opened bid; a regulator gives the reason',
    query: z.strictObject({ reason: short.optional() }),
    handle: readFile,
  }),
  op({
    id: 'evaluation.saveDraft',
    method: 'put',
    path: at('/draft'),
    summary: 'Keep one’s own draft of a sheet, encrypted',
    body: z.strictObject({
      phase: z.enum(['qualification', 'responsiveness', 'scoring']),
      rows: z.array(sheetRow.partial({ reason: true })).max(20_000),
    }),
    handle: async (call) => {
      const { phase, rows } = own<{ phase: PhaseName; rows: SheetRow[] }>(call)
      const member = (call.viewer as Viewer).party
      const savedAt = (call.trade as Trade).now
      await keepDraft(call.platform, { lot: call.params.lot, member, phase }, { rows, savedAt })
      return { savedAt }
    },
  }),
]

const signed: readonly AppOperation[] = [
  op({
    id: 'evaluation.submitQualificationReview',
    path: at('/qualification-review'),
    summary: 'Sign the review of qualification (purchaser or agency, government procurement)',
    signed: 'submit-qualification-review',
    handle: (call) => {
      const { rows } = own<ActForm<'submit-qualification-review'>>(call)
      return actOnEvaluation(call, { type: 'submitQualificationReview', rows })
    },
  }),
  op({
    id: 'evaluation.signCommitment',
    path: at('/commitments'),
    summary: 'Sign the undertaking, with what must be declared',
    signed: 'sign-commitment',
    handle: (call) => {
      const { recusals } = own<ActForm<'sign-commitment'>>(call)
      return actOnEvaluation(call, { type: 'signCommitment', recusals })
    },
  }),
  op({
    id: 'evaluation.submitSheet',
    path: at('/sheets'),
    summary: 'Sign and hand in one’s own sheet of the phase; it is locked then',
    signed: 'submit-sheet',
    handle: async (call) => {
      const { phase, rows } = own<ActForm<'submit-sheet'>>(call)
      pass('score-before-append')
      const answer = await actOnEvaluation(call, {
        type: 'submitSheet',
        phase: phase as PhaseName,
        rows,
      })
      pass('score-after-commit')
      return answer
    },
  }),
  op({
    id: 'evaluation.voteToReject',
    path: at('/rejection-votes'),
    summary: 'Vote, signed, to reject a bid on a lawful ground; the first vote opens the motion',
    signed: 'reject-bid',
    handle: (call) => {
      const { bidder, ground, reason } = own<ActForm<'reject-bid'>>(call)
      const reject: Motion = { kind: 'rejectBid', bidder, ground, reason }
      return actOnEvaluation(call, { type: 'castVote', motion: reject, key: null, choice: true })
    },
  }),
  op({
    id: 'evaluation.answerExplanation',
    path: at('/explanations'),
    summary: 'Answer the committee’s request, signed, in time (the bidder asked)',
    signed: 'give-explanation',
    handle: (call) => {
      const { request, text } = own<ActForm<'give-explanation'>>(call)
      return actOnEvaluation(call, { type: 'answerExplanation', request, text })
    },
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'evaluation.answerCorrection',
    path: at('/correction-answers'),
    summary: 'Confirm or refuse a corrected price, signed, in time (the bidder)',
    signed: 'confirm-correction',
    handle: (call) => {
      const { id, correctedFen, isConfirmed } = own<ActForm<'confirm-correction'>>(call)
      return actOnEvaluation(call, { type: 'answerCorrection', id, correctedFen, isConfirmed })
    },
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'evaluation.signReport',
    path: at('/report-signatures'),
    summary: 'Sign the report by its digest',
    signed: 'sign-report',
    handle: (call) => {
      const { reportSha256 } = own<ActForm<'sign-report'>>(call)
      return actOnEvaluation(call, { type: 'signReport', reportSha256 })
    },
  }),
  op({
    id: 'evaluation.dissent',
    path: at('/dissents'),
    summary: 'Dissent from the report, with reasons',
    signed: 'dissent',
    handle: (call) => {
      const { reportSha256, reason } = own<ActForm<'dissent'>>(call)
      return actOnEvaluation(call, { type: 'dissent', reportSha256, reason })
    },
  }),
]

const plain: readonly AppOperation[] = [
  op({
    id: 'evaluation.castVote',
    path: at('/votes'),
    summary: 'Vote on a motion; the first vote opens it',
    body: z.strictObject({
      motion: motion.nullable().default(null),
      key: z
        .string()
        .regex(/^[A-Za-z0-9_-]{43}$/)
        .nullable()
        .default(null),
      choice: z.boolean(),
    }),
    handle: (call) => {
      const vote = own<{ motion: Motion | null; key: string | null; choice: boolean }>(call)
      return actOnEvaluation(call, { type: 'castVote', ...vote })
    },
  }),
  op({
    id: 'evaluation.closePhase',
    path: at('/phase-closings'),
    summary: 'Close the phase once every sheet is in (the chair)',
    body: z.strictObject({}),
    handle: (call) => actOnEvaluation(call, { type: 'closePhase' }),
  }),
  op({
    id: 'evaluation.confirmScore',
    path: at('/score-confirmations'),
    summary: 'Confirm, with a reason, a score far from the others’',
    body: z.strictObject({ alarm: z.string().min(1).max(200), reason: short }),
    handle: (call) =>
      actOnEvaluation(call, {
        type: 'confirmScore',
        ...own<{ alarm: string; reason: string }>(call),
      }),
  }),
  op({
    id: 'evaluation.recordAbsence',
    path: at('/absences'),
    summary:
      'Record why a member can’t go on; the next takes the seat, or a new committee is drawn',
    body: z.strictObject({
      member: party.optional(),
      seat: z.int().min(1).max(99).optional(),
      ground: z.enum(replacementGrounds),
      evidence: short,
    }),
    handle: (call) => {
      const wish = own<{ member?: string; seat?: number } & Departure>(call)
      const { ground, evidence } = wish
      const member = memberOf(call, wish)
      return actOnEvaluation(call, { type: 'recordAbsence', member, ground, evidence })
    },
  }),
  op({
    id: 'evaluation.submitReport',
    path: at('/report'),
    summary: 'Submit the signed report (the chair)',
    body: z.strictObject({}),
    handle: (call) => actOnEvaluation(call, { type: 'submitReport' }),
  }),
  op({
    id: 'evaluation.pause',
    path: at('/pauses'),
    summary: 'Pause the evaluation, with the cause',
    body: z.strictObject({ cause: short }),
    handle: (call) => actOnEvaluation(call, { type: 'pause', ...own<{ cause: string }>(call) }),
  }),
  op({
    id: 'evaluation.resume',
    path: at('/resumptions'),
    summary: 'Resume a paused evaluation; time limits move by the pause',
    body: z.strictObject({}),
    handle: (call) => actOnEvaluation(call, { type: 'resume' }),
  }),
]

export const evaluationOperations: readonly AppOperation[] = [...reading, ...signed, ...plain]
