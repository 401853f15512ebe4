import fs from 'node:fs'
import path from 'node:path'
import type { Played } from '../../db/seed/play/play.ts'
import { prepareAct, signPrepared } from '../../server/acts/sign.ts'
import { BagWriter } from '../../server/archive/bag/write.ts'
import type { TrustFile } from '../../server/archive/verify/verify.ts'
import { canonicalize } from '../../server/formats/jcs.ts'
import { iso } from '../../server/kernel/clock.ts'
import { digestOf, type Event, newSalt } from '../../server/kernel/event.ts'
import { sha256 } from '../../server/kernel/keys.ts'
import { parseCheckpointText, parseNote, parseProof } from '../../server/log/index.ts'
import { OpenBag } from '../kit/tamper.ts'
import type { BenchPlace } from './place.ts'
import { playSmall } from './trades.ts'

/** A bag as the platform exported it. */
export interface PlayedBag {
  readonly kind: 'full' | 'public'
  readonly files: OpenBag
  readonly events: number
}

/** Files of an event that is in the log beside the trade. */
export interface LoggedEvent {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly isSigned: boolean
}

export interface Bags {
  readonly played: Played
  readonly trust: TrustFile
  readonly bags: readonly PlayedBag[]
}

/** Exported last: a bag's revocation lists must be newer than every signature that it holds. */
export async function exportBags(
  played: Played,
  kinds: readonly PlayedBag['kind'][],
  folder: string,
): Promise<Bags> {
  const { regulator } = played.cast
  const bags: PlayedBag[] = []
  for (const kind of kinds) {
    const answer = await regulator.raw(`/api/lots/${played.published.lot}/bags/${kind}`)
    const file = path.join(folder, `played-${kind}.zip`)
    fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    const files = await OpenBag.read(file)
    bags.push({ kind, files, events: files.paths(/^data\/events\/.*\.json$/).length })
  }
  return { played, trust: await regulator.get<TrustFile>('/api/trust'), bags }
}

export const playToAward = (url: string): Promise<Played> => playSmall(url, 'archived')

const chunk = 2000
const perStream = 20
const oneInSoManyIsSigned = 4

/** Events of a kind that no rule knows, put into the log past the kernel; each with its proof. */
export async function logEvents(
  place: BenchPlace,
  { cast, published }: Played,
  count: number,
): Promise<LoggedEvent[]> {
  const { platform } = place.running
  const who = await cast.agency.signer()
  const prior = await cast.agency.checkpoint()
  const documentSha256 = sha256('a document').toString('base64url')
  const subject = published.subject
  const made: LoggedEvent[] = []
  for (let from = 0; from < count; from += chunk) {
    const signed = new Map<number, { act: Buffer; signature: Buffer }>()
    for (let i = from; i < Math.min(from + chunk, count); i += oneInSoManyIsSigned) {
      const nowMs = platform.store.clock.nowMs()
      const act = prepareAct(
        'approve-document',
        { subject, documentSha256, waivers: [] },
        { platform: platform.keys.platform, tender: published.project, prior, nowMs },
        who,
      )
      const given = await signPrepared(act, who, nowMs)
      const bytes = (text: string) => Buffer.from(text, 'base64url')
      signed.set(i, { act: bytes(given.act), signature: bytes(given.signature) })
    }
    // Dated after they are signed: an event stands in the log within seconds of its date.
    const at = iso(platform.store.clock.nowMs())
    let prev: string | null = null
    const events = Array.from({ length: Math.min(chunk, count - from) }, (_, n) => {
      const i = from + n
      const act = signed.get(i)
      const version = i % perStream
      if (version === 0) prev = null
      const event: Event = {
        ...{ v: 1, stream: `bench:${Math.floor(i / perStream)}`, version },
        ...{ type: 'BenchNoted', at, recordedAt: at },
        actor: { party: who.party, capacity: who.capacity },
        data: act
          ? { documentSha256, waivers: [], act: sha256(act.act).toString('base64url') }
          : { note: '演示备注', amountFen: 200_000_000 + i, list: [1, 2, 3] },
        prev,
      }
      const salt = newSalt()
      const digest = digestOf(event, salt)
      prev = digest.toString('base64url')
      return { event, salt, digest, act }
    })
    await insert(place, events)
    for (const proof of await withProofs(place, events)) made.push(proof)
  }
  return made
}

interface Made {
  readonly event: Event
  readonly salt: Buffer
  readonly digest: Buffer
  readonly act: { readonly act: Buffer; readonly signature: Buffer } | undefined
}

async function insert({ owner }: BenchPlace, events: readonly Made[]): Promise<void> {
  for (let at = 0; at < events.length; at += 200) {
    const rows = events.slice(at, at + 200).map(({ event, salt, digest }) => ({
      ...{ stream: event.stream, version: event.version, recorded_at: event.recordedAt },
      ...{ digest, salt, body: canonicalize(event as never) },
    }))
    await owner`insert into log.events ${owner(rows)}`
  }
}

async function withProofs(
  { running }: BenchPlace,
  events: readonly Made[],
): Promise<LoggedEvent[]> {
  return Promise.all(
    events.map(async ({ event, salt, digest, act }) => {
      const number = String(event.version).padStart(6, '0')
      const name = `data/events/${event.stream.replace(':', '/')}/${number}`
      const proof = await running.platform.ledger.proofOf(digest)
      const json = JSON.stringify({ event, salt: salt.toString('base64url') })
      const files = new Map<string, Uint8Array>([
        [`${name}.json`, Buffer.from(json)],
        [`${name}.tlog-proof`, Buffer.from(proof)],
        checkpointFile(proof),
      ])
      if (act) {
        const acts = `data/acts/${(event.data as { act: string }).act}`
        files.set(`${acts}.json`, act.act)
        files.set(`${acts}.p7s`, act.signature)
      }
      return { files, isSigned: act !== undefined }
    }),
  )
}

/** The checkpoint under a proof, as a bag keeps it beside. */
function checkpointFile(proof: string): [name: string, bytes: Uint8Array] {
  const text = parseProof(proof).checkpoint
  const { size } = parseCheckpointText(parseNote(text).text)
  return [`data/log/checkpoints/${size}`, Buffer.from(text)]
}

/** Writes a played bag with so many events in all. @returns how many there are, and signed acts */
export async function writeEnlarged(
  { running }: BenchPlace,
  bag: PlayedBag,
  { published }: Played,
  more: readonly LoggedEvent[],
  file: string,
): Promise<{ events: number; signed: number }> {
  const writer = new BagWriter()
  // Proofs of one tick share their checkpoint.
  const files = new Map([bag.files.files, ...more.map((one) => one.files)].flatMap((m) => [...m]))
  for (const [name, bytes] of files)
    if (name.startsWith('data/')) writer.add(name.slice('data/'.length), bytes)
  const { origin, platform } = running.platform.keys
  const at = iso(running.platform.store.clock.nowMs())
  const { project: trade, lot } = published
  await writer.write(file, { kind: bag.kind, trade, lot, origin, platform, at })
  const signed = bag.files.paths(/\.p7s$/).length + more.filter((e) => e.isSigned).length
  return { events: bag.events + more.length, signed }
}
