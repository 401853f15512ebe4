import { type Draft, dropDraft, readDraft, saveDraft, saveDraftAfter } from '../../shell/drafts.ts'

/** Readings and savings of one window go in turn: else each would take the last for another window's. */
const turns = new Map<string, Promise<unknown>>()
/** A browser that never answers holds up no turn after its own. */
const patienceMs = 3000

/**
 * One window's hold on a draft that several windows may have open. What another window has kept is
 * never written over unasked: this window's text then lies beside it, over a refresh too, until its
 * bidder chooses.
 */
export class KeptDraft<T> {
  readonly name: string
  /** When the draft was kept that this window's follows. */
  private since: number | null = null
  private theirs: Draft<T> | null = null
  private readonly onOther: (other: Draft<T> | null) => void
  private channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('yg-drafts') : null

  /** @param onOther told of what the other window holds, while there is a choice to make */
  constructor(name: string, onOther: (other: Draft<T> | null) => void) {
    this.name = name
    this.onOther = onOther
    this.channel?.addEventListener('message', ({ data }) => {
      if (data === this.name) void this.look()
    })
  }

  private get aside(): string {
    return `${this.name} aside`
  }

  /** The draft as it was kept last, by whichever window; null where there is none. */
  load(): Promise<Draft<T> | null> {
    return this.inTurn(async () => {
      const [kept, aside] = await Promise.all([readDraft<T>(this.name), readDraft<T>(this.aside)])
      this.since = kept?.savedAt ?? null
      if (kept && aside) this.meet(aside)
      return kept ?? aside
    })
  }

  /** @returns when it was kept; null where it is not: the browser has no room, or a choice is due */
  save(value: T): Promise<number | null | 'other'> {
    return this.inTurn(async () => {
      if (this.theirs) return this.putAside(value)
      const answer = await saveDraftAfter(this.name, value, this.since)
      if (typeof answer === 'object' && answer !== null) {
        this.meet(answer)
        return this.putAside(value)
      }
      if (answer !== null) this.keptAt(answer)
      return answer
    })
  }

  /** What this window shows is the draft from now on. */
  chooseMine(value: T): Promise<number | null> {
    return this.inTurn(async () => {
      // Where there is no room for it now, the next saving tries again.
      const isKept = await saveDraft(this.name, value)
      const kept = await readDraft<T>(this.name)
      await this.settle(kept?.savedAt ?? null)
      if (isKept) this.channel?.postMessage(this.name)
      return isKept ? this.since : null
    })
  }

  /** What the other window kept is the draft from now on. @returns it, for this window to show */
  chooseTheirs(): Promise<T | null> {
    return this.inTurn(async () => {
      const { theirs } = this
      if (!theirs) return null
      let kept = await readDraft<T>(this.name)
      if (kept?.savedAt !== theirs.savedAt) {
        // It lay beside the draft: it takes its place.
        await saveDraft(this.name, theirs.value)
        kept = await readDraft<T>(this.name)
        this.channel?.postMessage(this.name)
      }
      await this.settle(kept?.savedAt ?? null)
      return theirs.value
    })
  }

  async drop(): Promise<void> {
    await this.inTurn(async () => {
      await dropDraft(this.name)
      await this.settle(null)
    })
  }

  end(): void {
    this.channel?.close()
    this.channel = null
  }

  /** Another window has just kept the draft. */
  private look(): Promise<void> {
    return this.inTurn(async () => {
      const kept = await readDraft<T>(this.name)
      if (kept && kept.savedAt !== this.since) this.meet(kept)
    })
  }

  private meet(other: Draft<T>): void {
    this.theirs = other
    this.onOther(other)
  }

  private async putAside(value: T): Promise<'other'> {
    await saveDraft(this.aside, value)
    return 'other'
  }

  private keptAt(savedAt: number): void {
    this.since = savedAt
    this.channel?.postMessage(this.name)
  }

  private async settle(since: number | null): Promise<void> {
    this.since = since
    this.theirs = null
    this.onOther(null)
    await dropDraft(this.aside)
  }

  private inTurn<R>(work: () => Promise<R>): Promise<R> {
    const next = (turns.get(this.name) ?? Promise.resolve()).then(work)
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs))
    turns.set(this.name, Promise.race([next.catch(() => {}), patience]))
    return next
  }
}
