import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { isListStage, listStages } from '../../server/service/public/rules-stages.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Select } from '../kit/choice.tsx'
import { MoreRows } from '../kit/data-table.tsx'
import { Field } from '../kit/field.tsx'
import { Items, Row, Stack } from '../kit/layout.tsx'
import { Page as PageFrame } from '../kit/page.tsx'
import { Empty, Notice } from '../kit/status.tsx'
import { toast } from '../kit/toast.tsx'
import type { Page, TradeRow } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { createMore } from '../shell/create-more.ts'
import { TradeItem } from './trade-item.tsx'

/** As long as a search may be. */
const mostWords = 100

/** Find a trade: by words of its title or its number, by where it stands; any state is an address. */
export default function SearchPage(): JSX.Element {
  const [params, setParams] = useSearchParams<{ query?: string; stage?: string }>()
  const [words, setWords] = createSignal(params.query ?? '')
  const stage = () => (params.stage && isListStage(params.stage) ? params.stage : undefined)
  const isUnknownStage = () => Boolean(params.stage) && !stage()
  const address = () => {
    const query = new URLSearchParams()
    const one = stage()
    if (params.query) query.set('query', params.query.slice(0, mostWords))
    if (one) query.set('stage', one)
    return `/api/projects?${query}`
  }
  const page = createLive(() => get<Page<TradeRow>>(address()))
  createEffect(on(address, () => setWords(params.query ?? '')))
  const more = createMore<TradeRow>(() => page()?.next, { list: address, failed: toast })
  const rows = () => [...(page()?.items ?? []), ...more.rows()]

  return (
    <PageFrame title={t('portal.search.title')} live={page}>
      <Stack>
        <form
          role="search"
          aria-label={t('portal.search.title')}
          onSubmit={(event) => {
            event.preventDefault()
            setParams({ query: words().trim().slice(0, mostWords) || undefined })
          }}
        >
          <Row align="end">
            <Field
              label={t('portal.search.words')}
              name="query"
              kind="search"
              value={words()}
              onInput={setWords}
            />
            <Select
              label={t('portal.search.stage')}
              name="stage"
              width="medium"
              value={stage() ?? ''}
              options={[
                { value: '', text: t('portal.search.anyStage') },
                ...listStages.map((one) => ({ value: one, text: t(`trade.stage.${one}`) })),
              ]}
              onValue={(one) => setParams({ stage: one || undefined })}
            />
            <Button kind="primary" type="submit">
              {t('portal.search.go')}
            </Button>
          </Row>
        </form>
        <Show when={isUnknownStage()}>
          <Notice tone="warn" title={t('portal.search.unknownStage')} />
        </Show>
        <p class="yg-note" role="status">
          {t(more.isThere() ? 'portal.search.shownMore' : 'portal.search.shown', {
            count: rows().length,
          })}
        </p>
        <Show
          when={rows().length > 0}
          fallback={<Nothing onAll={() => setParams({ query: undefined, stage: undefined })} />}
        >
          <Items items={rows()} row={(trade) => <TradeItem trade={trade} />} />
        </Show>
        <Show when={more.isThere()}>
          <div>
            <MoreRows isLoading={more.isLoading()} onMore={() => void more.read()} />
          </div>
        </Show>
      </Stack>
    </PageFrame>
  )
}

function Nothing(props: { onAll: () => void }): JSX.Element {
  return (
    <Empty title={t('portal.search.none')}>
      <p>{t('portal.search.noneHint')}</p>
      <Button onPress={props.onAll}>{t('portal.search.all')}</Button>
    </Empty>
  )
}
