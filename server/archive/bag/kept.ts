import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { removeOlder } from '../../kernel/whole-file.ts'
import { loadJoined, type Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import { type ExportedBag, exportBag } from './export.ts'

/**
 * Bags on disk. The public one is made once for each state of its lot and given to all who ask,
 * since anyone may ask as often as he likes; a full one is made for its reader and removed after.
 */
function folderOf(platform: Platform): string {
  const folder = path.join(platform.folder, 'bags')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!swept.has(folder)) void removeOlder(folder)
  swept.add(folder)
  return folder
}
const swept = new Set<string>()

const beingMade = new Map<string, Promise<ExportedBag>>()
/** Per lot, the newest public bag and the state that it shows. */
const kept = new Map<string, { readonly state: string; readonly bag: ExportedBag }>()

/** What a public bag is made of: the trade's open events, and its bidders' hidden ones. */
async function stateOf(platform: Platform, trade: Trade, lot: string): Promise<string> {
  const content = trade.view.events.findLast(
    ({ event }) => event.type !== 'BagExported' && event.type !== 'HeadsRecorded',
  )
  const hidden = (await loadJoined(platform, lot)).map(({ view }) => view.version)
  return `${content?.position ?? 0} ${hidden.join()}`
}

/** The public bag of a lot as it stands. */
export async function publicBag(
  platform: Platform,
  trade: Trade,
  lot: string,
): Promise<ExportedBag> {
  const folder = folderOf(platform)
  const state = await stateOf(platform, trade, lot)
  const name = `${folder} ${lot}`
  const known = kept.get(name)
  if (known?.state === state && fs.existsSync(known.bag.file)) return known.bag
  const making = beingMade.get(`${name} ${state}`)
  if (making) return making
  const made = makePublic(platform, trade, lot, folder).then((bag) => {
    // Whoever reads the older one at this moment keeps it open.
    if (known) fs.rmSync(known.bag.file, { force: true })
    kept.set(name, { state, bag })
    return bag
  })
  beingMade.set(`${name} ${state}`, made)
  return made.finally(() => beingMade.delete(`${name} ${state}`))
}

function makePublic(
  platform: Platform,
  trade: Trade,
  lot: string,
  folder: string,
): Promise<ExportedBag> {
  const file = path.join(folder, `${lot}-public-${randomUUID()}.zip`)
  return exportBag(platform, trade, lot, 'public', file)
}

/** A full bag, made now; whoever asked removes the file when it was read. */
export function fullBag(platform: Platform, trade: Trade, lot: string): Promise<ExportedBag> {
  const file = path.join(folderOf(platform), `${lot}-full-${randomUUID()}.zip`)
  return exportBag(platform, trade, lot, 'full', file)
}
