import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { yuan } from '../../i18n/format.ts'
import { language, pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { ReadingLine } from '../../kit/reading-line.tsx'
import type { HallLot, HallPage, HallRow } from './hall-answer.ts'
import { causeOf } from './rows.ts'
import { createReading, type SpokenLine } from './speech.ts'

/** 唱标: each row read out with its words, once all prices are published. */
export function Reading(props: {
  hall: HallPage
  isWall: boolean
  /** Told whose row is read, null while none is. */
  onRead: (party: string | null) => void
}): JSX.Element {
  const lines = (): SpokenLine[] => props.hall.lots.flatMap((lot) => linesOf(props.hall, lot))
  const reading = createReading(lines)
  const [isLarge, setLarge] = createSignal(false)
  createEffect(() => props.onRead(reading.line()?.id.split(' ')[1] ?? null))
  // It begins by itself when the prices come, also for one who comes while they are read.
  createEffect(
    on(
      () => props.hall.openedAt ?? null,
      (openedAt) => {
        const isRunning = ['readingOut', 'confirming'].includes(props.hall.stage)
        if (openedAt && isRunning) reading.start()
      },
    ),
  )
  return (
    <Show when={props.hall.openedAt}>
      <ReadingLine
        text={
          reading.line()
            ? t('hall.reading.now', { line: reading.line()?.caption ?? '' })
            : t('hall.reading.idle')
        }
        isOn={reading.line() !== null}
        large={isLarge() || props.isWall}
        actions={
          <>
            <Show
              when={reading.line()}
              fallback={
                <Button small onPress={reading.start}>
                  {t('hall.reading.again')}
                </Button>
              }
            >
              <Button small onPress={reading.stop}>
                {t('hall.reading.stop')}
              </Button>
            </Show>
            <Show
              when={reading.hasVoice()}
              fallback={<span class="yg-note">{t('hall.reading.noVoice')}</span>}
            >
              <Button
                small
                pressed={reading.isMuted()}
                onPress={() => reading.mute(!reading.isMuted())}
              >
                {t(reading.isMuted() ? 'hall.reading.speak' : 'hall.reading.mute')}
              </Button>
            </Show>
            <Show when={!props.isWall}>
              <Button small pressed={isLarge()} onPress={() => setLarge((large) => !large)}>
                {t('hall.reading.large')}
              </Button>
            </Show>
          </>
        }
      />
    </Show>
  )
}

function linesOf(hall: HallPage, lot: HallLot): SpokenLine[] {
  const isMany = hall.lots.length > 1
  return lot.rows.map((row) => {
    const name = isMany
      ? t('hall.reading.ofLot', { lot: pick(lot.title), name: row.name })
      : row.name
    return { id: `${lot.lot} ${row.party}`, ...textOf(row, name) }
  })
}

function textOf(row: HallRow, name: string): Omit<SpokenLine, 'id'> {
  if (row.outcome !== 'opened' || row.priceFen === undefined) {
    const text = t('hall.reading.notOpened', { name, cause: causeOf(row.problem ?? '') })
    return { caption: text, speech: text }
  }
  const days = row.quotation?.deliveryDays
  const key = days === undefined ? 'hall.reading.price' : 'hall.reading.priceDays'
  const words = language() === 'zh' ? toWords(row.priceFen) : yuan(row.priceFen)
  const caption = t(key, {
    name,
    amount: language() === 'zh' ? `${yuan(row.priceFen)}（${words}）` : words,
    days: days ?? '',
  })
  return { caption, speech: t(key, { name, amount: words, days: days ?? '' }) }
}
