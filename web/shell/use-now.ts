import type { Accessor } from 'solid-js'
import { serverNowMs, tradeNowMs, useTick } from './clock.ts'

/** What has a trade clock: a trade's page. */
interface HasClock {
  readonly now: string
  readonly clock: { readonly offsetMs: number; readonly frozen: boolean }
}

/** A trade's time: real time plus its offset; the server's time while no trade is there. */
export function useTradeNow(trade: Accessor<HasClock | undefined>): Accessor<number> {
  const tick = useTick()
  return () => {
    tick()
    const one = trade()
    return one ? tradeNowMs(one.clock, one.now) : serverNowMs()
  }
}
