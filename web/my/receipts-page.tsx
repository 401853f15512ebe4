import { For, type JSX, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Items, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Empty } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { Problem } from '../shell/problem.ts'
import { type KeptRefusal, keptRefusals } from '../shell/refusals.ts'
import { saveJson } from '../shell/save-file.ts'
import type { OwnBid } from '../trade/bid/own-bid.ts'
import { ReceiptList } from '../trade/bid/receipt-step.tsx'
import { refusalFile } from '../trade/bid/refused.tsx'

interface LotReceipts {
  readonly id: string
  readonly trade: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly receipts: OwnBid['receipts']
}

/** 我的回执: of every lot one has bid in, to be opened, checked and saved again. */
export default function ReceiptsPage(): JSX.Element {
  const page = createLive(async () => ({ lots: await readAll(), refusals: await keptRefusals() }))
  return (
    <Page title={t('my.receipts')} lead={t('my.receipts.lead')} live={page}>
      <Stack>
        <Show
          when={page()?.lots.length}
          fallback={
            <Empty title={t('my.receipts.none')}>
              <p>{t('my.receipts.noneHint')}</p>
              <ButtonLink href="/search">{t('my.trades.search')}</ButtonLink>
            </Empty>
          }
        >
          <For each={page()?.lots}>
            {(lot) => (
              <Section
                title={pick(lot.title)}
                more={<a href={`/t/${lot.trade}/lots/${lot.id}/bid`}>{t('my.receipts.bid')}</a>}
                card
              >
                <ReceiptList lot={lot.id} receipts={lot.receipts} />
              </Section>
            )}
          </For>
        </Show>
        <Show when={page()?.refusals.length}>
          <Refusals refusals={page()?.refusals ?? []} />
        </Show>
        <div>
          <ButtonLink href="/verify">{t('my.receipts.verify')}</ButtonLink>
        </div>
      </Stack>
    </Page>
  )
}

/** 拒收通知: what the platform signed when it refused an act; kept by this browser alone. */
function Refusals(props: { refusals: readonly KeptRefusal[] }): JSX.Element {
  return (
    <Section title={t('my.refusals')} note={t('my.refusals.note')} card>
      <Items
        items={props.refusals}
        label={t('my.refusals')}
        row={({ message, note }) => (
          <div class="yg-list-top">
            <span class="yg-list-name">{message}</span>
            <span>{timeExact(String(note.at))}</span>
            <Button small onPress={() => saveJson(refusalFile(note), note)}>
              {t('bid.refused.save')}
            </Button>
          </div>
        )}
      />
    </Section>
  )
}

async function readAll(): Promise<LotReceipts[]> {
  const found: LotReceipts[] = []
  for (let link: string | null = '/api/my'; link; ) {
    const page: { trades: readonly { id: string }[]; next: string | null } = await get(link)
    found.push(...(await Promise.all(page.trades.map(({ id }) => readTrade(id)))).flat())
    link = page.next
  }
  return found
}

async function readTrade(id: string): Promise<LotReceipts[]> {
  const trade = await get<TradePage>(`/api/projects/${id}`)
  const lots = await Promise.all(
    trade.lots.map(async (lot): Promise<LotReceipts | null> => {
      const own = await readOwn(lot.id)
      if (!own || own.receipts.length === 0) return null
      const title = trade.title
        ? {
            zh: `${trade.title.zh} ${lot.terms.title.zh}`,
            en: `${trade.title.en}, ${lot.terms.title.en}`,
          }
        : lot.terms.title
      return { id: lot.id, trade: id, title, receipts: own.receipts }
    }),
  )
  return lots.filter((lot) => lot !== null)
}

/** A lot that one has not joined is not there for him. */
async function readOwn(lot: string): Promise<OwnBid | null> {
  try {
    return await get<OwnBid>(`/api/lots/${lot}/bid`)
  } catch (error) {
    if (error instanceof Problem && [403, 404].includes(error.status)) return null
    throw error
  }
}
