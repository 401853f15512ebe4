import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Some tests read published data beside the checkout, or hold our bytes against `openssl`, and are
 * skipped where these are not there. In continuous integration they must be: a skip hides nothing.
 */
test.runIf(process.env.CI)('continuous integration has every part that a test may miss', () => {
  const folders = ['bagit', 'ca', 'ledger', 'pki', 'sealing', 'sm', 'webauthn', 'wycheproof', 'zh']
  const missing = folders.filter(
    (name) => !fs.existsSync(new URL(`../../shared/vectors/${name}`, import.meta.url)),
  )
  expect(missing).toEqual([])
  expect(execFileSync('openssl', ['version'], { encoding: 'utf8' })).toMatch(/^OpenSSL/)
})
