import { type JSX, Show } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Items } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { SealedBid } from './sealed-bids.ts'

/** Bids that an older key still opens: each by name, what to keep till when, and the other way. */
export function KeptKeys(props: {
  title: string
  bids: readonly SealedBid[]
  live?: 'polite'
}): JSX.Element {
  const mayReplace = () => props.bids.some((one) => !one.isOver)
  return (
    <Notice tone="warn" title={props.title} {...(props.live ? { live: props.live } : {})}>
      <Items
        items={props.bids}
        label={props.title}
        row={(one) => (
          <>
            <a href={`/t/${one.trade}/lots/${one.lot}/bid`}>
              {t('account.certs.kept.bid', {
                trade: pick(one.title),
                lot: pick(one.lotTitle),
                revision: one.revision,
              })}
            </a>
            <span class="yg-facts-note">
              {t(one.isOver ? 'account.certs.kept.over' : 'account.certs.kept.until', {
                no: one.trade,
                time: limit(one.deadline),
              })}
            </span>
          </>
        )}
      />
      <p>{t('account.certs.kept.keep')}</p>
      <Show when={mayReplace()}>
        <p>{t('account.certs.kept.replace')}</p>
      </Show>
    </Notice>
  )
}
