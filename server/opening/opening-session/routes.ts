import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import { withSignedRefusal } from '../../refusal.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import type { Trade } from '../../trade.ts'
import type { Command } from './decider.ts'
import { openingRecord } from './record.ts'
import { releaseKey } from './release.ts'
import type { Session } from './state.ts'
import { hallRole, hallView } from './view.ts'

const itemId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const text = z.string().min(1).max(5000)
const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Acts on the session of the call's project. */
export async function actOnSession(call: AppCall, command: Command): Promise<unknown> {
  const trade = call.trade as Trade
  const outcome = await actOf(call.platform, {
    kind: 'openingSession',
    id: trade.id,
    project: trade.id,
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
  const isRead = row.method === 'get'
  return { method: 'post', ...(isRead ? {} : { weighty: true }), ...row }
}
const body = <T>(call: AppCall) => call.body as T

export const openingOperations: readonly AppOperation[] = [
  op({
    id: 'openingSession.read',
    method: 'get',
    path: '/api/projects/{project}/opening',
    summary: 'The hall: stage, list, what is opened, and which acts are open to oneself',
    handle: hallView,
  }),
  op({
    id: 'openingSession.readRecord',
    method: 'get',
    path: '/api/projects/{project}/opening/record',
    summary: 'The opening record: in the hall from the opening on, to all once it is closed',
    handle: async (call) => {
      const { session, project } = call.trade as Trade
      if (session.stage === 'scheduled' || session.openedAt === null)
        throw new ProblemError('not-found')
      if (session.stage !== 'closed' && !call.viewer) throw new ProblemError('not-signed-in')
      return {
        record: openingRecord(project as PublishedState, session),
        recordSha256: session.recordSha256,
        signatures: signaturesOf(session),
      }
    },
  }),
  op({
    id: 'openingSession.signIn',
    path: '/api/projects/{project}/opening/attendance',
    summary: 'Sign in: host and witness from an hour before, listed bidders from the deadline on',
    body: z.strictObject({}),
    handle: async (call) => {
      const role = hallRole(call.roles)
      if (!role) throw new ProblemError('not-entitled')
      const { partyName } = call.viewer as Viewer
      return actOnSession(call, { type: 'signIn', role, name: partyName })
    },
  }),
  op({
    id: 'openingSession.releaseKey',
    path: '/api/lots/{lot}/release',
    summary: 'Release the secret of one’s own bid 解密; kept sealed until all are opened at once',
    body: z.strictObject({ headerHash: bytes32, s: bytes32 }),
    handle: releaseKey,
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'openingSession.extendWindow',
    path: '/api/projects/{project}/opening/extensions',
    summary: 'Extend the time to decrypt, for all, on a cause of the platform’s (host)',
    body: z.strictObject({
      minutes: z
        .int()
        .min(1)
        .max(24 * 60),
      reason: text,
    }),
    handle: (call) =>
      actOnSession(call, {
        type: 'extendWindow',
        ...body<{ minutes: number; reason: string }>(call),
      }),
  }),
  op({
    id: 'openingSession.confirm',
    path: '/api/lots/{lot}/row-confirmations',
    summary: 'Confirm one’s own row of the opening record (signed)',
    signed: 'confirm-row',
    handle: (call) => {
      const { opened, priceFen } = body<ActForm<'confirm-row'>>(call)
      return actOnSession(call, { type: 'confirm', lot: call.params.lot, opened, priceFen })
    },
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'openingSession.object',
    path: '/api/lots/{lot}/opening-objections',
    summary: 'Object to the opening; answered on the spot and recorded',
    body: z.strictObject({ id: itemId, text }),
    handle: (call) =>
      actOnSession(call, {
        type: 'object',
        lot: call.params.lot,
        ...body<{ id: string; text: string }>(call),
      }),
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'openingSession.answer',
    path: '/api/projects/{project}/opening/answers',
    summary: 'Answer an objection to the opening (host)',
    body: z.strictObject({ id: itemId, text }),
    handle: (call) =>
      actOnSession(call, { type: 'answer', ...body<{ id: string; text: string }>(call) }),
  }),
  op({
    id: 'openingSession.halt',
    path: '/api/projects/{project}/opening/halts',
    summary: 'Halt the session with a cause; the time left is kept (host, witness)',
    body: z.strictObject({ cause: text }),
    handle: (call) => actOnSession(call, { type: 'halt', ...body<{ cause: string }>(call) }),
  }),
  op({
    id: 'openingSession.resume',
    path: '/api/projects/{project}/opening/resumptions',
    summary: 'Resume the session where it stood (host, witness)',
    body: z.strictObject({}),
    handle: (call) => actOnSession(call, { type: 'resume' }),
  }),
  op({
    id: 'openingSession.close',
    path: '/api/projects/{project}/opening/closings',
    summary: 'Sign the opening record: first the host, then the witness, who closes (signed)',
    signed: 'close-opening',
    handle: (call) => {
      const { recordSha256 } = body<ActForm<'close-opening'>>(call)
      const role = call.roles.has('Ag') ? 'host' : 'witness'
      return actOnSession(call, { type: 'close', role, recordSha256 })
    },
  }),
]

const signaturesOf = ({ hostSignature, closedAt, recordSha256 }: Session) => ({
  host: hostSignature,
  witness: closedAt ? { recordSha256, at: closedAt } : null,
})
