import { type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** Asks once more before something that can't be taken back; the button says the act. */
export function Confirm(props: {
  isOpen: boolean
  title: string
  verb: string
  pending?: boolean
  onDo: () => void
  onLeave: () => void
  children: JSX.Element
}): JSX.Element {
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.pending ? null : props.onLeave}
      foot={
        <>
          <Button onPress={props.onLeave}>{t('kit.confirm.leave')}</Button>
          <Button kind="danger" pending={props.pending} onPress={props.onDo}>
            {props.verb}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}

/** Asks about the one of several that was picked; open while there is one. */
export function ConfirmOf<T>(props: {
  of: T | null
  title: string
  verb: string
  pending?: boolean
  /** What follows from it. */
  text: (one: T) => string
  onDo: (one: T) => void
  onLeave: () => void
}): JSX.Element {
  return (
    <Confirm
      isOpen={props.of !== null}
      title={props.title}
      verb={props.verb}
      pending={props.pending}
      onDo={() => {
        if (props.of !== null) props.onDo(props.of)
      }}
      onLeave={props.onLeave}
    >
      <Show when={props.of}>{(one) => <p>{props.text(one())}</p>}</Show>
    </Confirm>
  )
}
