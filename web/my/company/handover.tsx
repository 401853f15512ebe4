import { type JSX, onMount } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { CopyLine } from '../../kit/copy-line.tsx'
import { fieldId } from '../../kit/field.tsx'
import { Notice } from '../../kit/status.tsx'

/** A link that lets one person in once. It is held by this page alone, and gone with it. */
export interface OneTimeLink {
  readonly name: string
  readonly url: string
  /** It signs nobody in: whom it is meant for accepts by it, signed in as himself. */
  readonly isInvitation?: boolean
}

/** The link is shown this once: the platform keeps its digest alone. */
export function Handover(props: { link: OneTimeLink }): JSX.Element {
  // Made by a press elsewhere on the page: it comes into sight, ready to be copied.
  onMount(() => {
    const line = document.getElementById(fieldId('one-time-link')) as HTMLInputElement | null
    line?.focus()
    line?.scrollIntoView({ block: 'center' })
  })
  return (
    <Notice
      tone="warn"
      live="polite"
      title={t(props.link.isInvitation ? 'account.invitations.once' : 'account.members.once', {
        name: props.link.name,
      })}
    >
      <p>
        {t(props.link.isInvitation ? 'account.invitations.onceText' : 'account.members.onceText')}
      </p>
      <CopyLine
        label={t(
          props.link.isInvitation ? 'account.invitations.linkLabel' : 'account.members.linkLabel',
        )}
        name="one-time-link"
        value={props.link.url}
      />
    </Notice>
  )
}
