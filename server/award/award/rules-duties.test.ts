import { describe, expect, test } from 'vitest'
import { builtInCalendar, endOfDay } from '../../kernel/calendar.ts'
import { dutiesOf, type Own } from '../../service/my/rules-duties.ts'
import { questionDuties } from '../../tendering/project/rules-duties.ts'
import type { Trade } from '../../trade.ts'
import { awardDuties } from './rules-duties.ts'

const at = '2026-03-26T09:00:00.000Z'
const document = { title: { zh: '名', en: 'name' }, lots: [{ title: { zh: '一', en: 'one' } }] }
const bids = ['W', 'L'].map((party) => ({ party }))

interface Given {
  readonly regime?: 'tender' | 'governmentProcurement'
  readonly lot?: object
  readonly session?: object
  readonly now?: string
}
function tradeOf({ regime = 'tender', lot = {}, session, now = at }: Given): Trade {
  const project = { stage: 'published', regime, document, agency: 'ag', purchaser: 'pu' }
  const signed = { event: { type: 'ContractSigned', at: '2026-04-10T09:00:00.000Z' } }
  const state = { stage: 'tendering', regime, suspensions: [], ...lot }
  return {
    ...{ id: 'P', now, calendar: builtInCalendar },
    project: { ...project, proposals: {}, bidDeadline: at, answers: [] },
    lots: new Map([['P-1', state]]),
    session: session ?? { stage: 'scheduled' },
    objections: new Map(),
    view: {
      streams: new Map([
        ['lot:P-1', { events: 'stage' in lot && lot.stage === 'contracted' ? [signed] : [] }],
      ]),
    },
  } as unknown as Trade
}
const own = (roles: string[], more: object = {}) =>
  ({ roles: new Set(roles), party: 'x', bids: new Map(), ...more }) as unknown as Own
const found = (trade: Trade, who: Own) =>
  dutiesOf(trade, who, [awardDuties, questionDuties]).map(({ act, until }) => [act, until])

describe('each act has the limit that the law sets it', () => {
  const evaluated = { stage: 'evaluated', evaluatedAt: at, candidates: ['W'], failed: [] }
  const awarded = { stage: 'awarded', awardedAt: at, resultUntil: null, proposal: null }
  const winner = { winner: { bidder: 'W' } }
  test('candidates in three days; in government procurement the award in five working days', () => {
    expect(found(tradeOf({ lot: evaluated }), own(['Pu']))).toEqual([
      ['publish-candidates', endOfDay('2026-03-30')],
    ])
    const gp = { regime: 'governmentProcurement', lot: evaluated } as const
    expect(found(tradeOf(gp), own(['Pu']))).toEqual([['award', endOfDay('2026-04-02')]])
  })
  test('the result in two working days, the contract in thirty days', () => {
    const lot = { ...awarded, ...winner }
    const gp = { regime: 'governmentProcurement', lot } as const
    expect(found(tradeOf(gp), own(['Pu']))).toEqual([['publish-result', endOfDay('2026-03-30')]])
    const published = { ...lot, resultUntil: at }
    expect(found(tradeOf({ lot: published }), own(['Pu']))).toEqual([
      ['propose-contract', endOfDay('2026-04-27')],
    ])
    const proposed = tradeOf({ lot: { ...published, proposal: { id: 'c' } } })
    expect(found(proposed, own(['Bown'], { party: 'W' }))).toEqual([
      ['countersign-contract', endOfDay('2026-04-27')],
    ])
    expect(found(proposed, own(['Bown'], { party: 'L' }))).toEqual([])
  })
  test('bonds go back by the days of the regime, and where a lot ended without an award', () => {
    const held = (bidders: string[]) => own(['Ag'], { openBonds: new Map([['P-1', bidders]]) })
    const contracted = { ...awarded, ...winner, stage: 'contracted' }
    expect(found(tradeOf({ lot: contracted }), held(['W', 'L']))).toEqual([
      ['return-bonds', endOfDay('2026-04-15')],
    ])
    expect(found(tradeOf({ lot: contracted }), held([]))).toEqual([['archive', null]])
    const gp = 'governmentProcurement'
    const lost = tradeOf({ regime: gp, lot: { ...awarded, ...winner } })
    expect(found(lost, held(['W', 'L']))).toEqual([['return-bonds', endOfDay('2026-04-02')]])
    expect(found(lost, held(['W']))).toEqual([])
    expect(found(tradeOf({ regime: gp, lot: contracted }), held(['W']))).toEqual([
      ['return-bonds', endOfDay('2026-04-17')],
    ])
    for (const stage of ['failed', 'terminated'])
      expect(found(tradeOf({ lot: { stage } }), held(['L']))).toEqual([['return-bonds', null]])
    expect(found(tradeOf({ lot: { stage: 'evaluating' } }), held(['L']))).toEqual([])
  })
  test('a question is answered in three working days in government procurement', () => {
    const questions = new Map([['P-1', [{ askedAt: '2026-03-05T01:00:00.000Z' }]]])
    const asked = own(['Ag'], { questions })
    const gp = tradeOf({ regime: 'governmentProcurement' })
    expect(found(gp, asked)).toEqual([['answer-question', endOfDay('2026-03-10')]])
    expect(found(tradeOf({}), asked)).toEqual([['answer-question', null]])
    expect(found(gp, own(['Ag'], { questions: new Map([['P-1', []]]) }))).toEqual([])
    expect(found(gp, own(['Pu'], { questions }))).toEqual([])
    expect(found(tradeOf({ lot: { stage: 'opening' } }), asked)).toEqual([])
  })
})

describe('in the hall', () => {
  const session = (change: object) => ({
    ...{ stage: 'decrypting', startedAt: at, windowEndsAt: '2026-03-26T09:30:00.000Z' },
    ...{ lots: [{ lot: 'P-1', bids }], released: [], confirmed: [], objections: [], halts: [] },
    ...{ signedIn: [], hostSignature: null, ...change },
  })
  const bidder = own(['Bown'], { party: 'L', bids: new Map([['P-1', { stage: 'submitted' }]]) })
  test('a bidder of a lot that ended has no key to release and no row to confirm', () => {
    for (const [stage, act] of [
      ['decrypting', 'release-key'],
      ['confirming', 'confirm-row'],
    ]) {
      const hall = session({ stage })
      expect(found(tradeOf({ lot: { stage: 'opening' }, session: hall }), bidder)).toEqual([
        [act, '2026-03-26T09:30:00.000Z'],
      ])
      for (const ended of ['failed', 'terminated'])
        expect(found(tradeOf({ lot: { stage: ended }, session: hall }), bidder)).toEqual([])
    }
  })
  test('the record is signed by the host, then by the witness, and by each once', () => {
    const both = [
      { party: 'ag', role: 'host', at },
      { party: 'ce', role: 'witness', at },
    ]
    const closing = (change: object) => {
      const hall = session({ stage: 'closing', windowEndsAt: null, signedIn: both, ...change })
      const trade = tradeOf({ lot: { stage: 'opening' }, session: hall })
      const of = (role: string, party: string) => found(trade, own([role], { party }))
      return { host: of('Ag', 'ag'), witness: of('Ce', 'ce') }
    }
    const close = [['close-opening', null]]
    const attend = [['attend-hall', null]]
    expect(closing({})).toEqual({ host: close, witness: attend })
    const hostSignature = { recordSha256: 'r', act: 'a', at: '2026-03-26T10:00:00.000Z' }
    expect(closing({ hostSignature })).toEqual({ host: [], witness: close })
    const objection = (answer: object | null) => [{ at: '2026-03-26T10:01:00.000Z', answer }]
    expect(closing({ hostSignature, objections: objection(null) })).toEqual({
      host: attend,
      witness: attend,
    })
    const answered = objection({ at: '2026-03-26T10:02:00.000Z' })
    expect(closing({ hostSignature, objections: answered })).toEqual({
      host: close,
      witness: attend,
    })
  })
})
