import { z } from 'zod'

/**
 * Every setting, read once from the environment (names in `docs/settings.md`). A value that
 * cannot be used stops the start with one sentence naming it.
 */
const environment = z.object({
  YANGGUANG_MODE: z.enum(['demo', 'production']).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().url().optional(),
  YANGGUANG_DATA: z.string().optional(),
  YANGGUANG_SEED: z.enum(['city', 'none']).default('city'),
  YANGGUANG_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .refine((text) => /^https?:\/\/[^/?#@]+\/?$/.test(text), 'http(s)://host[:port], no more')
    .transform((text) => new URL(text).origin)
    .optional(),
  YANGGUANG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  YANGGUANG_FAULT: z.string().optional(),
  YANGGUANG_TICK_MS: z.coerce.number().int().min(20).max(1000).default(80),
  YANGGUANG_PROXIES: z.coerce.number().int().min(0).max(8).optional(),
  YANGGUANG_STREAMS: z.coerce.number().int().min(1).max(100_000).default(2000),
  LIVEKIT_URL: z.url({ protocol: /^(wss?|https?)$/ }).optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: z.string().optional(),
  S3_ENDPOINT: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
})

export interface Config {
  mode: 'demo' | 'production'
  port: number
  host: string
  databaseUrl: string | null
  dataFolder: string | null
  seed: 'city' | 'none'
  origin: string | null
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  fault: string | null
  tickMs: number
  /** Own proxies in front: whose word about a caller's address counts. */
  trustedProxies: number
  /** Live streams that one source may hold open in a process; an office is one source. */
  streamsPerSource: number
  livekit: { url: string; key: string; secret: string } | null
  smtpUrl: string | null
}

/** A setting that stops the start; the message is for the person who starts it. */
export class ConfigError extends Error {}

const defaultSecrets = [
  'secret',
  'devkey',
  'password',
  'postgres',
  'changeme',
  'yangguang',
  'admin',
]

function passwordOf(databaseUrl: string): string {
  try {
    return decodeURIComponent(new URL(databaseUrl).password)
  } catch {
    throw new ConfigError('DATABASE_URL: a % in its password must be written %25')
  }
}

/** A secret that stands in some manual is none. */
function refuseDefaultSecrets(e: z.output<typeof environment>): void {
  const password = passwordOf(e.DATABASE_URL as string)
  const found = (
    [
      ['DATABASE_URL', password],
      ['LIVEKIT_API_KEY', e.LIVEKIT_API_KEY],
      ['LIVEKIT_API_SECRET', e.LIVEKIT_API_SECRET],
    ] as const
  ).find(([, value]) => value && defaultSecrets.includes(value.toLowerCase()))
  if (found)
    throw new ConfigError(`${found[0]} holds a default secret; production needs one of its own`)
}

/** On this machine alone nobody reads along. */
const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/**
 * What cannot be guessed: the address that people open, without which a session's cookie would also
 * go over http, and how many proxies stand in front, without which all callers count as one.
 */
function refuseGuesses(e: z.output<typeof environment>): void {
  if (!e.YANGGUANG_ORIGIN)
    throw new ConfigError(
      'YANGGUANG_MODE=production needs YANGGUANG_ORIGIN, the https:// address that people open',
    )
  const origin = new URL(e.YANGGUANG_ORIGIN)
  if (origin.protocol !== 'https:' && !isLoopback(origin))
    throw new ConfigError(
      'YANGGUANG_ORIGIN must be https:// in production; http:// is for a loopback address alone',
    )
  if (e.YANGGUANG_PROXIES === undefined)
    throw new ConfigError(
      'YANGGUANG_MODE=production needs YANGGUANG_PROXIES: how many own proxies stand in front, 0 where none does',
    )
}

/**
 * @param env the process environment
 * @throws ConfigError naming the setting and what is accepted
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${issue.path.join('.')}: ${issue.message}`)
  }
  const e = parsed.data
  const mode = e.YANGGUANG_MODE ?? (e.DATABASE_URL ? null : 'demo')
  if (mode === null)
    throw new ConfigError(
      'DATABASE_URL is set, so YANGGUANG_MODE must say whether this is demo or production',
    )
  if (mode === 'production' && !e.DATABASE_URL)
    throw new ConfigError('YANGGUANG_MODE=production needs DATABASE_URL')
  if (mode === 'production' && e.YANGGUANG_FAULT)
    throw new ConfigError('YANGGUANG_FAULT is for demo and tests only')
  if (mode === 'production') refuseDefaultSecrets(e)
  if (mode === 'production') refuseGuesses(e)
  const livekit = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const
  const [missing, given] = [livekit.find((name) => !e[name]), livekit.find((name) => e[name])]
  if (missing && given) throw new ConfigError(`${given} is set, so ${missing} must be set too`)
  return {
    mode,
    port: e.PORT,
    host: e.HOST,
    databaseUrl: e.DATABASE_URL ?? null,
    dataFolder: e.YANGGUANG_DATA ?? null,
    seed: mode === 'production' ? 'none' : e.YANGGUANG_SEED,
    origin: e.YANGGUANG_ORIGIN ?? null,
    logLevel: e.YANGGUANG_LOG,
    fault: e.YANGGUANG_FAULT ?? null,
    tickMs: mode === 'production' ? e.YANGGUANG_TICK_MS : 80,
    trustedProxies: e.YANGGUANG_PROXIES ?? 0,
    streamsPerSource: e.YANGGUANG_STREAMS,
    livekit:
      e.LIVEKIT_URL && e.LIVEKIT_API_KEY && e.LIVEKIT_API_SECRET
        ? { url: e.LIVEKIT_URL, key: e.LIVEKIT_API_KEY, secret: e.LIVEKIT_API_SECRET }
        : null,
    smtpUrl: e.SMTP_URL ?? null,
  }
}
