import type { JSX } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Matrix } from '../../kit/matrix.tsx'
import { Notice } from '../../kit/status.tsx'
import type { DeskBid, DeskPage } from './desk-answers.ts'
import { entriesOf, isScored, keyOf, type SheetItem } from './sheet.ts'

/** One's own signed sheet, to read; who else has handed in, not what. */
export function HandedIn(props: {
  page: DeskPage
  items: readonly SheetItem[]
  bids: readonly DeskBid[]
  party: string
}): JSX.Element {
  const own = () => {
    const sheet = props.page.you?.sheets.find((s) => s.phase === props.page.phase)
    return entriesOf(sheet?.rows ?? [])
  }
  const done = () => props.page.members.filter((m) => m.isHandedIn).length
  const isAgainst = (bidder: string, item: SheetItem) =>
    own()[keyOf(bidder, item.id)]?.pass === false
  const text = (bidder: string, item: SheetItem) => {
    const entry = own()[keyOf(bidder, item.id)]
    if (isScored(item)) return entry?.points ?? '–'
    return entry?.pass === undefined ? '–' : t(entry.pass ? 'desk.score.pass' : 'desk.score.fail')
  }
  return (
    <>
      <Notice tone="ok" title={t('desk.handedIn.title')} live="polite">
        {t('desk.handedIn.text', { done: done(), all: props.page.members.length })}
      </Notice>
      <Matrix
        caption={t('desk.handedIn.own')}
        corner={t('desk.handedIn.item')}
        columns={props.bids.map((b) => b.name)}
        rows={props.items.map((item) => ({
          name: pick(item),
          cells: props.bids.map((b) => ({
            text: text(b.party, item),
            isMarked: isAgainst(b.party, item),
          })),
        }))}
      />
    </>
  )
}
