import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../db/seed/play/client.ts'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { playTrade } from '../../db/seed/play/play.ts'
import {
  type TrustFile,
  type VerifyResult,
  verifyArchive,
} from '../../server/archive/verify/verify.ts'
import type { Keys } from '../../server/kernel/keys.ts'
import {
  checkpointText,
  formatNote,
  formatVkey,
  makeVkey,
  signNote,
} from '../../server/log/index.ts'
import { examplesFolder, type TestPlatform, testPlatform } from '../kit/platform.ts'
import { runCommand } from '../kit/server.ts'
import { OpenBag } from '../kit/tamper.ts'
import { type Expected, type Tampering, tableOfNine, unlogged } from '../kit/tamperings.ts'
import { furtherTamperings } from '../kit/tamperings-more.ts'
import {
  checkpointsOf,
  cosigned,
  sizeOf,
  trusteeName,
  underBoard,
  watched,
  withForeignLine,
  witnesses,
} from '../kit/trustees.ts'

/**
 * One whole trade is played, its two bags are exported, and both verify. Then each change that
 * someone may make to a bag is found, by its name and in its place, though the manifests fit.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-verify-'))
const fileOf = (name: string) => path.join(folder, name)
const kinds = ['full', 'public'] as const
type Kind = (typeof kinds)[number]
const bags = {} as Record<Kind, OpenBag>
/** Of a lot that failed for want of bids, which is never archived. */
const ended = {} as Record<Kind, OpenBag>
let trust: TrustFile
let keys: Keys

/** The shipped example, its files cut to what two chunks need. */
function smallInput(): DemoInput {
  const given = readInput(path.join(examplesFolder, 'school-canteen'))
  const small = (bytes: number, n: number) => (n === 0 ? 600_000 : Math.min(bytes, 4000))
  const bids = given.bids.map((bid) => ({
    ...bid,
    files: bid.files.map((file, n) => ({ ...file, bytes: small(file.bytes, n) })),
  }))
  return { ...given, bids }
}

beforeAll(async () => {
  const t = await testPlatform()
  const { published, cast } = await playTrade(t.url, smallInput(), 'archived')
  trust = await cast.regulator.get('/api/trust')
  keys = t.platform.keys
  fs.writeFileSync(fileOf('trust.json'), JSON.stringify(trust))
  await bagsAreKept(t, published.lot, cast.regulator)
  for (const kind of kinds) {
    const answer = await cast.regulator.raw(`/api/lots/${published.lot}/bags/${kind}`)
    fs.writeFileSync(fileOf(`${kind}.zip`), Buffer.from(await answer.arrayBuffer()))
    bags[kind] = await OpenBag.read(fileOf(`${kind}.zip`))
  }
  await exportEnded(t.url)
  await t.stop()
}, 240_000)
async function exportEnded(url: string): Promise<void> {
  const input = smallInput()
  const two = { ...input, bids: input.bids.slice(0, 2) }
  const { published, cast } = await playTrade(url, two, 'archived')
  for (const kind of kinds) {
    const answer = await cast.regulator.raw(`/api/lots/${published.lot}/bags/${kind}`)
    fs.writeFileSync(fileOf('ended.zip'), Buffer.from(await answer.arrayBuffer()))
    ended[kind] = await OpenBag.read(fileOf('ended.zip'))
  }
}
/** Asked for ten times, also at once, the public bag is one file; a full one is gone when read. */
async function bagsAreKept({ platform }: TestPlatform, lot: string, regulator: Person) {
  const bytes = async (kind: Kind) =>
    Buffer.from(await (await regulator.raw(`/api/lots/${lot}/bags/${kind}`)).arrayBuffer())
  const all = await Promise.all(Array.from({ length: 9 }, () => bytes('public')))
  all.push(await bytes('public'))
  expect(all.every((one) => one.equals(all[0]))).toBe(true)
  await bytes('full')
  await new Promise((r) => setTimeout(r, 200))
  expect(fs.readdirSync(path.join(platform.folder, 'bags'))).toHaveLength(1)
}

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const verify = (bag: OpenBag, by: TrustFile | null = trust) =>
  verifyArchive(bag.asFiles(), by, Date.now())

/** Each expected finding is there, at its place. */
function expectFindings(result: VerifyResult, expected: readonly Expected[]): void {
  expect(result.verdict).toBe('failed')
  const found = result.findings.map(({ code, place }) => ({ code, place }))
  for (const { code, place } of expected)
    expect(found).toContainEqual({ code, place: expect.objectContaining(place) })
}

describe.each(kinds)('the %s bag', (kind) => {
  test('passes, and every check has something to say', async () => {
    const result = await verify(bags[kind])
    expect(result.findings).toEqual([])
    expect(result).toMatchObject({ verdict: 'passed', pinned: true, kind })
    for (const { id, passed, withheld } of result.checks)
      expect(passed + withheld, id).toBeGreaterThan(0)
    const names = [...bags[kind].files.keys()].join('\n')
    if (kind === 'public') expect(names).not.toMatch(/blobs|sides|sheets/)
  })

  test('tells nothing that the public may not know, if it is the public one', () => {
    const all = [...bags[kind].files.values()].map((b) => Buffer.from(b).toString('utf8')).join()
    const isTold = /"filesKey"|"SheetSubmitted"|"BidsRanked"|"candidates":\[/.test(all)
    expect(isTold).toBe(kind === 'full')
    // Of a wrap the events hold a digest alone.
    expect(all).toMatch(/"wrap":"[A-Za-z0-9_-]{43}"/)
    expect(all).not.toMatch(/"wrap":"[A-Za-z0-9_-]{44,}/)
  })

  const fitting = [...tableOfNine, ...furtherTamperings].filter((t) => kind === 'full' || !t.full)
  test.each(fitting.map((t) => [t.name, t] as const))('%s: found', async (_, { change }) => {
    const bag = bags[kind].copy()
    const expected = change(bag)
    expectFindings(await verify(bag.mended()), expected)
  })

  test('of the ten of the table done at once each is found', async () => {
    const bag = bags[kind].copy()
    const wanted = tableOfNine.filter((t) => kind === 'full' || !t.full)
    const expected = wanted.flatMap((t) => t.change(bag))
    expectFindings(await verify(bag.mended()), expected)
  })
})

test.each(kinds)(
  'the end of any stream of an unarchived lot, cut from its %s bag',
  async (kind) => {
    expect(await verify(ended[kind])).toMatchObject({ verdict: 'passed', findings: [] })
    const paths = ended[kind].paths(/^data\/events\/.*json$/)
    const last = new Map(paths.map((path) => [path.slice(0, path.lastIndexOf('/')), path]))
    expect(last.size).toBeGreaterThan(3)
    for (const path of last.values()) {
      const bag = ended[kind].copy()
      for (const part of [path, path.replace(/json$/, 'tlog-proof')]) bag.remove(part)
      const [, stream, version] = /events\/(.+)\/(\d+)\.json$/.exec(path) as RegExpExecArray
      const place = { stream: stream.replace('/', ':'), version: Number(version) }
      expectFindings(await verify(bag.mended()), [{ code: 'stream-cut', place }])
    }
  },
)

test.each(kinds)('events of any content end no check of the %s bag', async (kind) => {
  const data = { rows: 7, lots: 'x', files: null, document: [], commitment: {}, act: 3, heads: [0] }
  const bag = bags[kind].copy()
  const types = ['BidsOpened', 'OpeningStarted', 'SeedFixed', 'NoticePublished', 'LotAwarded']
  const paths = types.map((type) => bag.eventPath(type))
  for (const path of paths)
    bag.edit<{ event: { data: object } }>(path, (f) => (f.event.data = data))
  expectFindings(await verify(bag.mended()), paths.map(unlogged))
})

test('any two changes show both', async () => {
  const all: readonly Tampering[] = [...tableOfNine, ...furtherTamperings]
  // Neighbours in a ring: each is paired twice, with what it stands beside.
  for (const [i, one] of all.entries()) {
    const other = all[(i + 7) % all.length]
    if (clashes(one, other)) continue
    const bag = bags.full.copy()
    const expected = [...one.change(bag), ...other.change(bag)]
    expectFindings(await verify(bag.mended()), expected)
  }
})
/** Two that change one thing: the second undoes the first, or takes away where it stood. */
const clashes = (a: Tampering, b: Tampering) =>
  [a.name, b.name].some((n) => /left out|another lot/.test(n))

describe('the bag itself', () => {
  test('files beside the manifest, files that are gone, files of other bytes are named', async () => {
    const bag = bags.public.copy()
    const [gone, other, unlisted] = bag.paths(/^data\/acts\/.*json$/)
    bag.remove(gone)
    bag.flip(other, 5)
    bag.set('data/acts/extra.json', '{}')
    bag.set('extra.txt', 'x')
    const lines = bag.text('manifest-sha256.txt').split('\n')
    bag.set('manifest-sha256.txt', lines.filter((l) => !l.endsWith(unlisted)).join('\n'))
    expectFindings(await verify(bag), [
      { code: 'file-missing', place: { path: gone } },
      { code: 'file-digest-differs', place: { path: other } },
      { code: 'file-not-in-manifest', place: { path: unlisted } },
      { code: 'file-not-in-manifest', place: { path: 'data/acts/extra.json' } },
      { code: 'file-not-in-manifest', place: { path: 'extra.txt' } },
      { code: 'file-digest-differs', place: { path: 'manifest-sha256.txt' } },
    ])
  })

  test('a bag of another form, and one that miscounts its payload, are named', async () => {
    const bag = bags.public.copy()
    bag.set('bagit.txt', 'BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n')
    const told = bag.text('bag-info.txt')
    bag.set('bag-info.txt', told.replace(/(Payload-Oxum: )/, '$19'))
    expectFindings(await verify(bag), [
      { code: 'bag-form-unknown', place: { path: 'bagit.txt' } },
      { code: 'payload-oxum-differs', place: { path: 'bag-info.txt' } },
    ])
  })

  test('a full bag that says it is public is none', async () => {
    const bag = bags.full.copy()
    bag.set('bag-info.txt', bag.text('bag-info.txt').replace('Kind: full', 'Kind: public'))
    const [blob] = bag.paths(/\/blobs\//)
    const [side] = bag.paths(/^data\/sides\//)
    const [opening] = bag.paths(/\/opening\.json$/)
    bag.flip(blob, 100)
    expectFindings(await verify(bag.mended()), [
      { code: 'file-unexpected', place: { path: blob } },
      { code: 'file-unexpected', place: { path: side } },
      { code: 'opening-of-other-kind', place: { path: opening } },
    ])
  })

  test('two trees of one size, both signed by the log, are named as a fork', async () => {
    const bag = bags.full.copy()
    const [place] = bag.paths(/^data\/log\/checkpoints\//)
    const size = Number(place.split('/').at(-1))
    const text = checkpointText({ origin: keys.origin, size, root: new Uint8Array(32) })
    const key = makeVkey(keys.origin, keys.logPublicKey)
    const signature = await signNote(text, key, (bytes) => keys.signLog(bytes))
    bag.set(place, formatNote({ text, signatures: [signature] }))
    const result = await verify(bag.mended())
    expect(result.findings.map((f) => f.code)).toContain('log-forked')
  })

  test('another platform’s trust file proves nothing of this bag', async () => {
    const stranger = `yg-${'b'.repeat(26)}`
    const vkey = formatVkey(makeVkey(`${stranger}/log`, keys.logPublicKey))
    const other = { ...trust, platform: stranger, log: [{ ...trust.log[0], vkey }] }
    expectFindings(await verify(bags.public, other), [
      { code: 'wrong-platform', place: { path: 'bag-info.txt' } },
      { code: 'checkpoint-key-unknown', place: {} },
    ])
  })

  test('without revocation lists nothing is wrong, and nothing is passed', async () => {
    for (const kind of kinds) {
      const bag = bags[kind].copy()
      for (const crl of bag.paths(/^data\/trust\/crl\//)) bag.remove(crl)
      const result = await verify(bag.mended())
      expect(result.verdict).toBe('indeterminate')
      expect(result.checks.find((c) => c.id === 'certificates')).toMatchObject({ passed: 0 })
      expect(result.checks.every((c) => c.failed === 0)).toBe(true)
    }
  })
})

describe('witnesses, by fixtures', () => {
  test('a quorum of them stands behind the archive', async () => {
    const bag = await cosigned(bags.public, witnesses.slice(0, 2))
    expect(await verify(bag.mended(), watched(trust))).toMatchObject({
      verdict: 'passed',
      findings: [],
    })
  })

  test('12 a cosignature of another checkpoint; too few of them', async () => {
    const bag = await cosigned(bags.public, witnesses.slice(0, 2))
    const newest = checkpointsOf(bag).at(-1) as string
    await withForeignLine(bag, newest, witnesses[1])
    expectFindings(await verify(bag.mended(), watched(trust)), [
      {
        code: 'cosignature-wrong',
        place: { path: newest, size: sizeOf(newest), witness: witnesses[1].vkey.name },
      },
      { code: 'quorum-not-met', place: { path: newest, size: sizeOf(newest) } },
    ])
  })
})

describe('trustees, by fixtures: a bid sealed again under a board', () => {
  /** What sealing it again leaves: the act named the other envelope, the event the other key. */
  const ofResealing = new Set([
    ...['signature-invalid', 'leaf-not-in-batch', 'moment-unproven', 'stream-chain-broken'],
  ])
  const codesOf = async (bag: OpenBag) =>
    (await verify(bag.mended())).findings.map((f) => f.code).filter((c) => !ofResealing.has(c))

  test('three of five give Z, and with it every file', async () => {
    const { bag } = await underBoard(bags.full, [1, 3, 5])
    expect(await codesOf(bag)).toEqual([])
  })

  test('11 a share of another bid: named with its trustee; the others open it', async () => {
    const { bag, party, sharesPath, share } = await underBoard(bags.full, [1, 3, 5])
    const place = { bidder: party, trustee: trusteeName(3), path: sharesPath }
    bag.set(sharesPath, { shares: [share(1), share(3, true), share(5)] })
    expectFindings(await verify(bag.mended()), [
      { code: 'share-proof-wrong', place },
      { code: 'shares-too-few', place: { bidder: party } },
    ])
    bag.set(sharesPath, { shares: [share(1), share(3, true), share(5), share(2)] })
    expect(await codesOf(bag)).toEqual(['share-proof-wrong'])
  })
})

describe('the command line', () => {
  const run = (...args: string[]) => runCommand(['verify', ...args])
  const [file, trustFile] = [() => fileOf('full.zip'), () => fileOf('trust.json')]

  test('0 for a good bag under pinned keys', async () => {
    const { code, out } = await run(file(), '--trust', trustFile(), '--json')
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        v: 1,
        verdict: 'passed',
        pinned: true,
        kind: 'full',
        archive: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ])
  })

  test('1 under the bag’s own keys, which a stranger could have made', async () => {
    const { code, out } = await run(file(), '--json')
    expect([code, JSON.parse(out)]).toMatchObject([1, { verdict: 'indeterminate', pinned: false }])
  })

  test('1 for a changed bag, with each finding in the report', async () => {
    const bag = bags.full.copy()
    const expected = tableOfNine[0].change(bag)
    await bag.mended().write(fileOf('changed.zip'))
    const { code, out } = await run(fileOf('changed.zip'), '--trust', trustFile(), '--json')
    expect(code).toBe(1)
    expectFindings(JSON.parse(out), expected)
  })

  test('2 for what is no bag, and for a trust file that cannot be used', async () => {
    fs.writeFileSync(fileOf('no.zip'), 'not a zip')
    fs.writeFileSync(fileOf('bad.json'), JSON.stringify({ ...trust, signatures: [] }))
    expect((await run(fileOf('no.zip'))).code).toBe(2)
    expect((await run(fileOf('missing.zip'))).code).toBe(2)
    expect((await run(file(), '--trust', fileOf('no.zip'))).code).toBe(2)
    expect((await run(file(), '--trust', fileOf('bad.json'))).code).toBe(2)
    for (const text of ['[]', 'null', '{"v":2}', JSON.stringify({ ...trust, log: 5 })]) {
      fs.writeFileSync(fileOf('bad.json'), text)
      expect((await run(file(), '--trust', fileOf('bad.json'))).code, text).toBe(2)
    }
  })

  test('2 for a zip whose compressed bytes are damaged', async () => {
    const zip = fs.readFileSync(file())
    // Past the local header of the first entry, within what was deflated.
    zip.fill(0xff, 300, 340)
    fs.writeFileSync(fileOf('damaged.zip'), zip)
    expect((await run(fileOf('damaged.zip'))).code).toBe(2)
  })
})
