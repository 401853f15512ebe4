import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import { z } from 'zod'
import { access, mayCall, noStanding, type Role, rolesOf, type StandingFacts } from './access.ts'
import { forms, isPurpose } from './acts/forms.ts'
import type { AppCall, AppOperation } from './app-call.ts'
import { type FieldError, fieldTexts, hiddenMarkError } from './field-texts.ts'
import { isVouchedAlone } from './identity/members.ts'
import { verifySigned } from './identity/signing.ts'
import { isDatabaseAway } from './kernel/away.ts'
import { hiddenMarks } from './kernel/hidden-marks.ts'
import { answerProblem, languageOf, readJson, requestId } from './kernel/http.ts'
import type { Logger } from './kernel/logger.ts'
import { RawAnswer, type SignedAct } from './kernel/operation.ts'
import { listQuery, pageOfList } from './kernel/pages-of-list.ts'
import { ProblemError } from './kernel/problem.ts'
import { checkToken, sessionCookie } from './kernel/sessions.ts'
import type { Viewer } from './kernel/viewer.ts'
import { operationsOf } from './operations.ts'
import { loadTrade, type Platform } from './platform.ts'
import { settle } from './policies.ts'
import { problemTexts } from './problems.ts'
import { hubOf } from './service/live/hub.ts'
import { mountApiPage } from './service/pages/api-page.ts'
import { squeeze } from './service/pages/squeeze.ts'
import type { Services } from './services.ts'
import { standingOf } from './standing.ts'
import { mountUploads } from './tendering/uploads/tus.ts'
import { isLotOf, openingDrawId, projectOfLot, type Trade } from './trade.ts'

const signedBody = z.strictObject({
  act: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(1_400_000),
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(100_000),
})

/** Mounts every operation; what a row asks for (session, token, key, signature) is checked here. */
export function makeApp(platform: Platform, services: Services, log: Logger): OpenAPIHono {
  const app = new OpenAPIHono()
  app.use(closeUnread)
  app.use(squeeze)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", ...(platform.config.livekit ? [platform.config.livekit.url] : [])],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      crossOriginOpenerPolicy: 'same-origin',
    }),
  )
  app.onError((error, c) => {
    if (error instanceof ProblemError)
      return answerProblem(c, wasSignedIn(c, error) ? sessionExpired : error, problemTexts)
    // Neither the message of a database error nor the address may carry a party into the log.
    log.error({ request: c.get('requestId' as never), name: error.name, stack: stackOf(error) })
    const slug = isDatabaseAway(error) ? 'database-away' : 'internal-error'
    return answerProblem(c, new ProblemError(slug), problemTexts)
  })
  const operations = operationsOf(platform.config.mode, services)
  app.notFound((c) => {
    const allowed = methodsOf(operations, c.req.path)
    if (allowed.length === 0 || allowed.includes(c.req.method))
      return answerProblem(c, new ProblemError('not-found'), problemTexts)
    const answer = answerProblem(c, new ProblemError('method-not-allowed'), problemTexts)
    answer.headers.set('allow', allowed.join(', '))
    return answer
  })
  for (const operation of operations) mount(app, platform, services, log, operation)
  mountUploads(app, platform, services)
  hubOf(platform).follow(services.sessions)
  mountApiPage(app)
  return app
}

/**
 * HEAD is answered by the handler of GET, and nobody reads what it gives: its body is ended, or the
 * file behind it would stay open for ever.
 */
const closeUnread: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method === 'HEAD') await c.res.body?.cancel().catch(() => {})
}

const sessionExpired = new ProblemError('session-expired')

/** Who comes with the cookie of a session that has ended is told so, not taken for a stranger. */
const wasSignedIn = (c: Context, { slug }: ProblemError) =>
  slug === 'not-signed-in' && getCookie(c, sessionCookie) !== undefined

/** Methods that an address takes. */
function methodsOf(operations: readonly { path: string; method: string }[], path: string) {
  const at = operations.filter((operation) => {
    const form = operation.path.replace('{rest}', '.+').replace(/\{\w+\}/g, '[^/]+')
    return new RegExp(`^${form}$`).test(path)
  })
  return [...new Set(at.map(({ method }) => method.toUpperCase()))].sort()
}

function stackOf(error: Error): string {
  return (error.stack ?? '').split('\n').slice(1, 6).join('\n')
}

function mount(
  app: OpenAPIHono,
  platform: Platform,
  services: Services,
  log: Logger,
  operation: AppOperation,
): void {
  describe(app, operation)
  app.on(
    operation.method.toUpperCase(),
    operation.path.replace('{rest}', ':rest{.+}').replace(/\{(\w+)\}/g, ':$1'),
    async (c) => {
      const id = requestId(c)
      c.set('requestId' as never, id as never)
      const started = performance.now()
      const answer = await run(c, platform, services, operation, id)
      log.debug({
        request: id,
        operation: operation.id,
        ms: Math.round(performance.now() - started),
      })
      return answer
    },
  )
}

async function run(
  c: Context,
  platform: Platform,
  services: Services,
  operation: AppOperation,
  id: string,
): Promise<Response> {
  const session = await services.sessions.of(c)
  const viewer = session?.viewer ?? null
  const params = c.req.param() as Record<string, string>
  if (holdsNul(params)) throw new ProblemError('not-found')
  const trade = await tradeOfCall(platform, operation, params)
  const standing = viewer ? await standingOf(platform, viewer, trade, params.lot) : noStanding
  const roles = rolesOf(viewer, trade, standing)
  await admit(platform, operation, roles, viewer, trade, standing)
  if (operation.method !== 'get') checkToken(c, operation.open ? null : session)
  const key = c.req.header('idempotency-key')
  if ((operation.signed || operation.weighty) && !key) throw new ProblemError('key-missing')
  if (key && key.length > 200) throw new ProblemError('key-missing')
  const language = languageOf(c.req.header('accept-language'))
  const query = parse(queryForm(operation), queryOf(c), language) as Record<string, unknown>
  const given = operation.method === 'get' || operation.raw ? undefined : await readJson(c)
  const base = { platform, viewer, trade, params, key, requestId: id }
  const judge = async (): Promise<unknown> => {
    const about = { given, viewer, trade, params, language }
    const { body, signed } = await bodyOf(platform, operation, about)
    const call: AppCall = { ...base, query, body, signed, language, roles, http: c }
    return operation.handle(call)
  }
  const answer = await judge().catch(async (error) => {
    if (!operation.onRefusal || !(error instanceof ProblemError)) throw error
    throw await operation.onRefusal(
      { ...base, purpose: operation.signed ?? operation.id, given },
      error,
    )
  })
  if (operation.method !== 'get' && trade) await settle(platform, trade.id)
  if (answer instanceof RawAnswer) return answer.response
  const page = operation.list ? pageOfList(answer as never, query, c.req.url) : answer
  return c.json((page ?? { ok: true }) as never, operation.method === 'post' ? 201 : 200, {
    'cache-control': 'no-store',
  })
}

/** A lot that the trade does not have answers as no trade at all. */
async function tradeOfCall(
  platform: Platform,
  { path }: AppOperation,
  params: Record<string, string>,
): Promise<Trade | null> {
  const id = params.project ?? (params.lot ? projectOfLot(params.lot) : undefined)
  if (id === undefined) return null
  if (!/^[A-Za-z0-9-]{4,40}$/.test(id)) throw new ProblemError('not-found')
  const trade = await loadTrade(platform, id)
  const { lot } = params
  const isOpeningDraw = path.startsWith('/api/lots/{lot}/draw') && lot === openingDrawId(id)
  if (lot && !isOpeningDraw && !isLotOf(trade, lot)) throw new ProblemError('not-found')
  return trade
}

/** Absent and forbidden answer alike where existence is secret: before publication. */
async function admit(
  platform: Platform,
  operation: AppOperation,
  roles: ReadonlySet<Role>,
  viewer: Viewer | null,
  trade: Trade | null,
  _standing: StandingFacts,
): Promise<void> {
  const isParty = roles.has('Pu') || roles.has('Ag')
  const isPublic = !trade || trade.project.stage === 'published'
  if (!isPublic && !isParty) throw new ProblemError('not-found')
  if (mayCall(operation.id, roles, viewer)) {
    const isVouched = access[operation.id].own && viewer && (await isVouchedAlone(platform, viewer))
    if (isVouched) throw new ProblemError('log-in-of-own-needed')
    return
  }
  if (!viewer) throw new ProblemError('not-signed-in')
  throw new ProblemError('not-entitled')
}

const queryForm = ({ query = z.strictObject({}), list }: AppOperation) =>
  list ? query.extend(listQuery) : query

function queryOf(c: Context): Record<string, string> {
  return Object.fromEntries(new URL(c.req.url).searchParams)
}

/** U+0000 in some text: valid JSON, but no text of ours, and none that the database can keep. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul)
}

/** @throws ProblemError `input-invalid` with each field that is wrong */
function parse<T>(schema: z.ZodType<T>, value: unknown, language: 'zh' | 'en'): T {
  if (holdsNul(value)) throw new ProblemError('text-with-nul')
  const marks = hiddenMarks(value)
  if (marks.length > 0) throw withErrors(marks.map((mark) => hiddenMarkError(mark, language)))
  const parsed = schema.safeParse(value, { error: fieldTexts[language] })
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 50).map((issue) => ({
    field: issue.path.join('.'),
    code: issue.code,
    detail: issue.message,
  }))
  throw withErrors(errors)
}

const withErrors = (errors: readonly FieldError[]) =>
  new ProblemError('input-invalid', {}, { errors: [...errors] })

interface About {
  readonly given: unknown
  readonly viewer: Viewer | null
  readonly trade: Trade | null
  readonly params: Record<string, string>
  readonly language: 'zh' | 'en'
}

async function bodyOf(
  platform: Platform,
  operation: AppOperation,
  { given, viewer, trade, params, language }: About,
): Promise<{ body: unknown; signed: SignedAct | null }> {
  if (!operation.signed) {
    const body = operation.body ? parse(operation.body, given, language) : undefined
    return { body, signed: null }
  }
  if (!viewer) throw new ProblemError('not-signed-in')
  if (!isPurpose(operation.signed)) throw new Error(`no form for ${operation.signed}`)
  // Beside the act some operations take unsigned material that the act names by digest.
  const whole = operation.body
    ? z.strictObject({ ...signedBody.shape, with: operation.body })
    : signedBody
  const { act, signature, ...rest } = parse(
    whole as typeof signedBody,
    given,
    language,
  ) as z.output<typeof signedBody> & { with?: unknown }
  const signed = await verifySigned(platform, {
    act,
    signature,
    purpose: operation.signed,
    viewer,
    trade,
    lot: params.lot ?? null,
  })
  const fields = parse(forms[operation.signed] as z.ZodType, signed.own, language)
  return { body: { ...(fields as object), with: rest.with }, signed }
}

function describe(app: OpenAPIHono, operation: AppOperation): void {
  const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } })
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
  const body = operation.signed
    ? operation.body
      ? z.strictObject({ ...signedBody.shape, with: operation.body })
      : signedBody
    : operation.body
  app.openAPIRegistry.registerPath({
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    'x-roles': access[operation.id]?.roles ?? [],
    ...(operation.signed ? { 'x-purpose': operation.signed } : {}),
    request: {
      ...(names.length > 0
        ? { params: z.object(Object.fromEntries(names.map((n) => [n, z.string()]))) }
        : {}),
      ...(operation.query || operation.list ? { query: queryForm(operation) } : {}),
      ...(operation.signed || operation.weighty
        ? { headers: z.object({ 'idempotency-key': z.string().max(200) }) }
        : {}),
      ...(body ? { body: json(body) } : {}),
    },
    responses: {
      [operation.method === 'post' ? 201 : 200]: { description: 'done' },
      default: { description: 'a problem, RFC 9457' },
    },
  } as never)
}
