import { createResource, type JSX, Show } from 'solid-js'
import { encode } from 'uqr'
import { t } from '../i18n/i18n.ts'
import { printout } from './print.ts'

/** The log as it stood when the page was got ready for print. */
export interface LogHead {
  readonly size: string
  readonly root: string
}

/** @throws where the log cannot be read now */
export async function readLogHead(): Promise<LogHead> {
  const answer = await fetch('/log/checkpoint')
  if (!answer.ok) throw new Error('no checkpoint')
  const [, size = '', root = ''] = (await answer.text()).split('\n')
  return { size, root }
}

/** What a sheet of paper is checked by: the digest it shows, the log's root, a code that leads there. */
export function PaperFoot(props: { log: LogHead; address: string }): JSX.Element {
  const [digest] = createResource(printout, async (one) =>
    typeof one.digest === 'string' ? one.digest : one.digest(),
  )
  const proof = () => {
    const path = printout()?.proof
    return path ? new URL(path, window.location.href).href : props.address
  }
  return (
    <>
      <Code text={proof()} />
      <div>
        <Show when={digest()}>
          {(text) => (
            <p>
              {printout()?.name} <code>{text()}</code>
            </p>
          )}
        </Show>
        <p>
          {t('shell.print.log', { size: props.log.size })} <code>{props.log.root}</code>
        </p>
        <p>{t('shell.print.scan')}</p>
      </div>
    </>
  )
}

/** A QR code as one path of squares. */
function Code(props: { text: string }): JSX.Element {
  const code = () => encode(props.text, { ecc: 'M', border: 2 })
  const squares = () =>
    code()
      .data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')))
      .join('')
  return (
    <svg
      class="yg-printed-code"
      viewBox={`0 0 ${code().size} ${code().size}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={t('shell.print.scan')}
    >
      <path d={squares()} />
    </svg>
  )
}
