import { createSignal } from 'solid-js'
import type { Viewer } from '../../server/kernel/viewer.ts'
import { get, post, remove, setToken, whenSignedOut } from './api.ts'
import { forgetFirstAnswers } from './first-answers.ts'

/** Who is signed in, shared by all tabs of this browser. */
export interface Session {
  readonly viewer: Viewer | null
  readonly csrf: string | null
  readonly mode: 'demo' | 'production'
}
const nobody: Session = { viewer: null, csrf: null, mode: 'production' }

const [session, setSession] = createSignal<Session>(nobody)
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('yg-session') : null
const listeners = new Set<() => void>()

export { session }
export const viewer = () => session().viewer
export const isDemo = () => session().mode === 'demo'

/** Runs after every change of who is signed in: live stream, keys. */
export function onSessionChange(run: () => void): void {
  listeners.add(run)
}

let isKnown = false
let hasLeft = false
/** Whether the last session was ended by its holder, here or in another window, and not by time. */
export const wasLeft = () => hasLeft

export async function loadSession(): Promise<void> {
  const before = session().viewer
  if (isKnown) forgetFirstAnswers() // they are for who was signed in at first
  const next = await get<Session>('/api/session')
  if (next.viewer) hasLeft = false
  setToken(next.csrf)
  setSession(next)
  isKnown = true
  void loadMemberships()
  if (before?.party !== next.viewer?.party || before?.person !== next.viewer?.person)
    for (const run of listeners) run()
}

async function changed(): Promise<void> {
  await loadSession()
  channel?.postMessage('changed')
}

/** Becomes a demo identity; the work of the one before stays on this device. */
export async function signInDemo(identity: string): Promise<void> {
  await post('/api/demo/sessions', { identity })
  await changed()
}

/** After a passkey, a certificate or a link has made the session. */
export const signedIn = changed

/** As what a person acts for an organisation. */
export type Capacity = Viewer['capacity']

/** What every way in answers. */
export interface LoggedIn {
  readonly viewer: Viewer
  readonly choices: readonly Membership[]
}

/** One thing that the signed-in person may be: for whom, and as what. */
export interface Membership {
  readonly party: string
  readonly partyName: string | null
  readonly capacity: Capacity
}
const [memberships, setMemberships] = createSignal<readonly Membership[]>([])

export { memberships }

/** Who has several capacities acts for nobody until one is chosen. */
export const hasChosen = (): boolean => {
  const one = viewer()
  return one !== null && (one.roles.length > 0 || one.party !== one.person)
}
const isSame = (one: Membership) => {
  const now = viewer()
  return one.party === now?.party && one.capacity === now.capacity
}
/** What the person may be beside what he now is. */
export const otherMemberships = () => memberships().filter((one) => !isSame(one))

async function loadMemberships(): Promise<void> {
  const person = viewer()?.person
  const found = person
    ? await get<{ items: Membership[] }>('/api/session/capacities').catch(() => ({ items: [] }))
    : { items: [] }
  if (viewer()?.person === person) setMemberships(found.items)
}

/** Acts for another organisation, or in another capacity, from now on. */
export async function actAs({ party, capacity }: Membership): Promise<void> {
  await post('/api/session/capacity', { party, capacity })
  await changed()
}

export async function signOut(): Promise<void> {
  await remove('/api/session')
  hasLeft = true
  await loadSession()
  channel?.postMessage('left')
}

whenSignedOut(() => {
  if (session().viewer) void loadSession().catch(() => {})
})
channel?.addEventListener('message', ({ data }) => {
  if (data === 'left') hasLeft = true
  void loadSession().catch(() => {})
})
