import { useSearchParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { pick } from '../i18n/i18n.ts'
import { Tabs } from '../kit/page.tsx'
import type { TradePage } from '../shell/answers.ts'
import { useTradeNo } from './frame.tsx'

/** The lot that a page is about: named in its address, else the first. */
export function useLot(): () => string {
  const no = useTradeNo()
  const [search] = useSearchParams<{ lot?: string }>()
  return () => search.lot ?? `${no()}-1`
}

/** Lots to choose from; nothing where there is one. */
export function LotTabs(props: { trade: TradePage; lot: string; path: string }): JSX.Element {
  return (
    <Show when={props.trade.lots.length > 1}>
      <Tabs
        tabs={props.trade.lots.map((lot) => ({
          href: `/t/${props.trade.id}${props.path}?lot=${lot.id}`,
          text: pick(lot.terms.title),
          isHere: lot.id === props.lot,
        }))}
      />
    </Show>
  )
}
