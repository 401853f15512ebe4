import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createStore, type SetStoreFunction, unwrap } from 'solid-js/store'
import { builtInCalendar } from '../../../server/kernel/calendar.ts'
import type { Finding } from '../../../server/tendering/project/finding.ts'
import { type DerivedTimes, deriveTimes } from '../../../server/tendering/project/rules.ts'
import { checkDocument } from '../../../server/tendering/project/rules-document.ts'
import type { DraftPage, TradePage } from '../../shell/answers.ts'
import { get, put } from '../../shell/api.ts'
import { tradeNowMs } from '../../shell/clock.ts'
import { dropDraft, readDraft, saveDraft } from '../../shell/drafts.ts'
import { asProblem, type Problem } from '../../shell/problem.ts'
import { documentOf, type Issue } from './document-of.ts'
import { type Draft, draftOf, emptyDraft } from './draft.ts'
import { taskOfPath } from './tasks.ts'

/** The editor's state: what is typed, what is on the server, what is wrong with it, how it is kept. */
export interface Workspace {
  readonly draft: Draft
  readonly setDraft: SetStoreFunction<Draft>
  readonly saved: () => DraftPage | null
  /** The document is published: what is written here is an amendment, to be proposed. */
  readonly isAmending: () => boolean
  readonly problem: () => Problem | null
  readonly issues: () => readonly Issue[]
  /** Fields show their faults once saving was tried. */
  readonly isTried: () => boolean
  readonly findings: () => readonly Finding[]
  readonly times: () => DerivedTimes | null
  readonly document: () => ReturnType<typeof documentOf>['document']
  readonly keptAt: () => number | null
  readonly restoredAt: () => number | null
  readonly isConflict: () => boolean
  readonly isBusy: () => boolean
  readonly isSaved: () => boolean
  readonly save: () => Promise<boolean>
  readonly keepMine: () => Promise<boolean>
  readonly takeTheirs: () => Promise<void>
}

/** What a draft began from: the revision of a document, or the version of a published one. */
const basisOf = (page: DraftPage | null): number =>
  (page?.stage === 'published' ? page.version : page?.revision) ?? 0

const keepMs = 600

/** @param trade gives the clock by which the law's dates are counted */
export function useWorkspace(no: () => string, trade: () => TradePage | undefined): Workspace {
  const [draft, setDraft] = createStore<Draft>(emptyDraft())
  const [saved, setSaved] = createSignal<DraftPage | null>(null)
  const [problem, setProblem] = createSignal<Problem | null>(null)
  const [isTried, setTried] = createSignal(false)
  const [keptAt, setKeptAt] = createSignal<number | null>(null)
  const [restoredAt, setRestoredAt] = createSignal<number | null>(null)
  const [isConflict, setConflict] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [isSaved, setIsSaved] = createSignal(false)
  const keyFor = (page: DraftPage | null) =>
    `${page?.stage === 'published' ? 'amended document' : 'document'} ${no()}`
  const isAmending = () => saved()?.stage === 'published'
  const key = () => keyFor(saved())
  let isReady = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const text = createMemo(() => JSON.stringify(draft))
  const made = createMemo(() => {
    text()
    return documentOf(draft, saved()?.document ?? null)
  })
  const now = () => {
    const one = trade()
    return new Date(one ? tradeNowMs(one.clock, one.now) : Date.now()).toISOString()
  }
  const judged = createMemo(() => {
    const { document } = made()
    if (!document) return null
    const at = now()
    return {
      // An amendment changes no day that counts from the notice; a deadline has an act of its own.
      findings: checkDocument(document, at, builtInCalendar).filter(
        ({ fields }) => !isAmending() || taskOfPath(fields[0] ?? '') !== 'times',
      ),
      times: deriveTimes(document, at, builtInCalendar),
    }
  })

  function show(page: DraftPage): void {
    setSaved(page)
    if (page.document) setDraft(draftOf(page.document, page.files))
  }

  /** What was typed here and never saved comes back; a newer revision elsewhere is a choice. */
  async function load(): Promise<void> {
    try {
      const page = await get<DraftPage>(`/api/projects/${no()}/draft`)
      const kept = await readDraft<Draft>(keyFor(page))
      show(page)
      if (kept && JSON.stringify(kept.value) !== text()) {
        setDraft(kept.value)
        setRestoredAt(kept.savedAt)
        setConflict(kept.basedOn !== basisOf(page))
      }
      isReady = true
    } catch (error) {
      setProblem(asProblem(error))
    }
  }

  createEffect(
    on(
      text,
      () => {
        if (!isReady) return
        setIsSaved(false)
        clearTimeout(timer)
        timer = setTimeout(async () => {
          const basedOn = basisOf(saved())
          if (await saveDraft(key(), unwrap(draft), basedOn)) setKeptAt(Date.now())
        }, keepMs)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))

  async function saveOn(basedOn: number): Promise<boolean> {
    const { document } = made()
    setTried(true)
    if (!document) return false
    setBusy(true)
    setProblem(null)
    try {
      const files = draft.files.map(({ name, sha256, bytes, mediaType }) => ({
        name,
        sha256,
        bytes,
        mediaType,
      }))
      await put(`/api/projects/${no()}/document`, { basedOn, document, files })
      clearTimeout(timer)
      await dropDraft(key())
      setSaved(await get<DraftPage>(`/api/projects/${no()}/draft`))
      setConflict(false)
      setRestoredAt(null)
      setKeptAt(null)
      setTried(false)
      setIsSaved(true)
      return true
    } catch (error) {
      const refused = asProblem(error)
      if (refused.slug === 'stale') setConflict(true)
      else setProblem(refused)
      return false
    } finally {
      setBusy(false)
    }
  }

  async function takeTheirs(): Promise<void> {
    isReady = false
    await dropDraft(key())
    const page = await get<DraftPage>(`/api/projects/${no()}/draft`)
    if (page.document) show(page)
    else {
      setSaved(page)
      setDraft(emptyDraft())
    }
    setConflict(false)
    setRestoredAt(null)
    setKeptAt(null)
    isReady = true
  }

  void load()
  return {
    draft,
    setDraft,
    saved,
    isAmending,
    problem,
    issues: () => made().issues,
    isTried,
    findings: () => judged()?.findings ?? saved()?.findings ?? [],
    times: () => judged()?.times ?? null,
    document: () => made().document,
    keptAt,
    restoredAt,
    isConflict,
    isBusy,
    isSaved,
    save: () => saveOn(saved()?.revision ?? 0),
    keepMine: async () => {
      if (isAmending()) {
        setConflict(false)
        return true
      }
      const page = await get<DraftPage>(`/api/projects/${no()}/draft`)
      return saveOn(page.revision)
    },
    takeTheirs,
  }
}
