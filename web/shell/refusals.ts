import { t } from '../i18n/i18n.ts'
import { toast } from '../kit/toast.tsx'
import { oneAtATime, readDraft, saveDraft } from './drafts.ts'
import type { Problem } from './problem.ts'
import { viewer } from './session.ts'

/** A signed refusal 拒收通知 with the words in which it was told. */
export interface KeptRefusal {
  readonly message: string
  readonly note: Readonly<Record<string, unknown>>
}

/** The oldest go first: each can have been saved as a file. */
const mostKept = 100
const nameOf = (party: string) => `refusals ${party}`

/** Signed refusals that this device keeps for the party signed in, the newest first. */
export async function keptRefusals(): Promise<readonly KeptRefusal[]> {
  const kept = await readDraft<readonly KeptRefusal[]>(nameOf(viewer()?.party ?? ''))
  return kept?.value ?? []
}

/** Keeps the proof of a refusal before anybody has to think of it, and says where it is. */
export async function keepRefusal({ message, refusal }: Problem): Promise<void> {
  const party = viewer()?.party
  if (!refusal || party === undefined) return
  const isKept = await oneAtATime(nameOf(party), async () => {
    const all = [{ message, note: refusal }, ...(await keptRefusals())]
    return saveDraft(nameOf(party), all.slice(0, mostKept))
  })
  if (isKept) toast(t('shell.refusalKept'))
}
