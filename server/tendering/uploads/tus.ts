import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import type { Context } from 'hono'
import { mayCall, noStanding, rolesOf } from '../../access.ts'
import { languageOf } from '../../kernel/http.ts'
import { ProblemError, problemDocument } from '../../kernel/problem.ts'
import { checkToken, type Session } from '../../kernel/sessions.ts'
import { loadBid, loadTrade, type Platform } from '../../platform.ts'
import { problemTexts } from '../../problems.ts'
import type { Services } from '../../services.ts'
import { projectOfLot } from '../../trade.ts'
import {
  type BlobPlace,
  findBlob,
  isBlobId,
  keepBlob,
  maxBlobBytes,
  measureBlob,
} from '../../vault/blobs.ts'
import {
  keepReserved,
  releaseUpload,
  removeUpload,
  reserveUpload,
  sweepReserved,
  uploadFolder,
  whileReceiving,
} from '../../vault/quota.ts'
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
  const store = storeOf(platform)
  const server = tusServer(platform, store, calls)
  const handle = async (c: Context): Promise<Response> => {
    const request = c.req.raw
    if (request.method === 'OPTIONS') return server.handleWeb(request)
    if (request.method === 'GET') throw new ProblemError('not-found')
    const session = await services.sessions.of(c)
    if (!session) throw new ProblemError('not-signed-in')
    if (request.method !== 'HEAD') checkToken(c, session)
    const run = async () => asDocument(await server.handleWeb(request), request)
    const answer =
      request.method === 'POST'
        ? await begin(platform, request, session, calls, run)
        : await goOn(platform, c, session, store, run)
    answer.headers.set('cache-control', 'no-store')
    answer.headers.delete('access-control-allow-origin')
    return answer
  }
  app.on(['OPTIONS', 'POST'], '/uploads', handle)
  // Hono hands HEAD to the handler of GET; a plain GET of an upload is nobody's.
  app.on(['OPTIONS', 'GET', 'PATCH', 'DELETE'], '/uploads/:name', handle)
}

function storeOf(platform: Platform): FileStore {
  const directory = uploadFolder(platform)
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  return new FileStore({ directory, expirationPeriodInMilliseconds: expiryMs })
}

function tusServer(platform: Platform, datastore: FileStore, calls: Calls): Server {
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
      await finish(platform, placeIn(platform, upload), upload.id)
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
  const sweep = async () => {
    await server.cleanUpExpiredUploads().catch(() => {}) // one that is gone already
    await sweepReserved(platform)
  }
  setInterval(() => void sweep().catch(() => {}), 3_600_000).unref()
  return server
}

/** Where an upload belongs, as it was sealed when it began. */
function placeIn(platform: Platform, { metadata }: Pick<Upload, 'metadata'>): BlobPlace {
  const sealed = Buffer.from(metadata?.sealed ?? '', 'base64')
  return JSON.parse(platform.keys.open('draft', sealed).toString()) as BlobPlace
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

/** As for blobs that come in one request: the same row of the access table. */
function admitAsBidder({ viewer }: Session): void {
  const roles = rolesOf(viewer, null, { ...noStanding, joined: true })
  if (!mayCall('bid.putBlob', roles, viewer)) throw new ProblemError('not-entitled')
}

/** A new upload: by one who joined the lot, while it takes bids. */
async function begin(
  platform: Platform,
  request: Request,
  session: Session,
  calls: Calls,
  run: () => Promise<Response>,
): Promise<Response> {
  const { viewer } = session
  const { lot = '', blobId: id = '', bytes } = metadataOf(request.headers.get('upload-metadata'))
  if (!isBlobId(id) || !/^YG-\d{8}-[0-9A-Z]{4,8}-\d{1,3}$/.test(lot))
    throw new ProblemError('not-found')
  const trade = await loadTrade(platform, projectOfLot(lot))
  const own = await loadBid(platform, lot, viewer.party)
  if (own.state.stage === 'none') throw new ProblemError('not-found')
  admitAsBidder(session)
  assertTendering(trade, lot)
  if (bytes !== request.headers.get('upload-length')) throw new ProblemError('upload-broken')
  const place = { lot, party: viewer.party, id }
  if (!/^\d{1,15}$/.test(bytes ?? '')) throw new ProblemError('upload-broken')
  if (Number(bytes) > maxBlobBytes) throw new ProblemError('bid-too-large')
  const there = await findBlob(platform, place)
  if (there) throw new ProblemError(there.isForeign ? 'blob-differs' : 'blob-there')
  const random = randomBytes(16).toString('hex')
  const name = random + markOf(platform, viewer.party, random)
  await reserveUpload(platform, place, Number(bytes), name)
  calls.set(request, { place, name })
  const answer = await whileReceiving(platform, place, name, run)
  if (answer.status >= 400) await giveUp(platform, place, name)
  return answer
}

/** An upload of one's own that is there. Bytes are taken while the lot takes bids, and no longer. */
async function goOn(
  platform: Platform,
  c: Context,
  session: Session,
  store: FileStore,
  run: () => Promise<Response>,
): Promise<Response> {
  const name = c.req.path.slice('/uploads/'.length)
  if (!isOwn(platform, session, name)) throw new ProblemError('not-found')
  admitAsBidder(session) // the mark says that its party has joined
  const upload = await store.configstore.get(name)
  if (!upload || c.req.method === 'HEAD') return run()
  const place = placeIn(platform, upload)
  if (c.req.method === 'DELETE') {
    const answer = await run()
    if (answer.ok) await releaseUpload(platform, place, name)
    return answer
  }
  assertTendering(await loadTrade(platform, projectOfLot(place.lot)), place.lot)
  return whileReceiving(platform, place, name, run)
}

async function giveUp(platform: Platform, place: BlobPlace, name: string): Promise<void> {
  await removeUpload(platform, name)
  await releaseUpload(platform, place, name)
}

/** `key base64,key base64`. */
function metadataOf(header: string | null): Record<string, string | undefined> {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, Buffer.from(value ?? '', 'base64').toString('utf8')]),
  )
}

/** What came whole is given its place; what is refused is not kept for a week. */
async function finish(platform: Platform, place: BlobPlace, name: string): Promise<void> {
  const file = path.join(uploadFolder(platform), name)
  const handle = await fs.promises.open(file)
  try {
    await handle.sync()
    const present = await measureBlob(handle.createReadStream({ autoClose: false }))
    await keepBlob(platform, place, file, present)
    await keepReserved(platform, place, present.bytes)
  } catch (error) {
    if (error instanceof ProblemError) await giveUp(platform, place, name)
    throw error
  } finally {
    await handle.close()
  }
}
