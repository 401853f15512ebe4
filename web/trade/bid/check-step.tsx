import { type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { day, size, yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { CheckList, type CheckRow } from '../../kit/check-list.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Facts, Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty } from '../../kit/status.tsx'
import { Total } from '../../kit/total.tsx'
import { sync } from '../../shell/clock.ts'
import { createLoaded } from '../../shell/create-loaded.ts'
import { KeyFileForm } from '../../shell/key-file.tsx'
import { Bond } from './bond.tsx'
import type { BidFile } from './files.ts'
import { Ceiling } from './quotation-step.tsx'
import type { Sealing } from './sealing.ts'
import type { Workspace } from './workspace.ts'

/** 核对: the bid as it will be sealed, the certificates, this device. */
export function CheckStep(props: { work: Workspace; sealing: Sealing }): JSX.Element {
  return (
    <>
      <Summary work={props.work} title={t('bid.summary.title')} />
      <Bond work={props.work} />
      <SelfCheck sealing={props.sealing} work={props.work} />
    </>
  )
}

/** What is about to be sealed or signed, whole: nothing is shortened. */
export function Summary(props: { work: Workspace; title: string }): JSX.Element {
  const { work } = props
  const total = () => work.price().totalFen
  return (
    <Section title={props.title} card>
      <Facts
        rows={[
          { name: t('bid.summary.lot'), value: pick(work.terms().title), note: work.lot().id },
          {
            name: t('bid.summary.version'),
            value: t('bid.summary.versionOf', { version: work.own()?.document.version ?? '' }),
          },
          {
            name: t('bid.summary.revision'),
            value: t(work.own()?.next.replaces ? 'bid.summary.replacing' : 'bid.summary.first', {
              revision: work.own()?.next.revision ?? '',
            }),
          },
        ]}
      />
      <Show when={total() !== null} fallback={<Empty title={t('bid.summary.noPrice')} />}>
        <Total
          name={t('bid.summary.total')}
          figures={yuan(total() ?? 0)}
          words={toWords(total() ?? 0)}
        />
      </Show>
      <Ceiling work={work} />
      <DataTable<BidFile>
        caption={t('bid.files.list', {
          count: work.draft.files.length,
          size: size(work.totalBytes()),
        })}
        rows={work.draft.files}
        empty={<Empty title={t('bid.files.none')} />}
        columns={[
          { id: 'name', head: t('bid.files.name'), cell: (one) => one.name },
          { id: 'role', head: t('bid.files.role'), cell: (one) => t(`bid.role.${one.role}`) },
          {
            id: 'pages',
            head: t('bid.files.pages'),
            align: 'end',
            cell: (one) => one.pages ?? '–',
          },
          { id: 'size', head: t('bid.files.size'), align: 'end', cell: (one) => size(one.bytes) },
          {
            id: 'digest',
            head: t('bid.files.digest'),
            cell: (one) => (
              <Show when={one.sha256} fallback={t('bid.files.digesting')}>
                {(sha256) => <Hash value={sha256()} label={one.name} />}
              </Show>
            ),
          },
        ]}
      />
    </Section>
  )
}

function SelfCheck(props: { work: Workspace; sealing: Sealing }): JSX.Element {
  const [isFound, { reload }] = createLoaded(() => props.sealing.findPair().catch(() => false))
  const [room] = createLoaded(() => roomLeft().catch(() => 0))
  const pair = () => props.sealing.pair()
  const certificate = (one: { holder: string; issuer: string; notAfter: string }) =>
    t('bid.check.certificateOf', {
      holder: one.holder,
      issuer: one.issuer,
      day: day(one.notAfter),
    })
  const rows = (): CheckRow[] => [
    {
      id: 'sign',
      text: t('bid.check.sign'),
      state: isFound() === null ? 'busy' : pair() ? 'good' : 'bad',
      note: pair() ? certificate(pair()?.sign as never) : t('bid.check.signMissing'),
    },
    {
      id: 'encrypt',
      text: t('bid.check.encrypt'),
      state: isFound() === null ? 'busy' : pair()?.encrypt?.key ? 'good' : 'look',
      note: pair()?.encrypt
        ? pair()?.encrypt?.key
          ? certificate(pair()?.encrypt as never)
          : t('bid.check.encryptElsewhere')
        : t('bid.check.encryptMissing'),
    },
    {
      id: 'room',
      text: t('bid.check.room'),
      state:
        room() === null ? 'busy' : (room() ?? 0) > props.work.totalBytes() * 1.2 ? 'good' : 'look',
      note:
        (room() ?? 0) > props.work.totalBytes() * 1.2
          ? t('bid.check.roomLeft', { size: size(room() ?? 0) })
          : t('bid.check.roomShort'),
    },
    {
      id: 'clock',
      text: t('bid.check.clock'),
      state: sync() ? 'good' : 'busy',
      note: sync()
        ? t('bid.check.clockOf', {
            offset: Math.round(sync()?.offsetMs ?? 0),
            error: sync()?.errorMs ?? 0,
          })
        : undefined,
    },
  ]
  return (
    <Section title={t('bid.check.title')} note={t('bid.check.note')} card>
      <CheckList label={t('bid.check.title')} rows={rows()} />
      <Show when={isFound() !== null && !pair()}>
        <KeyFileForm choose={t('bid.check.chooseKey')} name="check-pass-phrase" onOpened={reload} />
      </Show>
    </Section>
  )
}

async function roomLeft(): Promise<number> {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return quota - usage
}
