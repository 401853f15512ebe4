import { createSignal } from 'solid-js'
import { Checkbox, Radio, Select } from './choice.tsx'
import { CopyLine } from './copy-line.tsx'
import type { Example } from './examples.ts'
import { Field } from './field.tsx'
import { FileDrop } from './file-drop.tsx'
import { MoneyField } from './money-field.tsx'
import { RegionField } from './region-field.tsx'
import { ScoreField } from './score-field.tsx'

const [text, setText] = createSignal('第三实验小学食堂厨房设备采购')
const [fen, setFen] = createSignal<number | null>(273_100_000)
const [score, setScore] = createSignal('6.5')
const [kind, setKind] = createSignal('goods')
const [region, setRegion] = createSignal('371300')
const [isChecked, setChecked] = createSignal(true)
const objects = [
  { value: 'works', text: '工程' },
  { value: 'goods', text: '货物' },
  { value: 'services', text: '服务' },
]

export default [
  {
    name: 'text, saved',
    draw: () => (
      <Field
        label="项目名称"
        name="x-title"
        hint="与审批文件一致"
        state="saved"
        value={text()}
        onInput={setText}
      />
    ),
  },
  {
    name: 'invalid',
    draw: () => (
      <Field
        label="招标文件提供期限"
        name="x-days"
        numeric
        width="short"
        unit="个工作日"
        error="应为数字"
        value="五"
        onInput={() => {}}
      />
    ),
  },
  {
    name: 'several lines, optional',
    draw: () => (
      <Field label="退回原因" name="x-reason" lines={3} optional value="" onInput={() => {}} />
    ),
  },
  {
    name: 'region, by code or name',
    draw: () => (
      <RegionField
        label="行政区划"
        name="x-region"
        hint="写名称或六位代码"
        width="short"
        value={region()}
        onInput={setRegion}
      />
    ),
  },
  {
    name: 'money, capitals echoed',
    draw: () => <MoneyField label="报价" name="x-money" fen={fen()} onFen={setFen} />,
  },
  {
    name: 'score',
    draw: () => (
      <ScoreField
        label="配送方案"
        name="x-score"
        max="8"
        step="0.5"
        value={score()}
        onValue={setScore}
      />
    ),
  },
  {
    name: 'score out of range',
    draw: () => (
      <ScoreField
        label="配送方案"
        name="x-score-wrong"
        max="8"
        step="0.5"
        value="9"
        onValue={() => {}}
      />
    ),
  },
  {
    name: 'select',
    draw: () => (
      <Select
        label="采购对象"
        name="x-select"
        width="medium"
        value={kind()}
        options={objects}
        onValue={setKind}
      />
    ),
  },
  {
    name: 'radio, one of them off',
    draw: () => (
      <Radio
        label="采购方式"
        name="x-radio"
        value={kind()}
        options={objects.map((one) =>
          one.value === 'works' ? { ...one, isOff: true, hint: '工程另行招标' } : one,
        )}
        onValue={setKind}
      />
    ),
  },
  {
    name: 'checkbox',
    draw: () => (
      <Checkbox label="报价含税" name="x-check" checked={isChecked()} onChange={setChecked} />
    ),
  },
  {
    name: 'a line to copy whole',
    draw: () => (
      <CopyLine label="登录链接" name="x-copy" value="https://example.org/join#0123456789abcdef" />
    ),
  },
  {
    name: 'files',
    draw: () => <FileDrop label="把文件拖到这里" verb="选择文件" onFiles={() => {}} />,
  },
] satisfies readonly Example[]
