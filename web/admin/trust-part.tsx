import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { TrustList } from '../../server/trust/trust-list.ts'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Confirm } from '../kit/confirm.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { FileDrop } from '../kit/file-drop.tsx'
import { Facts, Row, Section, Stack } from '../kit/layout.tsx'
import { WayOn } from '../kit/page.tsx'
import { Hash } from '../kit/proof.tsx'
import { Empty, Loading, Notice, RefusalNote, Tag } from '../kit/status.tsx'
import { get, newKey, post } from '../shell/api.ts'
import { serverNowMs } from '../shell/clock.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { isDemo } from '../shell/session.ts'
import { changesOf, servicesIn, type TrustChange } from './trust-changes.ts'
import type { ReadList } from './trust-file.ts'

interface Present {
  readonly sequence: number
  readonly sha256: string
  readonly list: TrustList
}
interface Answer {
  readonly sequence: number
  readonly sha256: string
  readonly trustList: string
}

/** The list in force, kept fresh. */
export const liveTrustList = (): Live<Present> => createLive(readPresent, ['TrustListLoaded'])

async function readPresent(): Promise<Present> {
  const { sequence, sha256, trustList } = await get<Answer>('/api/platform/trust-list')
  const base64 = trustList.replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
  return { sequence, sha256, list: JSON.parse(new TextDecoder().decode(bytes)) as TrustList }
}

/** The list of authorities in force, and loading the next: seen in full before it holds. */
export function TrustPart(props: { live: Live<Present> }): JSX.Element {
  const present = props.live
  const isNone = () => present.problem()?.slug === 'trust-list-missing'
  return (
    <Section title={t('admin.trust.title')} note={t('admin.trust.note')} card>
      <Switch fallback={<Loading lines={5} isPart />}>
        <Match when={present()}>
          {(one) => (
            <>
              <InForce of={one()} />
              <LoadNext present={one()} onLoaded={() => present.refresh()} />
            </>
          )}
        </Match>
        <Match when={isNone()}>
          <Empty title={t('admin.trust.none')}>
            <p>{t('admin.trust.noneText')}</p>
          </Empty>
        </Match>
        <Match when={present.problem()}>
          {(problem) => (
            <Notice tone="danger" live="polite">
              <p>{problem().message}</p>
              <WayOn slug={problem().slug} onRetry={() => void present.refresh()} />
            </Notice>
          )}
        </Match>
      </Switch>
    </Section>
  )
}

const isOld = (list: TrustList) => Date.parse(list.nextUpdate) <= serverNowMs()

function InForce(props: { of: Present }): JSX.Element {
  const list = () => props.of.list
  return (
    <Facts
      rows={[
        { name: t('admin.trust.sequence'), value: String(props.of.sequence) },
        { name: t('admin.trust.digest'), value: <Hash value={props.of.sha256} /> },
        { name: t('admin.trust.issued'), value: time(list().issued) },
        {
          name: t('admin.trust.until'),
          value: (
            <>
              {time(list().nextUpdate)}{' '}
              <Show when={isOld(list())}>
                <Tag tone="warn">{t('admin.trust.old')}</Tag>
              </Show>
            </>
          ),
          note: t('admin.trust.untilNote'),
        },
        {
          name: t('admin.trust.services'),
          value: t('admin.trust.counts', {
            authorities: list().authorities.length,
            services: servicesIn(list()),
          }),
        },
        {
          name: t('admin.trust.keys'),
          value: String(list().listKeys.length),
          note: t('admin.trust.keysNote'),
        },
      ]}
    />
  )
}

function LoadNext(props: { present: Present; onLoaded: () => Promise<void> }): JSX.Element {
  const [read, setRead] = createSignal<{ name: string; found: ReadList } | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [loaded, setLoaded] = createSignal<string | null>(null)
  const [isAsked, setAsked] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setProblem(null)
    setLoaded(null)
    setRead(null)
    try {
      const text = await file.text().catch(() => null)
      if (text === null) return void setProblem(t('admin.fileGone', { name: file.name }))
      const { readListFile } = await import('./trust-file.ts')
      const found = await readListFile(text, props.present)
      if (found) setRead({ name: file.name, found })
      else setProblem(t('admin.trust.notAList', { name: file.name }))
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }

  async function load({ file, list }: ReadList): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await post('/api/platform/trust-lists', file, { key: newKey() })
      setLoaded(t('admin.trust.loaded', { sequence: list.sequence }))
      setRead(null)
      await props.onLoaded()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
    setAsked(false)
  }

  const off = (found: ReadList): string | null => {
    if (isDemo()) return t('admin.trust.demoOff')
    return found.fault ? t(`admin.trust.fault.${found.fault}`) : null
  }
  return (
    <Stack gap="small">
      <h3 class="yg-subtitle">{t('admin.trust.next')}</h3>
      <Show when={loaded()}>
        <Notice tone="ok" live="polite">
          {loaded()}
        </Notice>
      </Show>
      <FileDrop
        label={read()?.name ?? t('admin.trust.file')}
        verb={t('admin.trust.choose')}
        hint={t('admin.trust.fileHint')}
        accept=".json,application/json"
        onFiles={([file]) => void take(file)}
      />
      <RefusalNote text={problem()} />
      <Show when={read()?.found}>
        {(found) => (
          <>
            <Preview present={props.present} found={found()} />
            <Row>
              <Button kind="primary" off={off(found())} onPress={() => setAsked(true)}>
                {t('admin.trust.load', { sequence: found().list.sequence })}
              </Button>
            </Row>
            <Confirm
              isOpen={isAsked()}
              title={t('admin.trust.confirm', { sequence: found().list.sequence })}
              verb={t('admin.trust.loadGo')}
              pending={isBusy()}
              onDo={() => void load(found())}
              onLeave={() => setAsked(false)}
            >
              <p>{t('admin.trust.confirmText')}</p>
            </Confirm>
          </>
        )}
      </Show>
    </Stack>
  )
}

/** What the file is, whether the platform will take it, and what it makes other than it is. */
function Preview(props: { present: Present; found: ReadList }): JSX.Element {
  const list = () => props.found.list
  const changes = () => changesOf(props.present.list, list())
  return (
    <>
      <Facts
        rows={[
          {
            name: t('admin.trust.sequence'),
            value: String(list().sequence),
            note: t('admin.trust.sequenceNote', { expected: props.present.sequence + 1 }),
          },
          { name: t('admin.trust.digest'), value: <Hash value={props.found.sha256} /> },
          {
            name: t('admin.trust.signatures'),
            value: (
              <Tag tone={props.found.fault === null ? 'ok' : 'danger'}>
                {t(`admin.trust.check.${props.found.fault ?? 'good'}`)}
              </Tag>
            ),
          },
          { name: t('admin.trust.until'), value: time(list().nextUpdate) },
          {
            name: t('admin.trust.services'),
            value: t('admin.trust.counts', {
              authorities: list().authorities.length,
              services: servicesIn(list()),
            }),
          },
        ]}
      />
      <h4 class="yg-subtitle">{t('admin.trust.changes')}</h4>
      <DataTable
        caption={t('admin.trust.changes')}
        hideCaption
        rows={changes()}
        keyOf={(one) => one.id}
        empty={<p class="yg-note">{t('admin.trust.noChanges')}</p>}
        columns={[
          { id: 'what', head: t('admin.trust.what'), cell: (one) => nameOf(one) },
          {
            id: 'how',
            head: t('admin.trust.how'),
            cell: (one) => <Tag tone={one.isLoss ? 'danger' : 'act'}>{howOf(one)}</Tag>,
          },
        ]}
      />
    </>
  )
}

function nameOf(one: TrustChange): string {
  if ('type' in one)
    return t('admin.trust.service', {
      authority: pick(one.authority),
      type: t(`admin.trust.type.${one.type}`),
    })
  if ('authority' in one) return pick(one.authority)
  return t(`admin.trust.change.${one.kind}`)
}

function howOf(one: TrustChange): string {
  switch (one.kind) {
    case 'authority-added':
    case 'authority-removed':
      return t(`admin.trust.change.${one.kind}`, { count: one.services })
    case 'service-state':
      return t('admin.trust.change.service-state', {
        from: t(`admin.trust.state.${one.from}`),
        to: t(`admin.trust.state.${one.to}`),
      })
    case 'list-keys':
      return t('admin.trust.change.list-keys.how', { added: one.added, removed: one.removed })
    case 'platforms':
      return t('admin.trust.change.platforms.how')
    default:
      return t(`admin.trust.change.${one.kind}`)
  }
}
