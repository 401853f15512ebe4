import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import type { State as PartyState } from '../../identity/party/decider.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, digestOfJson, type Platform } from '../../platform.ts'
import { lotIds, type Trade, tradeOf } from '../../trade.ts'
import { mediaTypeForm } from '../../vault/files.ts'
import type { Question } from '../bid/hidden-index.ts'
import { assertFilesHere } from '../uploads/files-of-documents.ts'
import type { Command, DocumentFile } from './decider.ts'
import { tenderDocument } from './document.ts'
import { fileOperations } from './routes-files.ts'
import { checkTimes, isVoluntaryTender } from './rules.ts'
import { noticeTimes } from './rules-cells.ts'
import { checkGpScoring, checkMethod, checkMoney, checkScoring } from './rules-document.ts'

const projectId = z.string().regex(/^YG-\d{8}-[0-9A-Z]{4,8}$/)
const itemId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const short = z.string().min(1).max(2000)
const file = z.strictObject({
  name: z.string().min(1).max(200),
  sha256: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  bytes: z
    .int()
    .min(0)
    .max(2 ** 31),
  mediaType: z.string().max(100).regex(mediaTypeForm),
})

/** A start whose limits, a decade on at the most, are instants of four-digit years. */
const isPlayable = (start: Date) => start.getUTCFullYear() >= 1970 && start.getUTCFullYear() <= 8900

/** Acts on the project of the call and answers with the events' types. */
export async function actOnProject(
  call: AppCall,
  command: Command,
  extra: Record<string, unknown> = {},
): Promise<unknown> {
  const trade = call.trade as Trade
  const outcome = await actOf(call.platform, {
    kind: 'project',
    id: trade.id,
    project: trade.id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
    extra,
  })
  return {
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

/** What those who are named to take part are registered as; who isn't registered has no entry. */
async function rolesOfParties(
  platform: Platform,
  { purchaser, tradingCentre }: { purchaser: string; tradingCentre: string },
): Promise<Record<string, readonly string[]>> {
  const roles: Record<string, readonly string[]> = {}
  for (const id of [purchaser, tradingCentre]) {
    const party = (await platform.store.stream(`party:${id}`)).state as PartyState
    if (party.stage === 'registered') roles[id] = party.roles
  }
  return roles
}

/** Whose a published project is; null where there is none. */
async function purchaserOf(platform: Platform, id: string): Promise<string | null> {
  const { project } = tradeOf(await platform.store.project(id), '')
  return project.stage === 'published' ? project.purchaser : null
}

const own = <P extends Parameters<typeof Object>[0]>(call: AppCall) => call.body as P

function op(row: Omit<AppOperation, 'method'> & { method?: AppOperation['method'] }): AppOperation {
  return { method: 'post', ...row }
}

export const projectOperations: readonly AppOperation[] = [
  op({
    id: 'project.create',
    path: '/api/projects',
    summary: 'Create a project under a mandate',
    weighty: true,
    body: z.strictObject({
      id: projectId,
      purchaser: z.string().min(1).max(64),
      tradingCentre: z.string().min(1).max(64),
      mandate: short,
      approvalNumber: z.string().max(200).nullable().default(null),
      startAt: z.string().datetime({ offset: true }).nullable().default(null),
    }),
    handle: async (call) => {
      const { id, startAt, ...rest } = own<{
        id: string
        purchaser: string
        tradingCentre: string
        mandate: string
        approvalNumber: string | null
        startAt: string | null
      }>(call)
      const viewer = call.viewer as Viewer
      const isDemo = call.platform.config.mode === 'demo'
      const start = isDemo ? new Date(startAt ?? '2026-03-02T09:00:00+08:00') : null
      if (start && !isPlayable(start)) throw new ProblemError('clock-too-far')
      const clock = start
        ? { offsetMs: start.getTime() - call.platform.store.clock.nowMs(), frozenAt: null }
        : undefined
      await actOf(call.platform, {
        kind: 'project',
        id,
        project: id,
        actor: actorOf(viewer),
        key: call.key,
        command: {
          type: 'createProject',
          id,
          agency: viewer.party,
          startAt: start?.toISOString() ?? null,
          ...rest,
        } as Command,
        extra: { rolesOf: await rolesOfParties(call.platform, rest) },
        ...(clock ? { clock } : {}),
      })
      return { id }
    },
  }),
  op({
    id: 'project.readDraft',
    method: 'get',
    path: '/api/projects/{project}/draft',
    summary:
      'The document as it is being written, with every finding and its earliest lawful value',
    handle: async (call) => {
      const { project, now } = call.trade as Trade
      if (project.stage === 'none') throw new ProblemError('not-found')
      const { document } = project
      if (!document) return { ...project, findings: [], times: null }
      const times = noticeTimes(document, now, call.platform.calendar, null)
      return {
        ...project,
        times,
        findings: [
          ...checkTimes(times, call.platform.calendar, isVoluntaryTender(document)),
          ...checkMethod(document),
          ...checkMoney(document),
          ...checkScoring(document),
          ...checkGpScoring(document),
        ],
      }
    },
  }),
  op({
    id: 'project.saveDocument',
    method: 'put',
    path: '/api/projects/{project}/document',
    summary: 'Save the tender document; names the revision it began from',
    body: z.strictObject({
      basedOn: z.int().min(0),
      document: tenderDocument,
      files: z.array(file).max(200).default([]),
    }),
    handle: async (call) => {
      const given = own<Omit<Extract<Command, { type: 'saveDocument' }>, 'type'>>(call)
      await assertHere(call, given.files)
      return actOnProject(call, { type: 'saveDocument', ...given })
    },
  }),
  op({
    id: 'project.approveDocument',
    path: '/api/projects/{project}/approval',
    summary: 'Approve the document as it stands (purchaser, signed)',
    signed: 'approve-document',
    handle: (call) => {
      const { documentSha256, waivers } = own<ActForm<'approve-document'>>(call)
      return actOnProject(call, { type: 'approveDocument', documentSha256, waivers })
    },
  }),
  op({
    id: 'project.returnDocument',
    path: '/api/projects/{project}/returns',
    summary: 'Return the document for change, with a reason',
    body: z.strictObject({ reason: short }),
    handle: (call) =>
      actOnProject(call, { type: 'returnDocument', ...own<{ reason: string }>(call) }),
  }),
  op({
    id: 'project.publishNotice',
    path: '/api/projects/{project}/notice',
    summary: 'Publish the notice (agency, signed); times are checked against the law now',
    signed: 'publish-notice',
    handle: (call) => {
      const { documentSha256, submissionDeadline } = own<ActForm<'publish-notice'>>(call)
      return actOnProject(call, { type: 'publishNotice', documentSha256, submissionDeadline })
    },
  }),
  op({
    id: 'project.answerQuestion',
    path: '/api/projects/{project}/answers',
    summary: 'Answer a question to all, the asker unnamed; it bears on no bid',
    weighty: true,
    body: z.strictObject({ id: itemId, text: z.string().min(1).max(20_000) }),
    handle: async (call) => {
      const { id: asked, text } = own<{ id: string; text: string }>(call)
      const { id, text: question } = await questionOf(call, asked)
      return actOnProject(call, { type: 'answerQuestion', id, question, text })
    },
  }),
  op({
    id: 'project.readQuestions',
    method: 'get',
    list: true,
    path: '/api/projects/{project}/questions',
    summary:
      'Questions that wait for an answer, without askers, and proposals not yet countersigned',
    handle: async (call) => {
      const { project } = call.trade as Trade
      if (project.stage !== 'published') return { items: [], proposals: [] }
      const answered = new Set(project.answers.map((a) => a.id))
      const isAnswered = (q: Question) => answered.has(q.id) || answered.has(q.askedAs)
      const items = (await questionsOf(call)).filter((q) => !isAnswered(q))
      return {
        items: items.map(({ id, text }) => ({ id, text })),
        proposals: Object.values(project.proposals),
      }
    },
  }),
  op({
    id: 'project.proposeAnswer',
    path: '/api/projects/{project}/answer-proposals',
    summary: 'Propose an answer that bears on bids; the purchaser countersigns',
    signed: 'propose-answer',
    handle: async (call) => {
      const { id, question, text } = own<ActForm<'propose-answer'>>(call)
      const { id: shown, text: asked } = await questionOf(call, question)
      if (shown !== question) throw new ProblemError('not-found')
      return actOnProject(call, { type: 'proposeAnswer', id, question, asked, text })
    },
  }),
  op({
    id: 'project.proposeAmendment',
    path: '/api/projects/{project}/amendment-proposals',
    summary: 'Propose a change of the document; the purchaser countersigns',
    signed: 'propose-amendment',
    body: z.strictObject({
      document: tenderDocument.nullable(),
      files: z.array(file).max(200).nullable(),
    }),
    handle: async (call) => {
      const {
        id,
        text,
        documentSha256,
        affectsBids,
        with: material,
      } = own<
        ActForm<'propose-amendment'> & {
          with: {
            document: Extract<Command, { type: 'saveDocument' }>['document'] | null
            files: DocumentFile[] | null
          }
        }
      >(call)
      const given = material.document ? digestOfJson(material.document) : null
      if (given !== documentSha256) throw new ProblemError('document-differs')
      await assertHere(call, material.files ?? [])
      return actOnProject(call, { type: 'proposeAmendment', id, text, affectsBids, ...material })
    },
  }),
  op({
    id: 'project.proposeDeadline',
    path: '/api/projects/{project}/deadline-proposals',
    summary: 'Propose a later deadline; the purchaser countersigns',
    signed: 'propose-deadline',
    handle: (call) => {
      const { id, deadline, reason } = own<ActForm<'propose-deadline'>>(call)
      return actOnProject(call, { type: 'proposeDeadline', id, deadline, reason })
    },
  }),
  op({
    id: 'project.countersign',
    path: '/api/projects/{project}/countersignatures',
    summary: 'Countersign a proposal; only then it has effect',
    signed: 'countersign',
    handle: (call) => {
      const { id, proposalSha256 } = own<ActForm<'countersign'>>(call)
      return actOnProject(call, { type: 'countersign', id, proposalSha256 })
    },
  }),
  op({
    id: 'project.withdrawProposal',
    path: '/api/projects/{project}/proposal-withdrawals',
    summary: 'Withdraw an open proposal',
    body: z.strictObject({ id: itemId }),
    handle: (call) =>
      actOnProject(call, { type: 'withdrawProposal', ...own<{ id: string }>(call) }),
  }),
  op({
    id: 'project.declineProposal',
    path: '/api/projects/{project}/proposal-refusals',
    summary: 'Decline an open proposal, with a reason',
    body: z.strictObject({ id: itemId, reason: short }),
    handle: (call) =>
      actOnProject(call, { type: 'declineProposal', ...own<{ id: string; reason: string }>(call) }),
  }),
  op({
    id: 'project.relink',
    path: '/api/projects/{project}/successor',
    summary: 'Name the published project that tenders a failed lot again',
    body: z.strictObject({ lot: z.string().max(64), successor: projectId, reason: short }),
    handle: async (call) => {
      const given = own<{ lot: string; successor: string; reason: string }>(call)
      const successorOf = await purchaserOf(call.platform, given.successor)
      return actOnProject(call, { type: 'relink', ...given }, { successorOf })
    },
  }),
  ...fileOperations,
]

/** In the order asked. What it takes goes by the number of questions, never by who has joined. */
/** @throws ProblemError `document-file-missing` with the fields */
const assertHere = (call: AppCall, files: readonly DocumentFile[]): Promise<void> =>
  assertFilesHere(call.platform, (call.trade as Trade).id, files, call.language)

async function questionsOf(call: AppCall): Promise<Question[]> {
  const { project } = call.trade as Trade
  if (project.stage !== 'published') return []
  await call.platform.hidden.ready()
  return call.platform.hidden.questionsOf(lotIds(project))
}

/** By the name under which it is shown, else by its asker's own where one alone asked under it. */
function isNamed(all: readonly Question[], id: string): (question: Question) => boolean {
  if (all.some((question) => question.id === id)) return (question) => question.id === id
  const own = all.filter((question) => question.askedAs === id)
  return (question) => own.length === 1 && question === own[0]
}

async function questionOf(call: AppCall, id: string): Promise<Question> {
  const all = await questionsOf(call)
  const found = all.find(isNamed(all, id))
  if (!found) throw new ProblemError('not-found')
  return found
}
