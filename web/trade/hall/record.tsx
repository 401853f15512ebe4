import { type JSX, Show } from 'solid-js'
import { b64u } from '../../../server/formats/bytes.ts'
import { canonicalBytes, type Json } from '../../../server/formats/jcs.ts'
import { sha256 } from '../../../server/formats/sha256.ts'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { CheckList } from '../../kit/check-list.tsx'
import { Facts, Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { printPage, usePrintout } from '../../shell/print.ts'
import { saveJson } from '../../shell/save-file.ts'
import { proofHref } from '../trade-events.ts'
import type { HallPage } from './hall-answer.ts'

interface RecordAnswer {
  readonly record: {
    readonly startedAt: string | null
    readonly openedAt: string | null
    readonly host: { readonly name: string; readonly signedInAt: string } | null
    readonly witness: { readonly name: string; readonly signedInAt: string } | null
    readonly absent: readonly string[]
    readonly extensions: readonly unknown[]
    readonly halts: readonly unknown[]
  }
  readonly recordSha256: string | null
  readonly signatures: { readonly host: unknown; readonly witness: unknown }
}

/** 开标记录: what host and witness sign, whole, its digest computed again here. */
export function OpeningRecord(props: { hall: HallPage }): JSX.Element {
  const record = createLive(
    () => get<RecordAnswer>(`/api/projects/${props.hall.project}/opening/record`),
    () => [props.hall.project],
  )
  const computed = () => {
    const one = record()
    // What the store hands out are proxies; digests are of plain values.
    return one ? b64u(sha256(canonicalBytes(JSON.parse(JSON.stringify(one.record)) as Json))) : null
  }
  const expected = () => props.hall.recordSha256 ?? record()?.recordSha256 ?? null
  usePrintout(() => {
    const digest = expected()
    const proof = proofHref(props.hall.project, { event: 'BidsOpened' })
    return digest ? { name: t('attending.record.digest'), digest, proof } : null
  })
  const person = (one: { name: string; signedInAt: string } | null) =>
    one
      ? t('attending.record.person', { name: one.name, time: time(one.signedInAt) })
      : t('attending.record.nobody')
  return (
    <Show when={record()}>
      {(one) => (
        <Section
          title={t('attending.record.title')}
          more={
            <span class="yg-row">
              <Button small onPress={() => void printPage()}>
                {t('attending.record.print')}
              </Button>
              <Show when={props.hall.recordSha256}>
                <ButtonLink
                  small
                  href={`/api/projects/${props.hall.project}/opening/record.pdf`}
                  download={`${props.hall.project}-开标记录.pdf`}
                >
                  {t('attending.record.pdf')}
                </ButtonLink>
              </Show>
              <Button small onPress={() => saveJson(`${props.hall.project}-opening.json`, one())}>
                {t('attending.record.save')}
              </Button>
            </span>
          }
          card
        >
          <Facts
            rows={[
              { name: t('attending.record.started'), value: timeOr(one().record.startedAt) },
              { name: t('attending.record.opened'), value: timeOr(one().record.openedAt) },
              { name: t('attending.record.host'), value: person(one().record.host) },
              { name: t('attending.record.witness'), value: person(one().record.witness) },
              {
                name: t('attending.record.absent'),
                value: t('attending.record.absentOf', { count: one().record.absent.length }),
              },
              {
                name: t('attending.record.events'),
                value: t('attending.record.eventsOf', {
                  extensions: one().record.extensions.length,
                  halts: one().record.halts.length,
                }),
              },
              {
                name: t('attending.record.signatures'),
                value: t(
                  one().signatures.witness
                    ? 'attending.record.both'
                    : one().signatures.host
                      ? 'attending.record.hostOnly'
                      : 'attending.record.none',
                ),
              },
              ...(expected()
                ? [
                    {
                      name: t('attending.record.digest'),
                      value: <Hash value={expected() ?? ''} />,
                      note: (
                        <CheckList
                          label={t('attending.record.digest')}
                          rows={[
                            {
                              id: 'digest',
                              text: t(
                                computed() === expected()
                                  ? 'attending.record.same'
                                  : 'attending.record.differs',
                              ),
                              state: computed() === expected() ? 'good' : 'bad',
                            },
                          ]}
                        />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
    </Show>
  )
}

const timeOr = (instant: string | null) => (instant ? time(instant) : '–')
