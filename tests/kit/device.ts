import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { makeKeyPair, openDemoAuthority } from '../../server/identity/demo/authority.ts'
import type { Platform } from '../../server/platform.ts'
import { makePkcs12, partySubject, readCertificate } from '../../server/trust/index.ts'

/** A device that holds passkeys, in Chromium itself: its holder is there and says yes. */
export interface PasskeyDevice {
  /** How many passkeys it holds. */
  count(): Promise<number>
  /** Its holder presses nothing and looks away: the next ceremony fails. */
  look(away: boolean): Promise<void>
}

export async function addPasskeyDevice(page: Page): Promise<PasskeyDevice> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    count: async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.length
    },
    look: async (away) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !away })
    },
  }
}

/**
 * A key file that the demo's authority issued to an organisation which is registered nowhere yet:
 * both keys, pass phrase `demo`.
 */
export async function newKeyFile(platform: Platform, name: string, uscc: string): Promise<Buffer> {
  const keys = path.join(platform.folder, 'keys')
  const authority = await openDemoAuthority(keys, 'p256', () => platform.store.clock.nowMs())
  const entries = await Promise.all(
    (['sign', 'encrypt'] as const).map(async (use) => {
      const pair = await makeKeyPair('p256', use)
      const der = await authority.issue({
        profile: use,
        subject: partySubject(name, uscc),
        spki: pair.spki,
        uscc,
      })
      return { friendlyName: use, pkcs8: pair.pkcs8, certificate: readCertificate(der) }
    }),
  )
  const chain = [authority.issuing]
  return Buffer.from(await makePkcs12({ entries, chain, password: 'demo', iterations: 2000 }))
}
