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
    <Section title={t('document.files.title')} id="files">
      <DataTable
        caption={t('document.files.title')}
        hideCaption
        rows={props.files}
        empty={<Empty title={t('document.files.none')} />}
        columns={[
          {
            id: 'name',
            head: t('document.files.name'),
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
            head: t('document.files.size'),
            align: 'end',
            cell: (file) => size(file.bytes),
          },
          {
            id: 'digest',
            head: t('document.files.digest'),
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
        fallback={<Empty title={t('document.requirements.none', { title })} />}
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
    <Section title={t('document.requirements.title')} id="requirements">
      {list(t('document.requirements.qualification'), props.document.qualification)}
      {list(t('document.requirements.responsiveness'), props.document.responsiveness)}
    </Section>
  )
}

function Scoring(props: { document: TenderDocument }): JSX.Element {
  const scoring = () => props.document.scoring
  const deduction = () => scoring().price.smallBusinessDeductionPercent
  return (
    <Section title={t('document.scoring.title')} id="scoring">
      <Facts
        rows={[
          {
            name: t('document.scoring.price'),
            value: t('document.scoring.priceOf', {
              formula: t(`document.formula.${scoring().price.formula}`),
              weight: scoring().price.weight,
            }),
            note: deduction()
              ? t('document.scoring.deduction', { percent: deduction() ?? '' })
              : undefined,
          },
          {
            name: t('document.scoring.tie'),
            value: scoring()
              .tieBreak.map((key) => t(`document.tie.${key}`))
              .join(t('document.scoring.then')),
          },
          {
            name: t('document.scoring.candidates'),
            value: t('document.scoring.candidatesOf', { count: scoring().candidates }),
          },
        ]}
      />
      <DataTable
        caption={t('document.scoring.items')}
        rows={scoring().items}
        empty={<Empty title={t('document.scoring.noItems')} />}
        columns={[
          { id: 'name', head: t('document.scoring.item'), cell: (item) => pick(item) },
          {
            id: 'kind',
            head: t('document.scoring.part'),
            cell: (item) => t(`document.part.${item.kind}`),
          },
          {
            id: 'objective',
            head: t('document.scoring.how'),
            cell: (item) => t(item.objective ? 'document.scoring.fact' : 'document.scoring.judged'),
          },
          {
            id: 'step',
            head: t('document.scoring.step'),
            align: 'end',
            cell: (item) => item.step,
          },
          { id: 'max', head: t('document.scoring.max'), align: 'end', cell: (item) => item.max },
        ]}
      />
    </Section>
  )
}

/** What a lot asks, in a table that other pages extend with their own column. */
export function lotColumns<R extends { readonly terms: LotTerms }>() {
  return [
    { id: 'title', head: t('document.lots.name'), cell: (row: R) => pick(row.terms.title) },
    {
      id: 'ceiling',
      head: t('document.lots.ceiling'),
      align: 'end' as const,
      cell: (row: R) => (
        <Show
          when={row.terms.ceilingPriceFen !== undefined}
          fallback={t('document.lots.noCeiling')}
        >
          {yuan(row.terms.ceilingPriceFen ?? 0)}
        </Show>
      ),
    },
    {
      id: 'bond',
      head: t('document.lots.bond'),
      align: 'end' as const,
      cell: (row: R) =>
        row.terms.bondFen === 0 ? t('document.lots.noBond') : yuan(row.terms.bondFen),
    },
    {
      id: 'delivery',
      head: t('document.lots.delivery'),
      align: 'end' as const,
      cell: (row: R) => t('trade.days', { count: row.terms.deliveryDays }),
    },
  ]
}
