import { type JSX, Show } from 'solid-js'
import type { LotTerms, TenderDocument } from '../../server/tendering/project/document.ts'
import { size, yuan } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { DataTable } from '../kit/data-table.tsx'
import { Facts, Items, Section, Stack } from '../kit/layout.tsx'
import { Hash } from '../kit/proof.tsx'
import { Empty } from '../kit/status.tsx'
import type { StoredFile } from '../shell/answers.ts'

/** A tender document as bidders read it. */
export function DocumentView(props: {
  project: string
  document: TenderDocument
  files: readonly StoredFile[]
}): JSX.Element {
  return (
    <Stack>
      <FileList project={props.project} files={props.files} />
      <Requirements document={props.document} />
      <Scoring document={props.document} />
    </Stack>
  )
}

export function FileList(props: { project: string; files: readonly StoredFile[] }): JSX.Element {
  return (
    <Section title={t('trade.files.title')} id="files">
      <DataTable
        caption={t('trade.files.title')}
        hideCaption
        rows={props.files}
        empty={<Empty title={t('trade.files.none')} />}
        columns={[
          {
            id: 'name',
            head: t('trade.files.name'),
            cell: (file) => (
              <a
                href={`/api/projects/${props.project}/files/${file.sha256}`}
                download={file.name}
                rel="external"
              >
                {file.name}
              </a>
            ),
          },
          {
            id: 'size',
            head: t('trade.files.size'),
            align: 'end',
            cell: (file) => size(file.bytes),
          },
          {
            id: 'digest',
            head: t('trade.files.digest'),
            cell: (file) => <Hash value={file.sha256} label={file.name} />,
          },
        ]}
      />
    </Section>
  )
}

function Requirements(props: { document: TenderDocument }): JSX.Element {
  const list = (title: string, rows: TenderDocument['qualification']) => (
    <div class="yg-stack" data-gap="small">
      <h3 class="yg-subtitle">{title}</h3>
      <Show
        when={rows.length > 0}
        fallback={<Empty title={t('trade.requirements.none', { title })} />}
      >
        <Items
          items={rows}
          label={title}
          row={(item) => (
            <p>
              <span class="yg-list-mark">{item.id}</span> {pick(item)}
            </p>
          )}
        />
      </Show>
    </div>
  )
  return (
    <Section title={t('trade.requirements.title')} id="requirements">
      {list(t('trade.requirements.qualification'), props.document.qualification)}
      {list(t('trade.requirements.responsiveness'), props.document.responsiveness)}
    </Section>
  )
}

function Scoring(props: { document: TenderDocument }): JSX.Element {
  const scoring = () => props.document.scoring
  const deduction = () => scoring().price.smallBusinessDeductionPercent
  return (
    <Section title={t('trade.scoring.title')} id="scoring">
      <Facts
        rows={[
          {
            name: t('trade.scoring.price'),
            value: t('trade.scoring.priceOf', {
              formula: t(`trade.formula.${scoring().price.formula}`),
              weight: scoring().price.weight,
            }),
            note: deduction()
              ? t('trade.scoring.deduction', { percent: deduction() ?? '' })
              : undefined,
          },
          {
            name: t('trade.scoring.tie'),
            value: scoring()
              .tieBreak.map((key) => t(`trade.tie.${key}`))
              .join(t('trade.scoring.then')),
          },
          {
            name: t('trade.scoring.candidates'),
            value: t('trade.scoring.candidatesOf', { count: scoring().candidates }),
          },
        ]}
      />
      <DataTable
        caption={t('trade.scoring.items')}
        rows={scoring().items}
        empty={<Empty title={t('trade.scoring.noItems')} />}
        columns={[
          { id: 'name', head: t('trade.scoring.item'), cell: (item) => pick(item) },
          {
            id: 'kind',
            head: t('trade.scoring.part'),
            cell: (item) => t(`trade.part.${item.kind}`),
          },
          {
            id: 'objective',
            head: t('trade.scoring.how'),
            cell: (item) => t(item.objective ? 'trade.scoring.fact' : 'trade.scoring.judged'),
          },
          {
            id: 'step',
            head: t('trade.scoring.step'),
            align: 'end',
            cell: (item) => item.step,
          },
          { id: 'max', head: t('trade.scoring.max'), align: 'end', cell: (item) => item.max },
        ]}
      />
    </Section>
  )
}

/** What a lot asks, in a table that other pages extend with their own column. */
export function lotColumns<R extends { readonly terms: LotTerms }>() {
  return [
    { id: 'title', head: t('trade.lots.name'), cell: (row: R) => pick(row.terms.title) },
    {
      id: 'ceiling',
      head: t('trade.lots.ceiling'),
      align: 'end' as const,
      cell: (row: R) => (
        <Show when={row.terms.ceilingPriceFen !== undefined} fallback={t('trade.lots.noCeiling')}>
          {yuan(row.terms.ceilingPriceFen ?? 0)}
        </Show>
      ),
    },
    {
      id: 'bond',
      head: t('trade.lots.bond'),
      align: 'end' as const,
      cell: (row: R) =>
        row.terms.bondFen === 0 ? t('trade.lots.noBond') : yuan(row.terms.bondFen),
    },
    {
      id: 'delivery',
      head: t('trade.lots.delivery'),
      align: 'end' as const,
      cell: (row: R) => t('trade.days', { count: row.terms.deliveryDays }),
    },
  ]
}
