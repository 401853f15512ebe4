import { createHash } from 'node:crypto'
import type { EventFile, OpenBag } from './tamper.ts'
import { biddersOf, blobsOf, headOf, proofOf, type Tampering, unlogged } from './tamperings.ts'

type Names = Record<string, unknown>
const sheetOfEvent = (path: string, bag: OpenBag) => {
  const { event } = bag.json<EventFile>(path)
  return `data/sheets/${event.actor.party}-${event.version}.json`
}

/** What else someone may try who has the bag and mends what he can. */
export const furtherTamperings: readonly Tampering[] = [
  {
    name: 'an event’s time moved back',
    change: (bag) => {
      const path = bag.eventPath('OpeningStarted')
      bag.editEvent(path, (event) => {
        ;(event as { at: string }).at = '2026-03-22T00:00:00.000Z'
      })
      return [unlogged(path)]
    },
  },
  {
    name: 'an event whose actor is taken away',
    change: (bag) => {
      const path = bag.eventPath('NoticePublished')
      bag.editEvent(path, (event) => {
        ;(event as { actor: unknown }).actor = null
      })
      return [unlogged(path), { code: 'party-other', place: { stream: headOf(path).stream } }]
    },
  },
  {
    name: 'the end of a bidder’s stream cut off',
    change: (bag) => {
      const path = bag.paths(/^data\/events\/bid\/.*json$/).at(-1) as string
      for (const part of [path, proofOf(path)]) bag.remove(part)
      const { stream, version } = headOf(path)
      return [{ code: 'stream-cut', place: { stream, version } }]
    },
  },
  {
    name: 'files that nothing in the bag speaks of',
    change: (bag) => {
      const [{ folder }] = biddersOf(bag)
      const extra = [
        ...['readme.txt', 'data/note.txt', 'data/acts/extra.json', 'data/events/lot/note.txt'],
        ...['data/documents/extra', `${folder}/blobs/extra`, `${folder}x/envelope.bin`],
      ]
      const [list] = bag.paths(/^data\/trust\/crl\//)
      bag.flip(list, -3)
      for (const path of extra) bag.set(path, 'x')
      return [...extra, list].map((path) => ({ code: 'file-unexpected', place: { path } }))
    },
  },
  {
    name: 'copies that a reader looks for taken away',
    change: (bag) => {
      const [draw] = bag.paths(/^data\/draw\//)
      const checkpoint = bag.paths(/^data\/log\/checkpoints\//).at(-1) as string
      for (const path of [draw, checkpoint]) bag.remove(path)
      return [
        { code: 'draw-file-missing', place: { path: draw } },
        { code: 'checkpoint-missing', place: { path: checkpoint } },
      ]
    },
  },
  {
    name: 'a proof of bytes that are no text, events’ files with more in them or a key twice',
    change: (bag) => {
      const [proof, path] = ['NoticePublished', 'DeadlinePassed'].map((t) => bag.eventPath(t))
      bag.set(proofOf(proof), Uint8Array.of(0xff, 0xfe))
      bag.set(path, { ...bag.json<EventFile>(path), more: 1 })
      const twice = bag.eventPath('HallOpened')
      bag.set(twice, bag.text(twice).replace('{"event":', '{"salt":"","event":'))
      return [
        { code: 'event-unreadable', place: headOf(twice) },
        { code: 'proof-malformed', place: { ...headOf(proof), path: proofOf(proof) } },
        { code: 'event-unreadable', place: headOf(path) },
      ]
    },
  },
  {
    name: 'the signatures of two members swapped',
    full: true,
    change: (bag) => {
      const [a, b] = bag
        .paths(/\/events\/evaluation\/.*\.json$/)
        .map((p) => bag.json<EventFile>(p).event)
        .filter((e) => e.type === 'CommitmentSigned')
      const acts = [a, b].map((e) => `data/acts/${e.data.act}`)
      bag.swap(`${acts[0]}.p7s`, `${acts[1]}.p7s`)
      return acts.map((act) => ({ code: 'signature-invalid', place: { path: `${act}.p7s` } }))
    },
  },
  {
    name: 'the text shown in an act altered',
    change: (bag) => {
      const { data } = bag.json<EventFile>(bag.eventPath('LotAwarded')).event
      const path = `data/acts/${data.act}.json`
      bag.set(path, bag.text(path).replace('"zh":["', '"zh":["（更正）'))
      return [
        { code: 'act-altered', place: { path } },
        { code: 'act-text-differs', place: { path } },
        { code: 'signature-invalid', place: { path: path.replace('.json', '.p7s') } },
      ]
    },
  },
  {
    name: 'a row of a sheet changed, with its copy and all digests behind it',
    full: true,
    change: (bag) => {
      const path = bag.eventPath('SheetSubmitted', (e) => e.event.data.phase === 'scoring')
      bag.editEvent(path, ({ data }) => {
        const [row] = data.rows as { points: string }[]
        row.points = row.points === '1' ? '2' : '1'
      })
      bag.set(sheetOfEvent(path, bag), bag.json<EventFile>(path).event.data)
      const { stream, version } = headOf(path)
      return [
        unlogged(path),
        { code: 'event-differs-from-act', place: { stream, version, item: 'rows' } },
        { code: 'score-differs', place: { item: 'total' } },
      ]
    },
  },
  {
    name: 'the copy of a sheet alone',
    full: true,
    change: (bag) => {
      const path = bag.eventPath('SheetSubmitted', (e) => e.event.data.phase !== 'scoring')
      const copy = sheetOfEvent(path, bag)
      bag.edit<{ rows: { pass: boolean }[] }>(copy, ({ rows }) => {
        rows[0].pass = !rows[0].pass
      })
      return [{ code: 'sheet-differs', place: { path: copy } }]
    },
  },
  {
    name: 'the order of the candidates',
    full: true,
    change: (bag) => {
      const path = bag.eventPath('LotEvaluated')
      bag.editEvent(path, ({ data }) => {
        ;(data.candidates as string[]).reverse()
      })
      return [unlogged(path), { code: 'candidates-differ', place: headOf(path) }]
    },
  },
  {
    name: 'the seed of a draw',
    change: (bag) => {
      const path = bag.eventPath('SeedFixed')
      bag.editEvent(path, ({ data }) => {
        data.seed = 'ab'.repeat(32)
      })
      return [unlogged(path), { code: 'draw-seed-differs', place: headOf(path) }]
    },
  },
  {
    name: 'an expert that the draw did not choose',
    change: (bag) => {
      const path = bag.eventPath('ExpertsDrawn')
      bag.editEvent(path, ({ data }) => {
        const [stratum] = data.strata as { order: string[]; selected: string[] }[]
        stratum.selected[0] = stratum.order.find((e) => !stratum.selected.includes(e)) as string
      })
      return [unlogged(path), { code: 'draw-result-differs', place: headOf(path) }]
    },
  },
  {
    name: 'a file of the tender document',
    change: (bag) => {
      const [path] = bag.paths(/^data\/documents\/[A-Za-z0-9_-]{43}$/)
      bag.flip(path, 10)
      return [{ code: 'document-file-altered', place: { path, file: '招标文件.md' } }]
    },
  },
  {
    name: 'a published version of the tender document',
    change: (bag) => {
      const path = 'data/documents/version-1.json'
      bag.set(path, bag.text(path).replace(/"bondFen":\d+/, '"bondFen":1'))
      return [{ code: 'document-altered', place: { path } }]
    },
  },
  {
    name: 'a proof from another log',
    change: (bag) => {
      const path = proofOf(bag.eventPath('DeadlinePassed'))
      bag.set(path, bag.text(path).replaceAll(/yg-[a-z2-7]{26}/g, `yg-${'a'.repeat(26)}`))
      return [{ code: 'checkpoint-key-unknown', place: { path } }]
    },
  },
  {
    name: 'the outcome that a reader sees first',
    change: (bag) => {
      const path = 'data/outcome.json'
      bag.edit<{ award: { priceFen: number } }>(path, ({ award }) => {
        award.priceFen += 1
      })
      return [{ code: 'outcome-differs', place: { path } }]
    },
  },
  {
    name: 'the award to the second, at his price',
    full: true,
    change: (bag) => {
      const path = bag.eventPath('LotAwarded')
      const { ranking } = bag.json<EventFile>(bag.eventPath('LotEvaluated')).event.data as {
        ranking: { bidder: string; priceFen: number }[]
      }
      bag.editEvent(path, ({ data }) => {
        Object.assign(data, { bidder: ranking[1].bidder, priceFen: ranking[1].priceFen })
      })
      return [
        unlogged(path),
        { code: 'award-out-of-turn', place: { ...headOf(path), bidder: ranking[1].bidder } },
      ]
    },
  },
  {
    name: 'a whole stream left out',
    change: (bag) => {
      const paths = bag.paths(/^data\/events\/draw\//)
      for (const path of [...paths, ...bag.paths(/^data\/draw\//)]) bag.remove(path)
      const stream = headOf(paths.find((p) => p.endsWith('.json')) as string).stream
      return [{ code: 'stream-missing', place: { stream } }]
    },
  },
  {
    name: 'a bid left out of the opening',
    change: (bag) => {
      const { party } = biddersOf(bag)[2]
      const path = bag.eventPath('BidsOpened')
      bag.editEvent(path, ({ data }) => {
        data.rows = (data.rows as Names[]).filter((row) => row.party !== party)
      })
      return [unlogged(path), { code: 'row-missing', place: { bidder: party } }]
    },
  },
  {
    name: 'a bid left out of the list at the deadline',
    full: true,
    change: (bag) => {
      const { party } = biddersOf(bag)[3]
      const path = bag.eventPath('OpeningStarted')
      bag.editEvent(path, ({ data }) => {
        const [lot] = data.lots as { bids: Names[] }[]
        lot.bids = lot.bids.filter((bid) => bid.party !== party)
      })
      return [unlogged(path), { code: 'bid-not-listed', place: { bidder: party } }]
    },
  },
  {
    name: 'the compared price alone',
    change: (bag) => {
      const { party } = biddersOf(bag)[0]
      const path = bag.eventPath('BidsOpened')
      bag.editEvent(path, ({ data }) => {
        const row = (data.rows as { party: string; priceFen: number }[]).find(
          (r) => r.party === party,
        )
        if (row) row.priceFen += 100
      })
      return [unlogged(path), { code: 'price-differs-from-quotation', place: { bidder: party } }]
    },
  },
  {
    name: 'a decoy blob',
    full: true,
    change: (bag) => {
      const { folder, party } = biddersOf(bag)[1]
      const listed = new Set(
        bag
          .paths(/^data\/sides\//)
          .map((p) => bag.json<{ value: { files: { files: { blob: string }[] } } }>(p))
          .flatMap(({ value }) => value.files.files.map((f) => f.blob)),
      )
      const path = blobsOf(bag, folder).find((p) => !listed.has(p.split('/').at(-1) as string))
      bag.flip(path as string, 1000)
      return [{ code: 'blob-altered', place: { bidder: party, path } }]
    },
  },
  {
    name: 'the bag said to be of another lot',
    change: (bag) => {
      const name = 'bag-info.txt'
      const [, lot] = /^Yangguang-Lot: (\S+)$/m.exec(bag.text(name)) as RegExpExecArray
      const other = lot.replace(/\d+$/, '2')
      bag.set(name, bag.text(name).replace(`Yangguang-Lot: ${lot}`, `Yangguang-Lot: ${other}`))
      return [{ code: 'stream-missing', place: { stream: `lot:${other}` } }]
    },
  },
  {
    name: 'a byte of a sealed file list, whose key the public does not have',
    change: (bag) => {
      const { folder, party } = biddersOf(bag)[0]
      const path = `${folder}/envelope.bin`
      bag.flip(path, -1)
      return [{ code: 'files-altered', place: { bidder: party, path } }]
    },
  },
  {
    name: 'an event that lacks what every event has',
    change: (bag) => {
      const path = bag.eventPath('LotOpened')
      bag.edit<{ event: { data?: object } }>(path, ({ event }) => delete event.data)
      return [unlogged(path), { code: 'event-unreadable', place: headOf(path) }]
    },
  },
  {
    name: 'keys of a stranger beside those of the bag, and a signature taken away',
    change: (bag) => {
      const path = 'data/trust/trust.json'
      const [act] = bag.paths(/^data\/acts\/.*p7s$/)
      bag.remove(act)
      bag.edit<{ log: { vkey: string }[]; trustList: string }>(path, (file) => {
        const [name, id] = file.log[0].vkey.split('+')
        file.log.push({ ...file.log[0], vkey: `${name}+${id}+AQ==` })
        file.trustList = file.trustList.replace(/.$/, '')
      })
      return [
        { code: 'act-missing', place: { path: act } },
        { code: 'checkpoint-key-unknown', place: { path } },
      ]
    },
  },
  {
    name: 'another file in place of one of the tender document, listed by its own digest',
    change: (bag) => {
      const list = 'data/documents/names.json'
      const [[sha256, name]] = Object.entries(bag.json<Record<string, string>>(list))
      const other = createHash('sha256').update('other').digest('base64url')
      bag.remove(`data/documents/${sha256}`)
      bag.set(`data/documents/${other}`, 'other')
      bag.set(list, { [other]: name })
      return [
        { code: 'document-names-differ', place: { path: list } },
        { code: 'document-file-missing', place: { path: `data/documents/${sha256}` } },
      ]
    },
  },
]
