import { createSignal } from 'solid-js'
import type { Viewer } from '../../server/kernel/viewer.ts'
import { get, post, remove, setToken, whenSignedOut } from './api.ts'

/** Who is signed in, shared by all tabs of this browser. */
export interface Session {
  readonly viewer: Viewer | null
  readonly csrf: string | null
  readonly mode: 'demo' | 'production'
}
const nobody: Session = { viewer: null, csrf: null, mode: 'production' }

const [session, setSession] = createSignal<Session>(nobody)
const [isKnown, setKnown] = createSignal(false)
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('yg-session') : null
const listeners = new Set<() => void>()

export { isKnown as isSessionKnown, session }
export const viewer = () => session().viewer
export const isDemo = () => session().mode === 'demo'

/** Runs after every change of who is signed in: live stream, keys. */
export function onSessionChange(run: () => void): void {
  listeners.add(run)
}

export async function loadSession(): Promise<void> {
  const before = session().viewer
  const next = await get<Session>('/api/session')
  setToken(next.csrf)
  setSession(next)
  setKnown(true)
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

/** After a passkey or certificate has made the session. */
export const signedIn = changed

export async function signOut(): Promise<void> {
  await remove('/api/session')
  await changed()
}

whenSignedOut(() => {
  if (session().viewer) void loadSession().catch(() => {})
})
channel?.addEventListener('message', () => void loadSession().catch(() => {}))
