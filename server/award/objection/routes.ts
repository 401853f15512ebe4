import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import { withSignedRefusal } from '../../refusal.ts'
import type { Trade } from '../../trade.ts'
import type { Command, Filed } from './decider.ts'
import { complaintLimit, objectionFacts } from './facts.ts'

const short = z.string().min(1).max(2000)
const own = <B>(call: AppCall) => call.body as B

/** An objection's stream is named by lot and the filer's own number. */
const streamId = (lot: string, id: string) => `${lot}-${id}`

async function actOnObjection(call: AppCall, id: string, command: Command) {
  const outcome = await actOf(call.platform, {
    kind: 'objection',
    id: streamId(call.params.lot, id),
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    signed: call.signed,
    extra: { lot: call.params.lot },
  })
  return {
    id,
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

function op(row: Omit<AppOperation, 'method'> & { method?: AppOperation['method'] }): AppOperation {
  return { method: 'post', weighty: row.method === undefined, ...row }
}
const one = (rest: string) => `/api/lots/{lot}/objections/{objection}${rest}`

/**
 * Those the viewer may read: its own, or all of the lot for addressee and regulator; and once bids are
 * opened a copy of what others were answered, without who they are.
 */
async function readObjections(call: AppCall) {
  const trade = call.trade as Trade
  const { lot } = call.params
  const { party } = call.viewer as Viewer
  const { calendar } = call.platform
  const mayAll = (['Pu', 'Ag', 'Re'] as const).some((role) => call.roles.has(role))
  const all = [...trade.objections.values()].flatMap((o) =>
    o.stage !== 'none' && o.lot === lot ? [o] : [],
  )
  const items = all
    .filter((o) => mayAll || o.party === party)
    .map((o) => ({ ...o, complaintUntil: complaintLimit(trade, o, calendar) }))
  const isConcerned = call.roles.has('Bown') && isOpened(trade)
  const copies = isConcerned && !mayAll ? copiesFor(all, party) : []
  return { items, copies, until: objectionFacts(trade, lot, calendar).until, next: null }
}

/** From the opening on bidders know of one another (`domain.md` §2). */
const isOpened = ({ session }: Trade) => session.stage !== 'scheduled' && session.startedAt !== null

/** The answer goes to all whom it concerns, not to its filer alone (GL 53). */
function copiesFor(all: readonly Filed[], party: string) {
  return all
    .filter((o) => o.party !== party && o.answer !== null)
    .map(({ kind, about, request, answer }) => ({ kind, about, request, answer }))
}

export const objectionOperations: readonly AppOperation[] = [
  op({
    id: 'objection.list',
    method: 'get',
    list: true,
    path: '/api/lots/{lot}/objections',
    summary:
      'Objections or challenges of a lot by the viewer’s rights, and until when each may be filed',
    handle: readObjections,
  }),
  op({
    id: 'objection.file',
    path: '/api/lots/{lot}/objections',
    summary: 'File an objection (tender) or challenge (government procurement), signed',
    signed: 'file-objection',
    handle: (call) => {
      const { id, kind, about, facts, request, law } = own<ActForm<'file-objection'>>(call)
      const filing = { id, lot: call.params.lot, kind, about, facts, request, law }
      return actOnObjection(call, id, { type: 'file', ...filing })
    },
    onRefusal: withSignedRefusal,
  }),
  op({
    id: 'objection.accept',
    path: one('/acceptance'),
    summary: 'Accept it, as its addressee',
    body: z.strictObject({}),
    handle: (call) => actOnObjection(call, call.params.objection, { type: 'accept' }),
  }),
  op({
    id: 'objection.refuse',
    path: one('/refusal'),
    summary: 'Refuse it, with the reason',
    body: z.strictObject({ reason: short }),
    handle: (call) =>
      actOnObjection(call, call.params.objection, {
        type: 'refuse',
        ...own<{ reason: string }>(call),
      }),
  }),
  op({
    id: 'objection.askCorrection',
    path: one('/correction-requests'),
    summary: 'Name its defects at once; the filer may file it again',
    body: z.strictObject({ text: short }),
    handle: (call) =>
      actOnObjection(call, call.params.objection, {
        type: 'askCorrection',
        ...own<{ text: string }>(call),
      }),
  }),
  op({
    id: 'objection.reply',
    path: one('/reply'),
    summary: 'Reply to it, signed (purchaser or agency)',
    signed: 'reply-objection',
    handle: (call) => {
      const { id, upheld, text } = own<ActForm<'reply-objection'>>(call)
      if (id !== call.params.objection) throw new ProblemError('act-text-differs')
      return actOnObjection(call, id, { type: 'reply', upheld, text })
    },
  }),
  op({
    id: 'objection.withdraw',
    path: one('/withdrawal'),
    summary: 'Withdraw one’s own objection',
    body: z.strictObject({}),
    handle: (call) => actOnObjection(call, call.params.objection, { type: 'withdraw' }),
  }),
]
