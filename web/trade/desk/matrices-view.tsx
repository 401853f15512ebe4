import { For, type JSX, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Fold } from '../../kit/desk.tsx'
import { Section } from '../../kit/layout.tsx'
import { Matrix } from '../../kit/matrix.tsx'
import type { DeskPage } from './desk-answers.ts'
import { bidsInPhase, itemsMatrix, openPhases, totalsMatrix } from './matrices.ts'
import { memberName } from './members.tsx'

/** Sheets of the phases in which all have handed in. */
export function Matrices(props: { page: DeskPage }): JSX.Element {
  const phases = () => openPhases(props.page)
  const members = () => props.page.members.map((m) => memberName(props.page, m.id))
  const words = () => ({
    pass: t('desk.score.pass'),
    fail: t('desk.score.fail'),
    itemOf: (item: { zh: string; en: string }) => pick(item),
  })
  return (
    <Show when={phases().length > 0}>
      <Section title={t('desk.matrix.title')} note={t('desk.matrix.note')}>
        <Show when={phases().includes('scoring')}>
          <Matrix
            caption={t('desk.matrix.totals')}
            corner={t('desk.matrix.bid')}
            columns={[t('desk.matrix.mean'), t('desk.matrix.spread'), ...members()]}
            rows={totalsMatrix(props.page)}
          />
        </Show>
        <For each={phases()}>
          {(phase) => (
            <Fold
              title={t(`desk.phase.${phase}`)}
              note={t('desk.matrix.each')}
              open={phase === props.page.phase}
            >
              <For each={bidsInPhase(props.page, phase)}>
                {(bid) => (
                  <Matrix
                    caption={props.page.bids.find((b) => b.party === bid)?.name ?? bid}
                    corner={t('desk.matrix.item')}
                    columns={[
                      t(phase === 'scoring' ? 'desk.matrix.mean' : 'desk.matrix.against'),
                      ...members(),
                    ]}
                    rows={itemsMatrix(props.page, phase, bid, words())}
                  />
                )}
              </For>
            </Fold>
          )}
        </For>
      </Section>
    </Show>
  )
}
