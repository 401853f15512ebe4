import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { openingDrawId, type Trade } from '../../trade.ts'
import type { Command, Prepared, Representative } from './decider.ts'
import { judgeRepresentatives, loadPool } from './pool.ts'
import type { Stratum } from './seed.ts'
import { readDraw } from './view.ts'

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const personId = z.string().min(1).max(64)
const region = z.string().regex(/^\d{6}$/)
const short = z.string().min(1).max(2000)

async function actOnDraw(
  call: AppCall,
  command: Command,
  extra: Record<string, unknown> = {},
  id = call.params.lot,
) {
  const outcome = await actOf(call.platform, {
    kind: 'draw',
    id,
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    ...(call.key ? { key: call.key } : {}),
    extra,
  })
  return {
    events: outcome.events.map(({ event }) => ({ type: event.type, at: event.at })),
    repeated: outcome.repeated,
  }
}

const own = <B>(call: AppCall) => call.body as B
const keyOf = (specialty: string | null, place: string | null) =>
  `${specialty ?? '*'}/${place ?? '*'}`

function op(row: Omit<AppOperation, 'method'> & { method?: AppOperation['method'] }): AppOperation {
  return { method: 'post', weighty: row.method !== 'get', ...row }
}

export const drawOperations: readonly AppOperation[] = [
  op({
    id: 'draw.read',
    method: 'get',
    path: '/api/lots/{lot}/draw',
    summary: 'The draw by the viewer’s rights: rules, commitment, checkpoint, nonces, seed, seats',
    handle: readDraw,
  }),
  op({
    id: 'draw.prepareDraw',
    path: '/api/lots/{lot}/draw',
    summary: 'Say which experts are drawn, how many, and how many the purchaser names',
    body: z.strictObject({
      strata: z
        .array(
          z.strictObject({
            specialty: z.string().min(1).max(20).nullable(),
            region: region.nullable(),
            count: z.int().min(1).max(50),
          }),
        )
        .min(1)
        .max(20),
      representatives: z.int().min(0).max(20),
      perEmployer: z.int().min(1).max(5).default(1),
      answerMinutes: z.int().min(1).max(1440).default(wholeLimit('expertAnswer')),
    }),
    handle: async (call) => {
      const { strata, ...rest } = own<
        Omit<Prepared, 'lot' | 'strata' | 'candidates'> & { strata: Omit<Stratum, 'key'>[] }
      >(call)
      const keyed = strata.map((s) => ({ key: keyOf(s.specialty, s.region), ...s }))
      const pool = await loadPool(call.platform, keyed)
      const prepared = { lot: call.params.lot, strata: keyed, ...rest }
      return actOnDraw(call, { type: 'prepareDraw', ...prepared }, { pool })
    },
  }),
  op({
    id: 'draw.prepareParameters',
    path: '/api/projects/{project}/parameter-draw',
    summary: 'Prepare the draw of K or method at the deadline; it goes on as lot `<project>-0`',
    body: z.strictObject({}),
    handle: (call) => {
      const id = openingDrawId((call.trade as Trade).id)
      return actOnDraw(call, { type: 'prepareParameters', id }, {}, id)
    },
  }),
  op({
    id: 'draw.nameRepresentatives',
    path: '/api/lots/{lot}/draw/representatives',
    summary: 'Name the purchaser’s representatives, each with a mandate letter',
    body: z.strictObject({
      representatives: z.array(z.strictObject({ id: personId, mandate: short })).max(20),
    }),
    handle: async (call) => {
      const { representatives } = own<{ representatives: Representative[] }>(call)
      const { lots } = call.trade as Trade
      const stage = lots.get(call.params.lot)?.stage
      const isOpened = stage === 'qualifying' || stage === 'evaluating'
      const ids = representatives.map((r) => r.id)
      const judged = await judgeRepresentatives(call.platform, call.params.lot, isOpened, ids)
      return actOnDraw(call, { type: 'nameRepresentatives', representatives }, { ...judged })
    },
  }),
  op({
    id: 'draw.commitNonce',
    path: '/api/lots/{lot}/draw/nonce-commitments',
    summary: 'Commit the hash of 32 random bytes, as a contributor',
    body: z.strictObject({ nonceSha256: hex32 }),
    handle: (call) =>
      actOnDraw(call, { type: 'commitNonce', ...own<{ nonceSha256: string }>(call) }),
  }),
  op({
    id: 'draw.commitDraw',
    path: '/api/lots/{lot}/draw/commitment',
    summary: 'Commit pool, strata and nonces, and name the moment T and the minutes to reveal',
    body: z.strictObject({
      at: z.string().datetime({ offset: true }),
      revealMinutes: z.int().min(1).max(1440),
    }),
    handle: async (call) => {
      const { at, revealMinutes } = own<{ at: string; revealMinutes: number }>(call)
      const draw = (call.trade as Trade).draws.get(call.params.lot)
      const strata = draw && draw.stage !== 'none' ? draw.strata : []
      const pool = await loadPool(call.platform, strata)
      const drawAt = new Date(at).toISOString()
      return actOnDraw(call, { type: 'commitDraw', drawAt, revealMinutes }, { pool })
    },
  }),
  op({
    id: 'draw.revealNonce',
    path: '/api/lots/{lot}/draw/nonces',
    summary: 'Reveal the nonce, once the checkpoint is taken',
    body: z.strictObject({ nonce: hex32 }),
    handle: (call) => actOnDraw(call, { type: 'revealNonce', ...own<{ nonce: string }>(call) }),
  }),
  op({
    id: 'draw.accept',
    path: '/api/lots/{lot}/draw/acceptances',
    summary: 'Accept the call, as the expert who was drawn',
    body: z.strictObject({}),
    handle: (call) => actOnDraw(call, { type: 'accept' }),
  }),
  op({
    id: 'draw.decline',
    path: '/api/lots/{lot}/draw/refusals',
    summary: 'Decline the call; the next of the reserve is called',
    body: z.strictObject({}),
    handle: (call) => actOnDraw(call, { type: 'decline' }),
  }),
  op({
    id: 'draw.checkIn',
    path: '/api/lots/{lot}/draw/check-ins',
    summary: 'Check a member in at the venue’s desk: card, face, recusal asked again',
    body: z.strictObject({
      member: personId,
      venue: region,
      cardShown: z.boolean(),
      faceMatches: z.boolean(),
      isRecused: z.boolean().default(false),
    }),
    handle: async (call) => {
      const shown = own<Omit<Extract<Command, { type: 'checkIn' }>, 'type'>>(call)
      const { platform, params } = call
      const judged = await judgeRepresentatives(platform, params.lot, true, [shown.member])
      return actOnDraw(call, { type: 'checkIn', ...shown }, { ...judged })
    },
  }),
]
