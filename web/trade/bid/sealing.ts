import { createMemo, createSignal } from 'solid-js'
import type { SealProgress } from '../../kit/upload-seal.tsx'
import { encryptionKeys, openCertificates, openOwnKeys } from '../../shell/keys.ts'
import { asProblem, type Problem } from '../../shell/problem.ts'
import { askSealer, onSealNews, sealCaller, sealerLife } from '../../shell/sealer.ts'
import { viewer } from '../../shell/session.ts'
import type { SealedSummary, SealNews, TestResult } from '../../workers/seal/messages.ts'
import type { EncryptionKey, OpenedCertificate } from '../../workers/sign-messages.ts'
import { mediaTypeOf } from './files.ts'
import { asJson } from './quotation.ts'
import type { Workspace } from './workspace.ts'

/** The pair 双证 that a bid is made with: one signs and is named in it, the other gets its secret. */
export interface Pair {
  readonly sign: OpenedCertificate
  readonly encrypt: EncryptionKey | null
}

/** What was sealed in this page, and whether the draft has changed since. */
export interface SealedBid {
  readonly summary: SealedSummary
  readonly test: TestResult
  /** Of the draft that was sealed, as `work.content` had it. */
  readonly content: string
  readonly certificate: string
  readonly replaces: string | null
  readonly life: number
}

export type Sealing = ReturnType<typeof createSealing>

const rateOverMs = 8000

/** How far a bid is, for as long as the worker holds it: a look elsewhere or a log-out ends nothing. */
function createStand() {
  const [progress, setProgress] = createSignal<SealProgress | null>(null)
  const [isTesting, setTesting] = createSignal(false)
  const [sealed, setSealed] = createSignal<SealedBid | null>(null)
  const [problem, setProblem] = createSignal<Problem | null>(null)
  const [isKept, setKept] = createSignal<'no' | 'yes' | 'skipped'>('no')
  return {
    ...{ progress, setProgress, isTesting, setTesting, sealed, setSealed },
    ...{ problem, setProblem, isKept, setKept },
  }
}
type Stand = ReturnType<typeof createStand>

/** By whose bid it is and in which lot; the worker holds one bid at a time. */
const stands = new Map<string, Stand>()

function standOf(work: Workspace): Stand {
  const key = JSON.stringify([work.lot().id, viewer()?.party, viewer()?.person])
  const stand = stands.get(key) ?? createStand()
  stands.set(key, stand)
  return stand
}

function progressMeter(): (news: SealNews) => SealProgress {
  let samples: { at: number; bytes: number }[] = []
  return (news) => {
    const now = Date.now()
    samples = [
      ...samples.filter((one) => now - one.at < rateOverMs),
      { at: now, bytes: news.sentBytes },
    ]
    const [first] = samples
    const seconds = (now - first.at) / 1000
    const rate = seconds > 0.5 ? (news.sentBytes - first.bytes) / seconds : 0
    const share = (part: number, whole: number) => (whole === 0 ? 1 : Math.min(1, part / whole))
    return {
      seal: share(news.sealedBytes, news.totalBytes),
      upload: share(news.sentBytes, news.totalBytes),
      keep: news.keptBlobs === 0 ? null : share(news.keptBlobs, news.totalBlobs),
      bytesPerSecond: rate > 0 ? rate : null,
      leftMs: rate > 0 ? ((news.totalBytes - news.sentBytes) / rate) * 1000 : null,
      state: news.state,
    }
  }
}

/** From the draft to sealed bytes on the platform: certificates, progress, self-test. */
export function createSealing(work: Workspace) {
  const [pair, setPair] = createSignal<Pair | null>(null)
  const stand = createMemo(() => standOf(work))

  /** Certificates at hand; false where the person must open a key file. */
  async function findPair(): Promise<boolean> {
    if (openCertificates().length === 0 && !(await openOwnKeys())) return false
    const all = await encryptionKeys()
    const sign = openCertificates().find((one) => !one.isExpired)
    if (!sign) return false
    const encrypt = all.find((one) => one.issuer === sign.issuer && !one.isExpired) ?? null
    setPair({ sign, encrypt })
    return true
  }

  async function seal(): Promise<void> {
    const mine = stand()
    for (const one of stands.values()) one.setSealed(null)
    mine.setProblem(null)
    mine.setKept('no')
    const meter = progressMeter()
    const endNews = onSealNews((news) => mine.setProgress(meter(news)))
    try {
      await work.own.refresh()
      const own = work.own()
      if (!own || (!pair() && !(await findPair()))) return
      const { sign, encrypt } = pair() as Pair
      const content = work.content()
      const recipient = encrypt?.key ? { der: encrypt.der, key: encrypt.key } : null
      const summary = await askSealer({
        call: 'seal',
        caller: sealCaller(),
        context: {
          // A plain copy: what the store hands out are proxies, which no worker can be sent.
          ...(JSON.parse(JSON.stringify(own.next.context)) as typeof own.next.context),
          bidder: { party: viewer()?.party ?? '', certSha256: sign.sha256 },
        },
        quotation: asJson(JSON.parse(JSON.stringify(work.price().quotation))),
        files: work.draft.files.map(({ row, name, role, file }) => ({
          row,
          name,
          role,
          file: file as File,
          mediaType: mediaTypeOf(name, (file as File).type),
        })),
        recipient,
      })
      mine.setTesting(true)
      const test = await askSealer({ call: 'test', key: encrypt?.key ?? null })
      mine.setSealed({
        summary,
        test,
        content,
        certificate: sign.sha256,
        replaces: own.next.replaces,
        life: sealerLife(),
      })
    } catch (error) {
      mine.setProblem(asProblem(error))
    } finally {
      endNews()
      mine.setTesting(false)
      mine.setProgress(null)
    }
  }

  /** The sealed bid, where it is still what the draft says and the worker still holds it. */
  const current = (): SealedBid | null => {
    const one = stand().sealed()
    const own = work.own()
    const isNext =
      one?.summary.revision === own?.next.revision &&
      one?.summary.documentVersion === own?.document.version
    const isSame = one?.content === work.content() && one.life === sealerLife()
    return one && isNext && isSame ? one : null
  }
  const isIn = (): boolean => {
    const one = stand().sealed()
    return one !== null && one.summary.headerHash === work.own()?.bid?.headerHash
  }
  /** What was sealed here is the bid that is in, and nothing was changed since. */
  const isSubmitted = (): boolean => isIn() && stand().sealed()?.content === work.content()

  return {
    pair,
    findPair,
    progress: () => stand().progress(),
    isTesting: () => stand().isTesting(),
    problem: () => stand().problem(),
    sealed: current,
    /** Something was sealed, and then the draft was changed. */
    isOutdated: () => stand().sealed() !== null && current() === null && !isIn(),
    isSubmitted,
    isKept: () => stand().isKept(),
    setKept: (how: 'no' | 'yes' | 'skipped') => stand().setKept(how),
    seal,
    pause: () => void askSealer({ call: 'pause' }),
    resume: () => void askSealer({ call: 'resume', caller: sealCaller() }),
    cancel: () => void askSealer({ call: 'cancel' }),
  }
}
