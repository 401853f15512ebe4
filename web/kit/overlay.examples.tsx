import { createSignal } from 'solid-js'
import { Button } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { Dialog } from './dialog.tsx'
import type { Example } from './examples.ts'
import { SignDialog, type SignState } from './sign-dialog.tsx'
import { toast } from './toast.tsx'

const text = {
  zh: [
    '提交投标',
    '第三实验小学食堂厨房设备采购 厨房设备一批',
    '报价 2,731,000.00 元（贰佰柒拾叁万壹仟元整）',
    '投标截止 2026-03-23 09:30:00（北京时间）',
    '截止前可替换或撤回，截止后不可更改。',
  ],
  en: [
    'Submit the bid',
    'Kitchen equipment for the canteen, one batch',
    'Price CNY 2,731,000.00',
    'Deadline 2026-03-23 09:30:00 Beijing time (UTC+8)',
    'Until the deadline it may be replaced or withdrawn; after it nothing changes.',
  ],
}
const certificates = [
  {
    id: 'a',
    issuer: '演示 CA',
    holder: '演示投标人一',
    algorithm: 'P-256',
    notAfter: '2028-03-01T00:00:00.000Z',
    isExpired: false,
  },
  {
    id: 'b',
    issuer: '演示 CA',
    holder: '演示投标人一',
    algorithm: 'RSA',
    notAfter: '2026-03-01T00:00:00.000Z',
    isExpired: true,
  },
]

/** A button that opens the dialog in one of its states. */
function Sign(props: { state: SignState }) {
  const [isOpen, setOpen] = createSignal(false)
  const [chosen, setChosen] = createSignal<string | null>('a')
  const hasKeys = () => props.state.is !== 'no-key' && props.state.is !== 'opening'
  const close = () => setOpen(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>{props.state.is}</Button>
      <SignDialog
        isOpen={isOpen()}
        state={props.state}
        text={hasKeys() ? text : null}
        certificates={hasKeys() ? certificates : []}
        chosen={chosen()}
        onChoose={setChosen}
        onKeyFile={close}
        onSign={close}
        onCancel={close}
        onRetry={close}
      />
    </>
  )
}

const states: readonly SignState[] = [
  { is: 'opening' },
  { is: 'no-key' },
  { is: 'ready' },
  { is: 'unknown' },
  { is: 'refused', message: '此证书属于另一单位，未签名。内容已保留，请换证书。' },
]

function Question() {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>撤回投标</Button>
      <Dialog
        title="撤回投标"
        isOpen={isOpen()}
        onClose={() => setOpen(false)}
        foot={<Button onPress={() => setOpen(false)}>不撤回</Button>}
      >
        <p>视为未投标，保证金依规退还。</p>
      </Dialog>
    </>
  )
}

function AskedAgain() {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>终止成员资格</Button>
      <Confirm
        isOpen={isOpen()}
        title="终止成员资格"
        verb="终止"
        onDo={() => setOpen(false)}
        onLeave={() => setOpen(false)}
      >
        <p>将立即退出登录，不能再代表本单位。</p>
      </Confirm>
    </>
  )
}

export default [
  {
    name: 'signing dialog, by state',
    draw: () => (
      <div class="yg-row">
        {states.map((state) => (
          <Sign state={state} />
        ))}
      </div>
    ),
  },
  { name: 'dialog', draw: () => <Question /> },
  { name: 'asked once more', draw: () => <AskedAgain /> },
  {
    name: 'toast, for trifles that can be undone',
    draw: () => (
      <Button onPress={() => toast('已删除一行', { text: '撤销', run: () => {} })}>删除一行</Button>
    ),
  },
] satisfies readonly Example[]
