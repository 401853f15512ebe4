import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { KeyList } from '../../kit/desk.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { areKeysOn, switchKeys } from './use-keys.ts'

const keys = [
  ['J / K', 'item'],
  ['H / L', 'bid'],
  ['0 … 9', 'digits'],
  ['Enter', 'enter'],
  ['[ / ]', 'page'],
  ['/', 'find'],
  ['E', 'cite'],
  ['?', 'help'],
] as const

/** The keys of the desk, and the switch that turns them off. */
export function KeysHelp(props: {
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
}): JSX.Element {
  return (
    <div class="yg-row yg-desk-help">
      <Button small kind="plain" onPress={() => props.onOpen(true)}>
        {t(areKeysOn() ? 'desk.keys.open' : 'desk.keys.openOff')}
      </Button>
      <Dialog
        title={t('desk.keys.title')}
        isOpen={props.isOpen}
        onClose={() => props.onOpen(false)}
        foot={<Button onPress={() => props.onOpen(false)}>{t('shell.close')}</Button>}
      >
        <KeyList keys={keys.map(([key, act]) => ({ key, text: t(`desk.keys.${act}`) }))} />
        <Checkbox
          label={t('desk.keys.switch')}
          hint={t('desk.keys.switchHint')}
          name="desk-keys"
          checked={areKeysOn()}
          onChange={switchKeys}
        />
      </Dialog>
    </div>
  )
}
