import { createMemo, Index, type JSX, Show } from 'solid-js'
import type { QuotedItem } from '../../../server/evaluation/evaluation/corrections.ts'
import { correctionOf } from '../../../server/evaluation/evaluation/rules-corrections.ts'
import { toWords } from '../../../server/kernel/money-words.ts'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Facts, Row, Stack } from '../../kit/layout.tsx'
import { MoneyField } from '../../kit/money-field.tsx'
import type { DeskPage } from './desk-answers.ts'

/** A line of the bid's price list as it is typed off; null while nothing readable stands there. */
export interface DraftItem {
  readonly quantity: string
  readonly unitPriceFen: number | null
  readonly statedTotalFen: number | null
}
export interface CorrectionDraft {
  readonly items: readonly DraftItem[]
  readonly wordsTotal: string
}
export const emptyItem: DraftItem = { quantity: '', unitPriceFen: null, statedTotalFen: null }
export const emptyCorrection: CorrectionDraft = { items: [], wordsTotal: '' }

const isQuantity = (text: string) => /^(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text.trim())

/** The lines as the motion takes them; null while one of them is not whole. */
export function itemsOf(draft: CorrectionDraft): QuotedItem[] | null {
  const items = draft.items.map((line, i) => ({
    item: i + 1,
    quantity: line.quantity.trim(),
    unitPriceFen: line.unitPriceFen ?? -1,
    statedTotalFen: line.statedTotalFen ?? -1,
  }))
  const isWhole = items.every(
    (one) => isQuantity(one.quantity) && one.unitPriceFen >= 0 && one.statedTotalFen >= 0,
  )
  return isWhole ? items : null
}

/** The price that the rule makes of what is typed; null where it makes none yet. */
export function correctedFen(
  page: DeskPage,
  bidder: string,
  draft: CorrectionDraft,
): number | null {
  const bid = page.bids.find((one) => one.party === bidder)
  const items = itemsOf(draft)
  if (!bid || !items || !page.items) return null
  const words = draft.wordsTotal.trim()
  try {
    return correctionOf(
      { ...page.items, budgetFen: 0 },
      { id: bid.party, priceFen: bid.priceFen },
      { items, wordsTotal: words || null },
    ).correctedTotalFen
  } catch {
    // Figures past what can be written exactly make no price.
    return null
  }
}

/** 算术修正: the lines of the price list, the total in words, and what the rule makes of them. */
export function CorrectionFields(props: {
  page: DeskPage
  bidder: string
  draft: CorrectionDraft
  onDraft: (draft: CorrectionDraft) => void
}): JSX.Element {
  const opened = () => props.page.bids.find((one) => one.party === props.bidder)?.priceFen ?? 0
  const found = createMemo(() => correctedFen(props.page, props.bidder, props.draft))
  const isTender = () => props.page.items?.regime === 'tender'
  const change = (at: number, line: Partial<DraftItem>) =>
    props.onDraft({
      ...props.draft,
      items: props.draft.items.map((one, i) => (i === at ? { ...one, ...line } : one)),
    })
  return (
    <Stack>
      <p class="yg-note">{t(isTender() ? 'desk.correct.lawTender' : 'desk.correct.lawGp')}</p>
      <Index each={props.draft.items}>
        {(line, i) => (
          <fieldset class="yg-stack" data-gap="small">
            <legend>{t('desk.correct.line', { count: i + 1 })}</legend>
            <Field
              label={t('desk.correct.quantity')}
              name={`correct-quantity-${i}`}
              numeric
              width="short"
              value={line().quantity}
              onInput={(quantity) => change(i, { quantity })}
            />
            <MoneyField
              label={t('desk.correct.unitPrice')}
              name={`correct-unit-${i}`}
              fen={line().unitPriceFen}
              onFen={(unitPriceFen) => change(i, { unitPriceFen })}
            />
            <MoneyField
              label={t('desk.correct.stated')}
              name={`correct-stated-${i}`}
              fen={line().statedTotalFen}
              onFen={(statedTotalFen) => change(i, { statedTotalFen })}
            />
          </fieldset>
        )}
      </Index>
      <Row>
        <Button
          small
          onPress={() =>
            props.onDraft({ ...props.draft, items: [...props.draft.items, emptyItem] })
          }
        >
          {t('desk.correct.addLine')}
        </Button>
        <Show when={props.draft.items.length > 0}>
          <Button
            small
            kind="plain"
            onPress={() => props.onDraft({ ...props.draft, items: props.draft.items.slice(0, -1) })}
          >
            {t('desk.correct.dropLine')}
          </Button>
        </Show>
      </Row>
      <Show when={isTender()}>
        <Field
          label={t('desk.correct.words')}
          name="correct-words"
          hint={t('desk.correct.wordsHint')}
          optional
          maxLength={200}
          value={props.draft.wordsTotal}
          onInput={(wordsTotal) => props.onDraft({ ...props.draft, wordsTotal })}
        />
      </Show>
      <Facts
        rows={[
          { name: t('desk.correct.opened'), value: yuan(opened()) },
          {
            name: t('desk.correct.corrected'),
            value: found() === null ? '–' : yuan(found() ?? 0),
            note:
              found() === null || found() === opened()
                ? t('desk.correct.same')
                : toWords(found() ?? 0),
          },
        ]}
      />
    </Stack>
  )
}
