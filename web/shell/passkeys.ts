import { t } from '../i18n/i18n.ts'
import { post } from './api.ts'
import { Problem } from './problem.ts'
import type { LoggedIn } from './session.ts'

/**
 * Passkeys by the device itself: the platform gives a challenge, the device asks its holder, and
 * what comes of it goes back. Nothing that could be copied ever leaves the device.
 */
type Ceremonies = typeof import('@simplewebauthn/browser')
type MakeOptions = Parameters<Ceremonies['startRegistration']>[0]['optionsJSON']
type UseOptions = Parameters<Ceremonies['startAuthentication']>[0]['optionsJSON']

/** Null where this browser can have passkeys, else why not. */
export function whyNoPasskeys(): string | null {
  if (!('PublicKeyCredential' in globalThis)) return t('keys.passkey.unsupported')
  return globalThis.isSecureContext ? null : t('keys.passkey.insecure')
}

/** @throws Problem in place of the device's own, which says nothing that a person could act on */
async function ceremony<T>(run: (library: Ceremonies) => Promise<T>): Promise<T> {
  const off = whyNoPasskeys()
  if (off) throw new Problem('passkey-unsupported', 0, off)
  try {
    return await run(await import('@simplewebauthn/browser'))
  } catch (error) {
    const { name } = error as Error
    if (name === 'InvalidStateError')
      throw new Problem('passkey-added-already', 0, t('keys.passkey.exists'))
    if (name === 'NotAllowedError' || name === 'AbortError')
      throw new Problem('passkey-cancelled', 0, t('keys.passkey.cancelled'))
    console.error(error)
    throw new Problem('passkey-failed', 0, t('keys.passkey.failed'))
  }
}

/** What extensions answered is for this page alone; some of it is secret and none of it is asked. */
const bare = <T extends object>(answer: T): T => ({ ...answer, clientExtensionResults: {} })

/** Makes a passkey on this device for whoever is signed in. @throws Problem */
export async function makePasskey(name: string): Promise<void> {
  const optionsJSON = await post<MakeOptions>('/api/passkeys/options', {})
  const made = await ceremony((library) => library.startRegistration({ optionsJSON }))
  await post('/api/passkeys', { ...bare(made), ...(name.trim() ? { name: name.trim() } : {}) })
}

/** Signs in by a passkey of this device. @throws Problem */
export async function usePasskey(): Promise<LoggedIn> {
  const optionsJSON = await post<UseOptions>('/api/passkeys/challenges', {})
  const used = await ceremony((library) => library.startAuthentication({ optionsJSON }))
  return post<LoggedIn>('/api/passkeys/sessions', bare(used))
}

/** A first name for a new passkey: what the device is, as its holder would say. */
export function deviceName(): string {
  const { userAgent } = navigator
  const known: readonly [RegExp, string][] = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
    [/Macintosh/, 'Mac'],
    [/Windows/, 'Windows'],
    [/Linux|X11/, 'Linux'],
  ]
  const found = known.find(([pattern]) => pattern.test(userAgent))?.[1]
  return found ? t('keys.passkey.name', { device: found }) : ''
}
