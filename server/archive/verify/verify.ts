import { z } from 'zod'
import { fromB64u } from '../../formats/bytes.ts'
import { FormatError } from '../../formats/problem.ts'
import { type LogKey, parseVkey } from '../../log/index.ts'
import {
  type AcceptedList,
  acceptTrustList,
  certSha256,
  parseTrustList,
  TrustError,
} from '../../trust/index.ts'
import {
  type BagFiles,
  checkBag,
  readBagInfo,
  readJsonFile,
  readWhole,
  UnreadableBag,
} from './bag.ts'
import { checkCertificates, type TrustMaterial } from './certificates.ts'
import { checkCorrections } from './corrections.ts'
import { checkDocuments } from './documents.ts'
import { checkDraws } from './draw.ts'
import { checkLedger } from './events.ts'
import { foldEvents } from './fold.ts'
import { checkOpenings } from './openings.ts'
import { checkOutcome } from './outcome.ts'
import { checkOwnTrust } from './own-trust.ts'
import { checkRanking } from './ranking.ts'
import { remembering } from './remembering.ts'
import { type CheckCount, type CheckId, type Finding, Report, type Verdict } from './report.ts'
import { checkRevocations } from './revocations.ts'
import { checkScores } from './scores.ts'
import { checkSignatures } from './signatures.ts'
import { checkStrays } from './strays.ts'
import { checkWhole, type Witnesses } from './whole.ts'

/**
 * The verifier: reads a bag and says, check by check, what holds. Pure: the command line and the
 * offline page run this same code and give the same report.
 */
export interface TrustFile {
  readonly v: 1
  readonly platform: string
  readonly log: readonly { vkey: string; fromSize: number; toSize: number | null }[]
  /** Witnesses of other cities, and how many must have seen the archive's tree; none: not asked. */
  readonly witnesses?: { readonly vkeys: readonly string[]; readonly quorum: number }
  /** Canonical bytes of the trust list, base64url. */
  readonly trustList: string
  /** Its two signatures, base64url. */
  readonly signatures: readonly string[]
}

export interface VerifyResult {
  readonly v: 1
  readonly verdict: Verdict
  /** The keys came from outside the bag: else a stranger could have made all of it. */
  readonly pinned: boolean
  readonly kind: 'full' | 'public'
  readonly archive: { trade: string; lot: string; origin: string; size: number }
  readonly checks: readonly CheckCount[]
  readonly findings: readonly Finding[]
  readonly outcome: unknown
}

/** The trust file cannot be used; nothing was checked. */
export class UnusableTrust extends Error {}

const size = z.int().nonnegative()
const trustForm: z.ZodType<TrustFile> = z.object({
  v: z.literal(1),
  platform: z.string(),
  log: z.array(z.object({ vkey: z.string(), fromSize: size, toSize: size.nullable() })),
  witnesses: z.object({ vkeys: z.array(z.string()), quorum: size }).optional(),
  trustList: z.string(),
  signatures: z.array(z.string()),
})

/** A trust file as it was handed over. @throws UnusableTrust naming what is wrong in it */
export function readTrustFile(value: unknown): TrustFile {
  const parsed = trustForm.safeParse(value)
  if (parsed.success) return parsed.data
  const [{ path, message }] = parsed.error.issues
  throw new UnusableTrust(`the trust file: ${path.join('.') || 'the whole'}: ${message}`)
}

/**
 * Checks a bag.
 * @param trust keys from outside; null: the bag's own, and the verdict can't be passed
 * @param nowMs real time, for proofs of revocation
 * @throws UnreadableBag, UnusableTrust
 */
export async function verifyArchive(
  bag: BagFiles,
  trust: TrustFile | null,
  nowMs: number,
): Promise<VerifyResult> {
  const files = remembering(bag)
  const report = new Report()
  const info = await readBagInfo(files)
  const inBag = trustForm.safeParse(await readJsonFile(files, 'data/trust/trust.json'))
  const own = inBag.success ? inBag.data : null
  const used = trust ?? own
  for (const [path, found] of [
    ['bag-info.txt', info.platform],
    ['data/trust/trust.json', own?.platform ?? null],
  ] as const)
    if (used && found !== used.platform)
      report.fail('bag', 'wrong-platform', { path }, { expected: used.platform, found })
  const keys = logKeysOf(used)
  const witnesses = witnessesOf(used)
  const material = used ? await materialOf(files, used, trust !== null) : null
  await checkBag(files, report)
  if (trust && own) await checkOwnTrust(own, trust, report)
  const events = await checkLedger(files, keys, info.kind, report)
  const guard = guardOf(report)
  const acts = await guard('signatures', () => checkSignatures(files, info, events, report), [])
  await guard('certificates', () => checkCertificates(acts, material, nowMs, report))
  await guard('ledger', () => checkWhole(files, info, events, { keys, witnesses }, report))
  await guard('bag', () => checkStrays(files, info, events, report))
  const documents = await guard(
    'documents',
    () => checkDocuments(files, info, events, report),
    new Map(),
  )
  await guard('openings', () => checkOpenings(files, info, events, acts, documents, report))
  const folded = foldEvents(info.trade, events, report)
  await guard('draw', () => checkDraws(folded, events, keys, report))
  const result = await guard('scores', () => checkScores(info, events, folded, report), null)
  await guard('ranking', () => checkRanking(info, events, result, report))
  await guard('ranking', () => checkCorrections(info, events, report))
  await guard('openings', () => checkRevocations(info, events, report))
  const outcome = await guard(
    'ranking',
    () => checkOutcome(files, info, events, folded, report),
    null,
  )
  return {
    v: 1,
    verdict: report.verdict(trust !== null),
    pinned: trust !== null,
    kind: info.kind,
    archive: {
      trade: info.trade,
      lot: info.lot,
      origin: info.origin,
      size: Math.max(0, ...files.paths.map(sizeOfCheckpoint)),
    },
    checks: report.checks,
    findings: report.findings,
    outcome,
  }
}

/**
 * A false event may hold anything. What a check was not made for is a finding of it and ends no
 * other check.
 */
function guardOf(report: Report) {
  return async <T>(check: CheckId, run: () => T | Promise<T>, otherwise?: T): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      if (error instanceof UnreadableBag || error instanceof UnusableTrust) throw error
      report.fail(check, 'content-unreadable', {}, { found: (error as Error).message })
      return otherwise as T
    }
  }
}

const sizeOfCheckpoint = (path: string): number =>
  Number(/^data\/log\/checkpoints\/(\d+)$/.exec(path)?.[1] ?? 0)

function logKeysOf(trust: TrustFile | null): LogKey[] {
  try {
    return (trust?.log ?? []).map((k) => ({
      vkey: parseVkey(k.vkey.trim()),
      fromSize: k.fromSize,
      toSize: k.toSize,
    }))
  } catch (error) {
    if (error instanceof FormatError) throw new UnusableTrust(`the log's key: ${error.problem}`)
    throw error
  }
}

function witnessesOf(trust: TrustFile | null): Witnesses | null {
  if (!trust?.witnesses) return null
  try {
    const { vkeys, quorum } = trust.witnesses
    return { vkeys: vkeys.map((text) => parseVkey(text.trim())), quorum }
  } catch (error) {
    if (error instanceof FormatError) throw new UnusableTrust(`a witness’s key: ${error.problem}`)
    throw error
  }
}

async function materialOf(
  files: BagFiles,
  trust: TrustFile,
  isPinned: boolean,
): Promise<TrustMaterial | null> {
  let accepted: AcceptedList
  try {
    const bytes = fromB64u(trust.trustList)
    // Whoever hands over the trust file vouches for its list: its own keys are the pinned ones.
    const pinned = parseTrustList(bytes).listKeys.map((key) => certSha256(fromB64u(key)))
    accepted = await acceptTrustList(
      bytes,
      trust.signatures.map((s) => fromB64u(s)),
      { pinned },
    )
  } catch (error) {
    if (!(error instanceof TrustError) && !(error instanceof FormatError)) throw error
    if (isPinned) throw new UnusableTrust(`the trust list: ${(error as Error).message}`)
    return null
  }
  const crls: Uint8Array[] = []
  for (const path of files.paths)
    if (/^data\/trust\/crl\/[^/]+\.der$/.test(path)) crls.push(await readWhole(files, path))
  return { accepted, crls }
}
