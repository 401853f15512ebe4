import fs from 'node:fs'
import { Readable } from 'node:stream'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { headsOf, headsStand, joinedHeads, sealOfJoined } from '../../heads.ts'
import { savedAs } from '../../kernel/http.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, systemActor } from '../../kernel/viewer.ts'
import { actOf, loadTrade, type Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import { type BagKind, trustFile } from './export.ts'
import { fullBag, publicBag } from './kept.ts'

/**
 * The trade once the log says how far each stream of the lot goes: from then on no bag can leave out
 * the end of one. What happens in between is told anew.
 * @throws ProblemError `busy` where it goes on and on
 */
async function withHeads(platform: Platform, id: string, lot: string): Promise<Trade> {
  for (let tries = 0; tries < 8; tries++) {
    const trade = await loadTrade(platform, id)
    const heads = await headsOf(platform, trade, lot)
    const joined = sealOfJoined(await joinedHeads(platform, trade, lot))
    if (headsStand(trade, lot, heads, joined)) return trade
    await actOf(platform, {
      kind: 'lot',
      id: lot,
      project: id,
      actor: systemActor,
      command: { type: 'recordHeads', heads, joined },
    })
  }
  throw new ProblemError('busy')
}

/** The archive of a lot, from its award or end on: the public bag to all, the full one by right. */
async function answerBag(call: AppCall, kind: BagKind): Promise<RawAnswer> {
  const { platform } = call
  const { lot } = call.params
  const { id } = call.trade as Trade
  await actOf(platform, {
    kind: 'lot',
    id: lot,
    project: id,
    actor: call.viewer ? actorOf(call.viewer) : systemActor,
    command: { type: 'exportBag', kind },
  })
  const trade = await withHeads(platform, id, lot)
  const bag = await (kind === 'full' ? fullBag : publicBag)(platform, trade, lot)
  // Opened at once: a newer bag may take this one's place before it is read.
  const content = (await fs.promises.open(bag.file)).createReadStream()
  if (kind === 'full') content.once('close', () => fs.rm(bag.file, { force: true }, () => {}))
  const name = `${lot}-${kind === 'full' ? '完整包' : '公开包'}.zip`
  return new RawAnswer(
    new Response(Readable.toWeb(content) as ReadableStream, {
      headers: {
        'content-type': 'application/zip',
        'content-length': String(bag.bytes),
        'content-disposition': savedAs(name),
        'x-sha256': bag.sha256,
      },
    }),
  )
}

export const bagOperations: readonly AppOperation[] = [
  {
    id: 'lot.exportBag',
    method: 'get',
    path: '/api/lots/{lot}/bags/full',
    summary: 'The full bag of a lot; its export is an event',
    handle: (call) => answerBag(call, 'full'),
  },
  {
    id: 'lot.readPublicBag',
    method: 'get',
    path: '/api/lots/{lot}/bags/public',
    summary: 'The public bag of a lot: anyone can check each opened price with it',
    handle: (call) => answerBag(call, 'public'),
  },
  {
    id: 'platform.readTrust',
    method: 'get',
    path: '/api/trust',
    summary: 'Keys of the log and the trust list, to pin before verifying a bag',
    handle: async ({ platform }) => trustFile(platform),
  },
]
