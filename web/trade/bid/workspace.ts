import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { FileRole } from '../../../server/sealing/index.ts'
import type { LotTerms } from '../../../server/tendering/project/document.ts'
import type { TradeLot, TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import { dropDraft, readDraft, saveDraft } from '../../shell/drafts.ts'
import { askSealer } from '../../shell/sealer.ts'
import { viewer } from '../../shell/session.ts'
import { type BidFile, fileProblem, isOddType, maxFiles, plainName, roleOfName } from './files.ts'
import type { OwnBid } from './own-bid.ts'
import { emptyQuotation, type QuotationDraft, quotationState } from './quotation.ts'

/**
 * What a bidder is writing for one lot, price list and files, as the store holds it: kept on this
 * device until it is sealed.
 */
type Writable<T> = { -readonly [K in keyof T]: T[K] }
interface DraftStore {
  quotation: Writable<QuotationDraft>
  files: Writable<BidFile>[]
}
const emptyDraft = (): DraftStore => ({
  quotation: { ...emptyQuotation, fen: {} },
  files: [],
})
const saveAfterMs = 400

export type Workspace = ReturnType<typeof createWorkspace>

/**
 * The draft of a lot's bid with all that follows from it.
 * @param trade must hold a document
 */
export function createWorkspace(
  trade: Accessor<TradePage>,
  lot: Accessor<TradeLot>,
  own: Live<OwnBid>,
) {
  const [draft, setDraft] = createStore<DraftStore>(emptyDraft())
  const [isLoaded, setLoaded] = createSignal(false)
  const [savedAt, setSavedAt] = createSignal<number | null>(null)
  const [keepsFiles, setKeepsFiles] = createSignal(true)
  /** Grows with every change, so that what was sealed before it is known to be older. */
  const [edition, setEdition] = createSignal(0)
  // A memo: a newer reading of the trade is no other draft, and must not be read over what is typed.
  const key = createMemo(() => `bid ${lot().id} ${viewer()?.party ?? ''}`)
  let timer: ReturnType<typeof setTimeout> | undefined

  createEffect(
    on(key, async (name) => {
      setLoaded(false)
      const kept = await readDraft<DraftStore>(name)
      if (name !== key()) return
      setDraft(reconcile(kept ? kept.value : emptyDraft(), { key: 'row' }))
      setSavedAt(kept?.savedAt ?? null)
      setLoaded(true)
    }),
  )

  async function save(): Promise<void> {
    const value = unwrap(draft)
    const name = key()
    let isKept = await saveDraft(name, value)
    setKeepsFiles(isKept)
    if (!isKept) {
      // No room for the files themselves: their names and the price list still fit.
      const files = value.files.map((one) => ({ ...one, file: null, problem: 'missing' as const }))
      isKept = await saveDraft(name, { ...value, files })
    }
    if (isKept) setSavedAt(Date.now())
  }
  function changed(): void {
    setEdition((n) => n + 1)
    clearTimeout(timer)
    timer = setTimeout(() => void save(), saveAfterMs)
  }
  onCleanup(() => {
    if (!timer) return
    clearTimeout(timer)
    void save()
  })

  function setQuotation(part: Partial<QuotationDraft>): void {
    setDraft('quotation', part)
    changed()
  }

  async function addFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const name = plainName(file.name)
      const isThere = draft.files.some((one) => one.name === name && one.bytes === file.size)
      if (isThere && draft.files.find((one) => one.name === name)?.file) continue
      if (draft.files.length >= maxFiles) return
      const row = crypto.randomUUID()
      const one: BidFile = {
        row: draft.files.find((other) => other.name === name && !other.file)?.row ?? row,
        name,
        bytes: file.size,
        role: draft.files.find((other) => other.name === name)?.role ?? roleOfName(name),
        file,
        sha256: null,
        problem: await fileProblem(file),
        isOdd: isOddType(name),
      }
      setDraft('files', (all) => [...all.filter((other) => other.row !== one.row), one])
      changed()
      if (!one.problem) void digest(one.row, file)
    }
  }

  async function digest(row: string, file: File): Promise<void> {
    const sha256 = await askSealer({ call: 'digest', file }).catch(() => null)
    setDraft('files', (one) => one.row === row, { sha256 })
    if (sha256) clearTimeout(timer)
    if (sha256) timer = setTimeout(() => void save(), saveAfterMs)
  }

  function setRole(row: string, role: FileRole): void {
    setDraft('files', (one) => one.row === row, { role })
    changed()
  }
  function removeFile(row: string): void {
    setDraft('files', (all) => all.filter((one) => one.row !== row))
    changed()
  }

  const terms = (): LotTerms => lot().terms
  const price = createMemo(() =>
    quotationState(terms().quotation, terms().ceilingPriceFen, draft.quotation),
  )
  const badFiles = () => draft.files.filter((one) => one.problem !== null || !one.file)

  return {
    trade,
    lot,
    own,
    draft,
    terms,
    price,
    badFiles,
    /** Until then nothing may be typed: the draft that comes would take its place. */
    isLoaded,
    savedAt,
    keepsFiles,
    edition,
    setQuotation,
    addFiles,
    setRole,
    removeFile,
    totalBytes: () => draft.files.reduce((sum, one) => sum + one.bytes, 0),
    isWhole: () =>
      price().problems.length === 0 && draft.files.length > 0 && badFiles().length === 0,
    /** After a submission: nothing waits to be sent any more. */
    forget: () => {
      clearTimeout(timer)
      timer = undefined
      setSavedAt(null)
      return dropDraft(key())
    },
  }
}
