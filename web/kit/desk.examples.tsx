import { createSignal, type JSX } from 'solid-js'
import { Desk, Fold, KeyList, type Step, Steps } from './desk.tsx'
import { DocViewer } from './doc-viewer.tsx'
import type { Example } from './examples.ts'

const steps: readonly Step[] = [
  { id: 'a', text: '配送方案', value: '6.5', state: 'done' },
  { id: 'b', text: '应急预案和四小时换货承诺', state: 'todo' },
  { id: 'c', text: '类似业绩', value: '99', state: 'wrong' },
  { id: 'd', text: '已否决的投标', value: '0/4', state: 'out' },
]

function Picking(): JSX.Element {
  const [here, setHere] = createSignal('b')
  return (
    <Steps
      label="评审项"
      steps={steps.map((step) => ({ ...step, isHere: step.id === here() }))}
      onPick={setHere}
    />
  )
}

const viewer = (read: () => Promise<Uint8Array>) => (
  <DocViewer
    name="技术文件.pdf"
    bytes={22_400}
    read={read}
    href="#desk"
    page={1}
    onPage={() => {}}
  />
)

export default [
  { name: 'steps', draw: () => <Picking /> },
  {
    name: 'desk',
    draw: () => (
      <Desk left={<Picking />} right={<div class="yg-card">6.5</div>}>
        <div class="yg-card">技术文件.pdf</div>
      </Desk>
    ),
  },
  {
    name: 'keys',
    draw: () => (
      <KeyList
        keys={[
          { key: 'J / K', text: '下一项、上一项' },
          { key: '?', text: '打开本说明' },
        ]}
      />
    ),
  },
  {
    name: 'fold',
    draw: () => (
      <Fold title="表决" note="1 件待表决" open>
        <p>请演示投标人一说明。</p>
      </Fold>
    ),
  },
  { name: 'document not a PDF', draw: () => viewer(async () => new Uint8Array([1, 2, 3])) },
  { name: 'document failed', draw: () => viewer(() => Promise.reject({ status: 404 })) },
] satisfies readonly Example[]
