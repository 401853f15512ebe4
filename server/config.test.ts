import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

/** What stops the start, in one sentence. */
function told(env: Record<string, string>): string | null {
  try {
    readConfig(env)
    return null
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  }
}
const production = (databaseUrl: string) => ({
  YANGGUANG_MODE: 'production',
  DATABASE_URL: databaseUrl,
})
/** A production in which nothing is left to be guessed. */
const whole = (more: Record<string, string>) => ({
  ...production('postgres://u:a-secret-of-our-own@h/x'),
  YANGGUANG_ORIGIN: 'https://trade.example',
  YANGGUANG_PROXIES: '1',
  ...more,
})
const livekit = {
  LIVEKIT_URL: 'wss://video.example',
  LIVEKIT_API_KEY: 'a key of our own',
  LIVEKIT_API_SECRET: 'a secret of our own',
}

test('what is not set is off, and what is set is used', () => {
  expect(readConfig({})).toMatchObject({ mode: 'demo', livekit: null, smtpUrl: null })
  expect(readConfig({ ...livekit, SMTP_URL: 'smtps://mail.example:465' })).toMatchObject({
    livekit: { url: 'wss://video.example' },
    smtpUrl: 'smtps://mail.example:465',
  })
})

test.each<[Record<string, string>, RegExp]>([
  [{ LIVEKIT_URL: 'x' }, /^LIVEKIT_URL: /],
  [{ ...livekit, LIVEKIT_URL: "javascript:'none'; script-src *" }, /^LIVEKIT_URL: /],
  [{ ...livekit, LIVEKIT_API_SECRET: '' }, /^LIVEKIT_URL is set, so LIVEKIT_API_SECRET must/],
  [{ LIVEKIT_API_KEY: 'k' }, /^LIVEKIT_API_KEY is set, so LIVEKIT_URL must/],
  [{ SMTP_URL: '::' }, /^SMTP_URL: /],
  [{ SMTP_URL: 'https://mail.example' }, /^SMTP_URL: /],
  [{ DATABASE_URL: 'postgres://u:p@h/x' }, /YANGGUANG_MODE must say/],
  [{ YANGGUANG_MODE: 'production' }, /needs DATABASE_URL/],
  [production('postgres://u:postgres@h/x'), /default secret/],
  [production('postgres://u:50%off@h/x'), /^DATABASE_URL: a % in its password/],
  [whole({ YANGGUANG_ORIGIN: '' }), /needs YANGGUANG_ORIGIN/],
  [whole({ YANGGUANG_ORIGIN: 'http://trade.example' }), /^YANGGUANG_ORIGIN must be https/],
  [whole({ YANGGUANG_ORIGIN: 'http://localhost.example' }), /^YANGGUANG_ORIGIN must be https/],
  [whole({ YANGGUANG_ORIGIN: 'https://trade.example/x' }), /^YANGGUANG_ORIGIN: /],
  [whole({ YANGGUANG_PROXIES: '' }), /needs YANGGUANG_PROXIES/],
])('a setting that cannot be used is named: %j', (env, message) => {
  expect(told(env)).toMatch(message)
})

test('production runs behind https with its proxies told, or on this machine alone', () => {
  expect(readConfig(whole({}))).toMatchObject({
    origin: 'https://trade.example',
    trustedProxies: 1,
  })
  for (const here of ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080'])
    expect(told(whole({ YANGGUANG_ORIGIN: here, YANGGUANG_PROXIES: '0' }))).toBeNull()
  expect(readConfig({}).trustedProxies).toBe(0)
})
