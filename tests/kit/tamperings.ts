import { parseEnvelope } from '../../server/sealing/index.ts'
import type { EventFile, OpenBag } from './tamper.ts'

/** A finding that must be there: its code, and at least this of its place. */
export interface Expected {
  readonly code: string
  readonly place: Readonly<Record<string, unknown>>
}

/** One change to a bag, and what a verifier must say of it. */
export interface Tampering {
  readonly name: string
  /** What it changes is in full bags alone. */
  readonly full?: true
  readonly change: (bag: OpenBag) => readonly Expected[]
}

type Rows = {
  rows: { party: string; quotationKey: string; quotation: Quotation; priceFen: number }[]
}
interface Quotation {
  lines: { id: string; fen: number }[]
}

/** Parties and their folders, in the order of the parties. */
export function biddersOf(bag: OpenBag): { party: string; folder: string }[] {
  return bag
    .paths(/^data\/bids\/[^/]+\/act\.json$/)
    .map((path) => ({
      party: bag.json<{ actor: { party: string } }>(path).actor.party,
      folder: path.slice(0, -'/act.json'.length),
    }))
    .sort((a, b) => (a.party < b.party ? -1 : 1))
}

/** A bid's blobs, the largest first. */
export const blobsOf = (bag: OpenBag, folder: string) =>
  bag
    .paths(/\/blobs\//)
    .filter((p) => p.startsWith(`${folder}/`))
    .sort((a, b) => bag.bytes(b).length - bag.bytes(a).length)

export const headOf = (path: string) => {
  const [, stream, version] = /^data\/events\/(.+)\/(\d{6})\.json$/.exec(path) as RegExpExecArray
  return { path, stream: stream.replace('/', ':'), version: Number(version) }
}
export const proofOf = (path: string) => path.replace(/\.json$/, '.tlog-proof')
/** What an event that was changed fails by, whatever else it fails by. */
export const unlogged = (path: string): Expected => ({
  code: 'leaf-not-in-batch',
  place: { ...headOf(path), path: proofOf(path) },
})

/** Bytes of a blob before its second chunk: magic, head, one sealed chunk. */
const chunkBytes = 262_144 + 16
const secondChunk = 8 + 56 + chunkBytes

/** The table of `sealing-ledger.md` §9, without what needs a board or witnesses. */
export const tableOfNine: readonly Tampering[] = [
  {
    name: '1 a byte of a blob’s chunk',
    full: true,
    change: (bag) => {
      const [{ party, folder }] = biddersOf(bag)
      const [path] = blobsOf(bag, folder)
      bag.flip(path, secondChunk + 9)
      return [{ code: 'file-chunk-altered', place: { bidder: party, path, chunk: 1 } }]
    },
  },
  {
    name: '2 chunks of a file swapped; the last chunk of another cut off',
    full: true,
    change: (bag) => {
      const [, a, b] = biddersOf(bag)
      const [path] = blobsOf(bag, a.folder)
      const bytes = Buffer.from(bag.bytes(path))
      const [one, two] = [secondChunk - chunkBytes, secondChunk]
      const swapped = Buffer.concat([
        bytes.subarray(0, one),
        bytes.subarray(two, two + chunkBytes),
        bytes.subarray(one, two),
        bytes.subarray(two + chunkBytes),
      ])
      bag.set(path, swapped)
      const [cut] = blobsOf(bag, b.folder)
      bag.set(cut, bag.bytes(cut).subarray(0, 8 + 56))
      return [
        { code: 'file-chunk-altered', place: { bidder: a.party, path, chunk: 0 } },
        { code: 'file-truncated', place: { bidder: b.party, path: cut, chunk: 0 } },
      ]
    },
  },
  {
    name: '3 a price in the opening record',
    change: (bag) => {
      const path = bag.eventPath('BidsOpened')
      const party = biddersOf(bag)[1].party
      bag.editEvent(path, ({ data }) => {
        const row = (data as unknown as Rows).rows.find((r) => r.party === party)
        if (row) row.quotation.lines[0].fen -= 1
      })
      const place = { bidder: party, line: 'lines.total' }
      return [{ code: 'opening-differs-from-quotation', place }, unlogged(path)]
    },
  },
  {
    name: '4 a byte of a quotation stream; another bid’s quotation key',
    change: (bag) => {
      const [a, , b, c] = biddersOf(bag)
      const path = `${a.folder}/envelope.bin`
      const parsed = parseEnvelope(bag.bytes(path))
      if (parsed.problem !== undefined) throw new Error(parsed.problem)
      const { headerBytes } = parsed.envelope
      bag.flip(path, 8 + 4 + headerBytes.length + 56 + 5)
      const key = (folder: string) =>
        bag.json<{ quotationKey: string }>(`${folder}/opening.json`).quotationKey
      const others = key(c.folder)
      bag.edit<{ quotationKey: string }>(`${b.folder}/opening.json`, (o) => {
        o.quotationKey = others
      })
      return [
        { code: 'quotation-chunk-altered', place: { bidder: a.party, chunk: 0 } },
        { code: 'quotation-commitment-differs', place: { bidder: b.party } },
      ]
    },
  },
  {
    name: '5 one bidder’s header with another as bidder',
    change: (bag) => {
      const [, , , a, b] = biddersOf(bag)
      const path = `${b.folder}/envelope.bin`
      const bytes = Buffer.from(bag.bytes(`${a.folder}/envelope.bin`))
      // Ids of organisations are of one length, so the header keeps its own.
      const at = bytes.indexOf(a.party)
      bytes.write(b.party, at, 'latin1')
      bag.set(path, bytes)
      return [
        { code: 'openability-proof-wrong', place: { bidder: b.party, path } },
        { code: 'signature-invalid', place: { bidder: b.party, path } },
      ]
    },
  },
  {
    name: '6 another secret',
    full: true,
    change: (bag) => {
      const { party, folder } = biddersOf(bag)[1]
      bag.edit<{ s: string }>(`${folder}/opening.json`, (o) => {
        o.s = 'A'.repeat(43)
      })
      return [{ code: 'key-not-this-bid', place: { bidder: party } }]
    },
  },
  {
    name: '7 an event removed, the rest renumbered',
    change: (bag) => {
      const path = bag.eventPath('QuotationsRead')
      const { stream, version } = headOf(path)
      const folder = path.slice(0, path.lastIndexOf('/'))
      const name = (v: number) => `${folder}/${String(v).padStart(6, '0')}.json`
      let at = version
      for (; bag.files.has(name(at + 1)); at++) {
        bag.set(proofOf(name(at)), bag.bytes(proofOf(name(at + 1))))
        const next = bag.json<EventFile>(name(at + 1))
        bag.set(name(at), { ...next, event: { ...next.event, version: at } })
      }
      bag.remove(name(at))
      bag.remove(proofOf(name(at)))
      return [{ code: 'stream-chain-broken', place: { stream, version } }]
    },
  },
  {
    name: '8 a score, with the digests behind it',
    full: true,
    change: (bag) => {
      const path = bag.eventPath('BidsRanked')
      let bid = ''
      bag.editEvent(path, ({ data }) => {
        const [first] = data.ranking as { bid: string; total: string }[]
        first.total = '99.99'
        bid = first.bid
      })
      const place = { ...headOf(path), bidder: bid, item: 'total' }
      return [unlogged(path), { code: 'score-differs', place }]
    },
  },
  {
    name: '9 a proof moved to another index',
    change: (bag) => {
      const path = proofOf(bag.eventPath('LotAwarded'))
      bag.set(
        path,
        bag.text(path).replace(/^index (\d+)$/m, (_, n) => `index ${Number(n) - 1}`),
      )
      return [{ code: 'inclusion-proof-wrong', place: { path } }]
    },
  },
  {
    name: '10 the root replaced; the checkpoint signed again by a stranger',
    change: (bag) => {
      const [replaced] = bag.paths(/^data\/log\/checkpoints\//)
      const lines = bag.text(replaced).split('\n')
      lines[2] = Buffer.alloc(32, 7).toString('base64')
      bag.set(replaced, lines.join('\n'))
      const size = Number(lines[1])
      const proof = proofOf(bag.eventPath('LotOpened'))
      // Another key: its id, in front of the signature, is not the pinned one’s.
      bag.set(
        proof,
        bag.text(proof).replace(/(— \S+ )(\S+)/, (_, who, sig) => {
          const bytes = Buffer.from(sig, 'base64')
          bytes[0] ^= 1
          return who + bytes.toString('base64')
        }),
      )
      return [
        { code: 'checkpoint-signature-wrong', place: { path: replaced, size } },
        { code: 'checkpoint-key-unknown', place: { path: proof } },
      ]
    },
  },
]
