import { CheckList } from './check-list.tsx'
import type { Example } from './examples.ts'
import { FileDrop } from './file-drop.tsx'
import { ReadingLine } from './reading-line.tsx'
import { Tag } from './status.tsx'
import { Tile, Tiles } from './tile.tsx'
import { Total } from './total.tsx'
import { Verdict } from './verdict.tsx'

export default [
  {
    name: 'checks',
    draw: () => (
      <CheckList
        label="自检"
        rows={[
          { id: 'a', text: '签名证书', state: 'good', note: '可用，至 2028-11-24' },
          { id: 'b', text: '声音', state: 'look', note: '本机没有中文语音，以字幕显示' },
          { id: 'c', text: '网络', state: 'bad', note: '连不上平台，请检查网络' },
          { id: 'd', text: '正在与服务器对时', state: 'busy' },
          { id: 'e', text: '存证位置', state: 'todo' },
        ]}
      />
    ),
  },
  {
    name: 'file drop',
    draw: () => (
      <FileDrop
        label="把文件拖到这里"
        verb="选择文件"
        hint="单个不超过 2 GB，整份不超过 8 GB。"
        multiple
        onFiles={() => {}}
      />
    ),
  },
  {
    name: 'file drop off',
    draw: () => (
      <FileDrop
        label="把文件拖到这里"
        verb="选择文件"
        off="已有 256 个文件，请先合并"
        onFiles={() => {}}
      />
    ),
  },
  {
    name: 'total',
    draw: () => <Total name="投标总报价" figures="2,731,000.00 元" words="贰佰柒拾叁万壹仟元整" />,
  },
  {
    name: 'reading line',
    draw: () => (
      <ReadingLine text="正在唱标：演示投标人一，贰佰柒拾叁万壹仟元整，交货期 60 天" isOn large />
    ),
  },
  {
    name: 'verdicts',
    draw: () => (
      <div class="yg-stack">
        <Verdict tone="ok" title="核验通过" text="没有一项不符，密钥由您另行提供。" />
        <Verdict tone="warn" title="未能确认" text="没有发现不符，但密钥是档案自带的。" />
        <Verdict tone="danger" title="有不符之处" text="下面列出每一处。" />
      </div>
    ),
  },
  {
    name: 'tiles',
    draw: () => (
      <Tiles>
        <Tile
          href="#tiles"
          title="第一中学食堂食材采购"
          tone="warn"
          tags={
            <>
              <Tag tone="sun">开标</Tag>
              <Tag tone="warn">告警 1</Tag>
            </>
          }
          facts={['已释放 4 / 7', '下一时限 2026-03-23 10:00:00']}
        />
        <Tile
          href="#tiles"
          title="滨河西路路面翻新工程施工"
          tags={<Tag tone="sun">评标</Tag>}
          facts={['项目时间 2026-03-23 10:31:05']}
        />
      </Tiles>
    ),
  },
] satisfies readonly Example[]
