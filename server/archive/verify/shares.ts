import { z } from 'zod'
import { fromB64u } from '../../formats/bytes.ts'
import {
  combineShares,
  contextDigest,
  type Envelope,
  isShare,
  proofLabel,
  type Release,
  type Share,
  type Suite,
} from '../../sealing/index.ts'
import { type BagFiles, readJsonFile } from './bag.ts'
import type { Place, Report } from './report.ts'

/**
 * A bid under a board of trustees: its content key follows from Z, which any t of them give. A full
 * bag holds the board and each bid's shares; every share is checked by its proof, so that a wrong
 * one is named with its trustee, and Z comes from the good ones.
 * @source sealing-ledger.md §4, §5 "Release"
 */
const bytes = (length: number) =>
  z.string().transform((text, context) => {
    try {
      return fromB64u(text, length)
    } catch {
      context.addIssue({ code: 'custom', message: `${length} bytes, base64url` })
      return z.NEVER
    }
  })
const index = z.int().min(1).max(255)
const boardFile = z.looseObject({
  id: z.string(),
  t: z.int().min(2).max(255),
  n: z.int().min(2).max(255),
  Y: bytes(33),
  trustees: z.array(z.looseObject({ index, name: z.string(), Yi: bytes(33) })),
})
const sharesFile = z.strictObject({
  shares: z.array(z.strictObject({ trustee: index, Zi: bytes(33), e: bytes(32), f: bytes(32) })),
})

interface BoardBid {
  readonly files: BagFiles
  readonly suite: Suite
  readonly envelope: Envelope
  readonly folder: string
  readonly party: string
}

/**
 * What opens a bid under a board: its own secret with the board's key, else Z from its shares.
 * @param s the bidder's secret, where it was released
 * @returns null where neither is there; the report says why
 */
export async function boardRelease(
  { files, suite, envelope, folder, party }: BoardBid,
  s: Uint8Array | null,
  report: Report,
): Promise<Release | null> {
  const { header } = envelope
  const boardPath = `data/trust/boards/${header.context.board}.json`
  const board = boardFile.safeParse(await readJsonFile(files, boardPath))
  if (!board.success || board.data.id !== header.context.board) {
    report.fail('openings', 'board-missing', { bidder: party, path: boardPath })
    return null
  }
  const path = `${folder}/shares.json`
  const given = sharesFile.safeParse((await readJsonFile(files, path)) ?? { shares: [] })
  if (!given.success) report.fail('openings', 'shares-unreadable', { bidder: party, path })
  const of = {
    R: fromB64u(header.R, 33),
    label: proofLabel(suite, contextDigest(suite, header.context), header),
  }
  const good = new Map<number, Share>()
  for (const share of given.data?.shares ?? []) {
    const trustee = board.data.trustees.find((one) => one.index === share.trustee)
    const place: Place = { bidder: party, trustee: trustee?.name ?? String(share.trustee), path }
    if (!trustee || !isShare(suite, of, trustee.Yi, share))
      report.fail('openings', 'share-proof-wrong', place)
    else {
      good.set(share.trustee, share)
      report.pass('openings')
    }
  }
  if (s) return { s, boardKey: board.data.Y }
  const { t } = board.data
  if (good.size >= t) return { Z: combineShares(suite, [...good.values()].slice(0, t)) }
  report.fail(
    'openings',
    'shares-too-few',
    { bidder: party, path },
    { expected: t, found: good.size },
  )
  return null
}
