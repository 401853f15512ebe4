import { createSignal, For, type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import type { Quotation } from '../../../server/tendering/project/document-quotation.ts'
import { quotedFen } from '../../../server/tendering/project/rules-quotation.ts'
import { limit, size, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, RefusalNote } from '../../kit/status.tsx'
import { Total } from '../../kit/total.tsx'
import { KeyFileForm, SecretFileForm } from '../../shell/key-file.tsx'
import { encryptionKeys, openOwnKeys } from '../../shell/keys.ts'
import { asProblem } from '../../shell/problem.ts'
import { saveFile } from '../../shell/save-file.ts'
import { askSealer } from '../../shell/sealer.ts'
import type { OpenedOwn, Opener } from '../../workers/seal/messages.ts'
import { useAct } from '../use-act.ts'
import type { LiveBid, OwnBid } from './own-bid.ts'
import { draftOfQuotation } from './quotation.ts'
import { Rewrap } from './rewrap.tsx'
import type { Statement } from './sign-step.tsx'
import type { Workspace } from './workspace.ts'

/** One's own sealed bid, opened on this device alone: with the key, or with the recovery file. */
export function Reopen(props: {
  work: Workspace
  own: OwnBid
  bid: LiveBid
  onReceipt: (receipt: Statement) => void
}): JSX.Element {
  const [opened, setOpened] = createSignal<OpenedOwn | null>(null)
  const acting = useAct()
  // None is open, or the ones that are open are not this bid's: another file is asked for.
  const [needsKey, setNeedsKey] = createSignal(false)
  const lot = () => props.work.lot().id
  const open = (opener: Opener) => askSealer({ call: 'open', lot: lot(), opener }).then(setOpened)
  const byKey = () =>
    acting.run('key', async () => {
      setNeedsKey(!(await openOwnKeys()))
      if (needsKey()) return null
      const keys = (await encryptionKeys()).flatMap(({ key }) => (key ? [key] : []))
      try {
        await open({ by: 'key', keys })
      } catch (error) {
        setNeedsKey(asProblem(error).slug === 'key-not-this-bid')
        throw error
      }
    })
  const save = (blob: string, name: string) =>
    acting.run(blob, async () => {
      const content = await askSealer({ call: 'file', blob })
      saveFile(name, content, content.type)
    })
  return (
    <Section title={t('bid.reopen.title')} note={t('bid.reopen.note')} card>
      <RefusalNote text={acting.problem()} />
      <Show
        when={opened()}
        fallback={
          <Stack>
            <Show when={props.own.rewrapFor}>
              <Notice tone="warn" title={t('bid.rewrap.waits')}>
                {t('bid.rewrap.waitsText', { time: limit(props.own.deadline) })}
              </Notice>
            </Show>
            <Show when={props.bid.hasWrap}>
              <div>
                <Button pending={acting.busy() === 'key'} onPress={() => void byKey()}>
                  {t('bid.reopen.byKey')}
                </Button>
              </div>
              <Show when={needsKey()}>
                <Fold title={t('bid.reopen.openKey')} open>
                  <KeyFileForm
                    choose={t('keys.choose')}
                    name="reopen-key-pass-phrase"
                    onOpened={async () => {
                      await byKey()
                    }}
                  />
                </Fold>
              </Show>
            </Show>
            <Fold title={t('bid.reopen.byFile')} open={!props.bid.hasWrap}>
              <SecretFileForm
                label={t('seal.keep.file')}
                choose={t('bid.keep.chooseSaved')}
                hint={t('bid.reopen.fileHint')}
                accept=".ygkeep"
                passPhraseLabel={t('seal.keep.passPhrase')}
                verb={t('bid.reopen.open')}
                name="reopen-pass-phrase"
                onOpen={async (file, passPhrase) => {
                  const bytes = new Uint8Array(await file.arrayBuffer())
                  await open({ by: 'file', bytes, passPhrase })
                }}
              />
            </Fold>
          </Stack>
        }
      >
        {(one) => (
          <Stack>
            <Show when={props.own.rewrapFor}>
              {(certificate) => (
                <Rewrap
                  work={props.work}
                  bid={props.bid}
                  certificate={certificate()}
                  onReceipt={props.onReceipt}
                />
              )}
            </Show>
            <Content work={props.work} opened={one()} busy={acting.busy()} onSave={save} />
          </Stack>
        )}
      </Show>
    </Section>
  )
}

function Content(props: {
  work: Workspace
  opened: OpenedOwn
  busy: string | null
  onSave: (blob: string, name: string) => void
}): JSX.Element {
  const quotation = () => props.opened.quotation as unknown as Quotation
  const fen = () => {
    try {
      return quotedFen(props.work.terms().quotation, quotation())
    } catch {
      return null // sealed for another form
    }
  }
  return (
    <Stack>
      <Notice tone="sealed">{t('bid.reopen.here')}</Notice>
      <Show when={fen() !== null} fallback={<Empty title={t('bid.summary.noPrice')} />}>
        <Total
          name={t('bid.summary.total')}
          figures={yuan(fen() ?? 0)}
          words={toWords(fen() ?? 0)}
        />
      </Show>
      <Stack gap="small">
        <For each={termsOf(quotation())}>{(line) => <p>{line}</p>}</For>
      </Stack>
      <DataTable
        caption={t('bid.reopen.files')}
        rows={props.opened.files}
        columns={[
          { id: 'name', head: t('bid.files.name'), cell: (one) => one.name },
          { id: 'role', head: t('bid.files.role'), cell: (one) => t(`bid.role.${one.role}`) },
          { id: 'size', head: t('bid.files.size'), align: 'end', cell: (one) => size(one.bytes) },
          {
            id: 'root',
            head: t('bid.reopen.root'),
            cell: (one) => <Hash value={one.root} label={one.name} />,
          },
          {
            id: 'act',
            head: t('bid.files.act'),
            cell: (one) => (
              <Button
                small
                pending={props.busy === one.blob}
                onPress={() => props.onSave(one.blob, one.name)}
              >
                {t('bid.reopen.save')}
              </Button>
            ),
          },
        ]}
      />
      <Show when={props.work.lot().stage === 'tendering'}>
        <div>
          <Button onPress={() => props.work.setQuotation(draftOfQuotation(quotation()))}>
            {t('bid.reopen.asDraft')}
          </Button>
        </div>
      </Show>
    </Stack>
  )
}

function termsOf(quotation: Quotation): string[] {
  const { deliveryDays, warrantyMonths, quality, brand, smallOrMicro } = quotation
  return [
    deliveryDays === undefined ? '' : t('bid.terms.deliveryOf', { days: deliveryDays }),
    warrantyMonths === undefined ? '' : t('bid.terms.warrantyOf', { months: warrantyMonths }),
    quality ? t('bid.terms.qualityOf', { quality }) : '',
    brand ? t('bid.terms.brandOf', { brand }) : '',
    smallOrMicro === undefined ? '' : t(smallOrMicro ? 'bid.terms.smallYes' : 'bid.terms.smallNo'),
  ].filter(Boolean)
}
