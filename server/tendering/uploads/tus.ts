import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { Context } from 'hono'
import { languageOf } from '../../kernel/http.ts'
import { ProblemError, problemDocument } from '../../kernel/problem.ts'
import type { Session } from '../../kernel/sessions.ts'
import { loadBid, loadTrade, type Platform } from '../../platform.ts'
import { problemTexts } from '../../problems.ts'
import type { Services } from '../../services.ts'
import { projectOfLot } from '../../trade.ts'
import { type BlobPlace, isBlobId, keepBlob, maxBlobBytes, measureBlob } from '../../vault/blobs.ts'
import { reserveUpload } from '../../vault/quota.ts'
import { assertTendering } from './routes.ts'

/**
 * Resumable uploads of sealed blobs by the tus protocol 1.0 at `/uploads`. Metadata `lot`, `blobId`
 * and `bytes` say where a blob belongs; on disk they stand sealed. An upload's name is random and
 * carries a mark of its party, so that another's answers as one that never was.
 * @source https://tus.io/protocols/resumable-upload
 */
const expiryMs = 7 * 86_400_000

/** What the call was found to be about, before the protocol's handler sees it. */
type Calls = WeakMap<Request, { readonly place: BlobPlace; readonly name: string }>

/** Mounts `/uploads` and everything under it. */
export function mountUploads(app: OpenAPIHono, platform: Platform, services: Services): void {
  const calls: Calls = new WeakMap()
  const server = tusServer(platform, calls)
  const handle = async (c: Context): Promise<Response> => {
    const request = c.req.raw
    if (request.method === 'OPTIONS') return server.handleWeb(request)
    if (request.method === 'GET') throw new ProblemError('not-found')
    const session = await services.sessions.of(c)
    if (!session) throw new ProblemError('not-signed-in')
    if (request.method !== 'HEAD' && request.headers.get('x-csrf-token') !== session.csrf)
      throw new ProblemError('csrf-token-wrong')
    if (request.method === 'POST') await admitNew(platform, request, session, calls)
    else if (!isOwn(platform, session, c.req.path.slice('/uploads/'.length)))
      throw new ProblemError('not-found')
    const answer = await asDocument(await server.handleWeb(request), request)
    answer.headers.set('cache-control', 'no-store')
    answer.headers.delete('access-control-allow-origin')
    return answer
  }
  app.on(['OPTIONS', 'POST'], '/uploads', handle)
  // Hono hands HEAD to the handler of GET; a plain GET of an upload is nobody's.
  app.on(['OPTIONS', 'GET', 'PATCH', 'DELETE'], '/uploads/:name', handle)
}

function tusServer(platform: Platform, calls: Calls): Server {
  const directory = path.join(platform.folder, 'files', 'tus')
  fs.mkdirSync(directory, { recursive: true })
  const datastore = new FileStore({ directory, expirationPeriodInMilliseconds: expiryMs })
  const server = new Server({
    path: '/uploads',
    datastore,
    relativeLocation: true,
    maxSize: maxBlobBytes,
    namingFunction: (request) => callOf(calls, request).name,
    onUploadCreate: async (request) => {
      const place = Buffer.from(JSON.stringify(callOf(calls, request).place))
      return { metadata: { sealed: platform.keys.seal('draft', place).toString('base64') } }
    },
    onUploadFinish: async (_request, upload) => {
      const sealed = Buffer.from(upload.metadata?.sealed ?? '', 'base64')
      const place = JSON.parse(platform.keys.open('draft', sealed).toString()) as BlobPlace
      await finish(platform, place, path.join(directory, upload.id))
      return {}
    },
    onResponseError: (request, error) => {
      const problem = 'status_code' in error ? null : asProblem(error)
      if (!problem) return undefined
      const language = languageOf(request.headers.get('accept-language') ?? undefined)
      const document = problemDocument(problem, problemTexts, language)
      return { status_code: document.status, body: JSON.stringify(document) }
    },
  })
  const sweep = setInterval(() => void server.cleanUpExpiredUploads().catch(() => {}), 3_600_000)
  sweep.unref()
  return server
}

/** What the protocol's handler refuses in words of its own, as a problem under the protocol's status. */
async function asDocument(answer: Response, request: Request): Promise<Response> {
  if (answer.status < 400 || request.method === 'HEAD') return answer
  const { status, headers } = answer
  const language = languageOf(request.headers.get('accept-language') ?? undefined)
  const slug = status === 413 ? 'bid-too-large' : 'upload-broken'
  const said = await answer.text()
  const document = said.startsWith('{"type":"/problems/')
    ? said
    : JSON.stringify({ ...problemDocument(new ProblemError(slug), problemTexts, language), status })
  headers.delete('content-length')
  headers.set('content-type', 'application/problem+json; charset=utf-8')
  headers.set('content-language', language === 'zh' ? 'zh-CN' : 'en')
  return new Response(document, { status, headers })
}

const asProblem = (error: unknown): ProblemError | null =>
  error instanceof ProblemError ? error : new ProblemError('upload-broken')

function callOf(calls: Calls, request: unknown) {
  const found = calls.get(request as Request)
  if (!found) throw new ProblemError('not-found')
  return found
}

const markOf = (platform: Platform, party: string, random: string): string =>
  platform.keys.name('upload', party, random).subarray(0, 16).toString('hex')

function isOwn(platform: Platform, { viewer }: Session, name: string): boolean {
  const parts = /^([0-9a-f]{32})([0-9a-f]{32})$/.exec(name)
  return parts !== null && markOf(platform, viewer.party, parts[1]) === parts[2]
}

/** A new upload: by one who joined the lot, while it takes bids. */
async function admitNew(
  platform: Platform,
  request: Request,
  { viewer }: Session,
  calls: Calls,
): Promise<void> {
  const { lot = '', blobId: id = '', bytes } = metadataOf(request.headers.get('upload-metadata'))
  if (!isBlobId(id) || !/^YG-\d{8}-[0-9A-Z]{4,8}-\d{1,3}$/.test(lot))
    throw new ProblemError('not-found')
  const trade = await loadTrade(platform, projectOfLot(lot))
  const own = await loadBid(platform, lot, viewer.party)
  if (own.state.stage === 'none') throw new ProblemError('not-found')
  assertTendering(trade, lot)
  if (bytes !== request.headers.get('upload-length')) throw new ProblemError('upload-broken')
  const place = { lot, party: viewer.party, id }
  // A size that is none, or too large, is refused by the protocol's handler.
  const isSize = /^\d{1,15}$/.test(bytes ?? '') && Number(bytes) <= maxBlobBytes
  if (isSize) await reserveUpload(platform, place, Number(bytes))
  const random = randomBytes(16).toString('hex')
  const name = random + markOf(platform, viewer.party, random)
  calls.set(request, { place, name })
}

/** `key base64,key base64`. */
function metadataOf(header: string | null): Record<string, string | undefined> {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, Buffer.from(value ?? '', 'base64').toString('utf8')]),
  )
}

async function finish(platform: Platform, place: BlobPlace, file: string): Promise<void> {
  const handle = await fs.promises.open(file)
  try {
    await handle.sync()
    const present = await measureBlob(handle.createReadStream({ autoClose: false }))
    await keepBlob(platform, place, file, present)
  } finally {
    await handle.close()
  }
}
