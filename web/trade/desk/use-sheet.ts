import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { PhaseName } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import { get, put } from '../../shell/api.ts'
import { dropDraft, readDraft, saveDraft } from '../../shell/drafts.ts'
import { asProblem } from '../../shell/problem.ts'
import type { DeskPage, SheetDraft } from './desk-answers.ts'
import {
  differing,
  draftRows,
  type Entries,
  type Entry,
  entriesOf,
  keyOf,
  newsOf,
} from './sheet.ts'

/** How well an own sheet is kept. `saved`: by the server; `device`: so far on this device alone. */
export interface Kept {
  readonly is: 'none' | 'saving' | 'saved' | 'device'
  readonly at: string | null
  readonly problem: string | null
}

interface OnDevice {
  readonly entries: Entries
  /** Changed since the server last kept it. */
  readonly isAhead: boolean
}

export interface OwnSheet {
  readonly entries: Entries
  readonly isReady: () => boolean
  readonly kept: () => Kept
  /** What the server holds, where it differs from what this device held: the person chooses. */
  readonly other: () => Entries | null
  readonly of: (bidder: string, item: string) => Entry | undefined
  readonly set: (bidder: string, item: string, change: Partial<Entry>) => void
  readonly choose: (which: 'device' | 'server') => void
  readonly saveNow: () => Promise<void>
  readonly drop: () => void
}

const pauseMs = 700

/** One's own sheet: every change goes to this device at once and to the server after a short pause. */
export function useSheet(place: {
  readonly lot: () => string
  readonly phase: () => PhaseName | null
  readonly party: () => string
  /** Undefined while it is not read yet. */
  readonly server: () => SheetDraft | null | undefined
}): OwnSheet {
  const [entries, setEntries] = createStore<Record<string, Entry>>({})
  const [isReady, setReady] = createSignal(false)
  const [kept, setKept] = createSignal<Kept>({ is: 'none', at: null, problem: null })
  const [other, setOther] = createSignal<Entries | null>(null)
  const name = () => `sheet ${place.lot()} ${place.party()} ${place.phase() ?? ''}`
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  /** What the server held when this window last read it or wrote to it. */
  let base: Entries = {}

  // A memo: the first answer with a draft in it is no other sheet, and must not close this one.
  const wanted = createMemo(() => (place.server() === undefined || !place.phase() ? null : name()))
  createEffect(
    on(wanted, (key) => {
      clearTimeout(timer)
      setReady(false)
      if (key) void begin(key)
    }),
  )

  async function begin(key: string): Promise<void> {
    const fromServer = place.server() ?? null
    const device = await readDraft<OnDevice>(key)
    if (key !== name()) return
    const theirs = fromServer ? entriesOf(fromServer.rows) : {}
    base = theirs
    const isAhead = device?.value.isAhead ?? false
    const mine = isAhead && device ? device.value.entries : theirs
    setEntries(reconcile({ ...mine }))
    setKept({ is: fromServer ? 'saved' : 'none', at: fromServer?.savedAt ?? null, problem: null })
    setOther(isAhead && fromServer && differing(mine, theirs).length > 0 ? theirs : null)
    setReady(true)
    if (isAhead && !other()) later(0)
  }

  function later(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void saveNow(), ms)
  }

  async function saveNow(): Promise<void> {
    clearTimeout(timer)
    const phase = place.phase()
    if (!phase || !isReady() || other()) return
    turn += 1
    const mine = turn
    const key = name()
    setKept((k) => ({ ...k, is: 'saving', problem: null }))
    try {
      const isAgreed = await takeNews()
      if (mine !== turn) return
      if (!isAgreed) {
        setKept((k) => ({ ...k, is: 'device' }))
        return
      }
      const held = structuredClone(unwrap(entries))
      const { savedAt } = await put<{ savedAt: string }>(
        `/api/lots/${place.lot()}/evaluation/draft`,
        { phase, rows: draftRows(held) },
      )
      base = entriesOf(draftRows(held))
      if (mine !== turn) return
      setKept({ is: 'saved', at: savedAt, problem: null })
      await saveDraft<OnDevice>(key, { entries: held, isAhead: false })
    } catch (error) {
      if (mine !== turn) return
      setKept((k) => ({ ...k, is: 'device', problem: asProblem(error).message }))
      later(5000)
    }
  }

  /**
   * A save puts the whole sheet in the place of the one before: what another window saved meanwhile
   * is taken over first. @returns false where both changed the same: the person chooses
   */
  async function takeNews(): Promise<boolean> {
    const { you } = await get<DeskPage>(`/api/lots/${place.lot()}/evaluation`)
    const theirs = entriesOf(you?.draft?.rows ?? [])
    const { taken, clashing } = newsOf(base, unwrap(entries), theirs)
    base = theirs
    for (const key of taken) setEntries(key, reconcile(theirs[key] ?? { reason: '' }))
    if (clashing.length === 0) return true
    const chosen = Object.fromEntries(clashing.map((key) => [key, theirs[key] ?? { reason: '' }]))
    setOther({ ...structuredClone(unwrap(entries)), ...chosen })
    return false
  }

  function set(bidder: string, item: string, change: Partial<Entry>): void {
    const key = keyOf(bidder, item)
    setEntries(key, { ...(entries[key] ?? { reason: '' }), ...change })
    setKept((k) => ({ ...k, is: 'saving' }))
    void saveDraft<OnDevice>(name(), { entries: structuredClone(unwrap(entries)), isAhead: true })
    later(pauseMs)
  }

  onCleanup(() => {
    clearTimeout(timer)
    if (kept().is === 'saving') void saveNow()
  })

  return {
    entries,
    isReady,
    kept,
    other,
    of: (bidder, item) => entries[keyOf(bidder, item)],
    set,
    choose(which) {
      const theirs = other()
      setOther(null)
      if (which === 'server' && theirs) setEntries(reconcile({ ...theirs }))
      later(0)
    },
    saveNow,
    drop() {
      clearTimeout(timer)
      void dropDraft(name())
    },
  }
}
