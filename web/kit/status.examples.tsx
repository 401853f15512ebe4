import { Countdown, SyncBadge } from './countdown.tsx'
import { ErrorSummary } from './error-summary.tsx'
import type { Example } from './examples.ts'
import { Empty, Loading, Notice, Tag, type Tone } from './status.tsx'

const tones: readonly (readonly [Tone, string])[] = [
  ['plain', '未开始'],
  ['act', '投标中'],
  ['sun', '开标中'],
  ['sealed', '已封装'],
  ['ok', '已核验'],
  ['warn', '请核对'],
  ['danger', '需修改'],
]
const at = Date.parse('2026-03-23T01:30:00.000Z')
const until = new Date(at).toISOString()

export default [
  {
    name: 'tags',
    draw: () => (
      <div class="yg-row">
        {tones.map(([tone, text]) => (
          <Tag tone={tone}>{text}</Tag>
        ))}
      </div>
    ),
  },
  {
    name: 'notices',
    draw: () => (
      <div class="yg-stack" data-gap="small">
        <Notice title="服务将于今晚维护">2026-03-02 22:00:00 至 23:00:00，开标不受影响。</Notice>
        <Notice tone="sealed" title="开标前无人能读">
          投标内容在您的电脑上加密，运行平台的人也读不到。
        </Notice>
        <Notice tone="ok">招标文件已确认，等待代理机构发布公告。</Notice>
        <Notice tone="warn">高于最高限价 2,860,000.00 元，评审时通不过。</Notice>
        <Notice tone="danger">迟到 0.214 秒，未接收。文件仍在本机。请联系代理机构。</Notice>
      </div>
    ),
  },
  {
    name: 'countdown: days, hours, last ten minutes, last minute, zero',
    draw: () => (
      <div class="yg-stack" data-gap="small">
        {[3.2 * 86_400_000, 15_156_000, 540_000, 42_000, 0].map((left) => (
          <Countdown until={until} now={() => at - left} />
        ))}
      </div>
    ),
  },
  {
    name: 'clock: good, drifting, lost',
    draw: () => (
      <div class="yg-stack" data-gap="small">
        <SyncBadge sync={{ offsetMs: -12, errorMs: 38 }} />
        <SyncBadge sync={{ offsetMs: 4200, errorMs: 38 }} />
        <SyncBadge sync={null} />
      </div>
    ),
  },
  {
    name: 'empty',
    draw: () => (
      <Empty title="还没有答复">
        <p>投标人提出询问后，由代理机构在这里向所有人答复。</p>
      </Empty>
    ),
  },
  { name: 'loading', draw: () => <Loading lines={4} /> },
  {
    name: 'error summary',
    draw: () => (
      <ErrorSummary
        errors={[{ name: 'x-title', text: '项目名称：请填写' }, { text: '评分项之和应为 100 分' }]}
      />
    ),
  },
] satisfies readonly Example[]
