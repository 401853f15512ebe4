import { t } from '../i18n/i18n.ts'
import { toast } from '../kit/toast.tsx'
import { oneAtATime, readDraft, saveDraft } from './drafts.ts'
import type { Problem } from './problem.ts'
import { viewer } from './session.ts'

/** A signed refusal 拒收通知 with the words in which it was told. */
export interface KeptRefusal {
  readonly message: string
  readonly note: Readonly<Record<string, unknown>>
  /** The address that refused. */
  readonly path: string
  /** Read, and put away on the page of its act; it stays among the receipts. */
  readonly isPutAway?: boolean
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
export async function keepRefusal({ message, refusal }: Problem, path: string): Promise<void> {
  const party = viewer()?.party
  if (!refusal || party === undefined) return
  const one: KeptRefusal = { message, note: refusal, path }
  if (await change((all) => [one, ...all].slice(0, mostKept))) toast(t('shell.refusalKept'))
}

/** Puts away what one address refused. */
export async function putAwayRefusals(path: string): Promise<void> {
  await change((all) => all.map((one) => (one.path === path ? { ...one, isPutAway: true } : one)))
}

type Refusals = readonly KeptRefusal[]
async function change(to: (all: Refusals) => Refusals): Promise<boolean> {
  const name = nameOf(viewer()?.party ?? '')
  return oneAtATime(name, async () => saveDraft(name, to(await keptRefusals())))
}
