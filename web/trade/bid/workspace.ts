import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { FileRole } from '../../../server/sealing/index.ts'
import type { LotTerms } from '../../../server/tendering/project/document.ts'
import type { TradeLot, TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import type { Draft } from '../../shell/drafts.ts'
import { askSealer } from '../../shell/sealer.ts'
import { viewer } from '../../shell/session.ts'
import { scaleDoubt } from '../scale.ts'
import {
  type BidFile,
  fileProblem,
  isOddType,
  maxFiles,
  pagesOf,
  plainName,
  roleOfName,
} from './files.ts'
import { KeptDraft } from './kept-draft.ts'
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
  /** The draft as another window keeps it, while there is a choice to make. */
  const [theirs, setTheirs] = createSignal<Draft<DraftStore> | null>(null)
  const [confirmedFen, setConfirmedFen] = createSignal<number | null>(null)
  let kept: KeptDraft<DraftStore> | null = null
  // A memo: a newer reading of the trade is no other draft, and must not be read over what is typed.
  const key = createMemo(() => `bid ${lot().id} ${viewer()?.party ?? ''}`)
  let timer: ReturnType<typeof setTimeout> | undefined

  createEffect(
    on(key, async (name) => {
      setLoaded(false)
      setTheirs(null)
      kept?.end()
      const mine = new KeptDraft<DraftStore>(name, setTheirs)
      kept = mine
      const found = await mine.load()
      if (name !== key()) return
      setDraft(reconcile(found ? found.value : emptyDraft(), { key: 'row' }))
      setSavedAt(found?.savedAt ?? null)
      setLoaded(true)
      // What an earlier page had no time to work out.
      for (const { row, file, sha256, pages } of found?.value.files ?? []) {
        if (file && sha256 === null) void digest(row, file)
        if (file && pages === undefined) count(row, file)
      }
    }),
  )

  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const mine = kept
    if (!mine) return
    const value = unwrap(draft)
    let at = await mine.save(value)
    setKeepsFiles(at !== null)
    if (at === null) {
      // No room for the files themselves: their names and the price list still fit.
      const files = value.files.map((one) => ({ ...one, file: null, problem: 'missing' as const }))
      at = await mine.save({ ...value, files })
    }
    if (typeof at === 'number') setSavedAt(at)
  }
  let isGone = false
  function changed(): void {
    if (isGone) return
    clearTimeout(timer)
    timer = setTimeout(() => void save(), saveAfterMs)
  }
  onCleanup(() => {
    isGone = true
    const mine = kept
    void (timer ? save() : Promise.resolve()).finally(() => mine?.end())
  })

  async function chooseMine(): Promise<void> {
    const at = await kept?.chooseMine(unwrap(draft))
    if (at) setSavedAt(at)
  }
  async function chooseTheirs(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const value = await kept?.chooseTheirs()
    if (!value) return
    setDraft(reconcile(value, { key: 'row' }))
    setSavedAt(Date.now())
  }

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
      if (one.problem) continue
      void digest(one.row, file)
      count(one.row, file)
    }
  }

  /** One file after another: each opens its reader anew. */
  let counting: Promise<unknown> = Promise.resolve()
  function count(row: string, file: File): void {
    counting = counting.then(async () => {
      const pages = await pagesOf(file)
      setDraft('files', (one) => one.row === row, { pages })
      if (pages !== null) changed()
    })
  }

  async function digest(row: string, file: File): Promise<void> {
    const sha256 = await askSealer({ call: 'digest', file }).catch(() => null)
    setDraft('files', (one) => one.row === row, { sha256 })
    if (sha256) changed()
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
  /** What would be sealed, so that what was sealed before a change is known to be older. */
  const content = createMemo(() =>
    JSON.stringify([
      price().quotation,
      draft.files.map(({ row, name, bytes, role, file }) => [
        ...[row, name, bytes, role],
        file?.lastModified ?? null,
      ]),
    ]),
  )
  const doubt = createMemo(() =>
    scaleDoubt(price().totalFen, terms().ceilingPriceFen, trade().document?.budgetFen),
  )
  const other = () => {
    const one = theirs()
    if (!one) return null
    const { savedAt, value } = one
    const { totalFen } = quotationState(terms().quotation, undefined, value.quotation)
    return { savedAt, totalFen, files: value.files.length }
  }
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
    content,
    scaleDoubt: doubt,
    isScaleConfirmed: () => confirmedFen() === price().totalFen,
    confirmScale: (isRight: boolean) => setConfirmedFen(isRight ? price().totalFen : null),
    /** What another window keeps, while there is a choice to make. */
    other,
    chooseMine,
    chooseTheirs,
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
      return kept?.drop()
    },
  }
}
