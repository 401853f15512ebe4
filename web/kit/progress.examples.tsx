import { Button } from './button.tsx'
import { Countdown } from './countdown.tsx'
import type { Example } from './examples.ts'
import { NextAct } from './next-act.tsx'
import { Panels } from './panels.tsx'
import { type Stage, StageRail } from './stage-rail.tsx'
import { TaskList } from './task-list.tsx'
import { type SealProgress, UploadSeal } from './upload-seal.tsx'

const at = Date.parse('2026-03-23T01:30:00.000Z')
const stages: readonly Stage[] = [
  { id: 'notice', name: '公告', state: 'done', at: '03-02 09:00' },
  { id: 'bidding', name: '投标', state: 'now', at: '03-23 09:30' },
  { id: 'opening', name: '开标', state: 'todo', at: '03-23 09:30' },
  { id: 'review', name: '资格审查', state: 'todo' },
  { id: 'evaluation', name: '评标', state: 'todo' },
  { id: 'award', name: '定标', state: 'todo' },
]
const running: SealProgress = {
  seal: 1,
  upload: 0.58,
  keep: null,
  bytesPerSecond: 3_250_000,
  leftMs: 118_000,
  state: 'running',
}

export default [
  {
    name: 'next act',
    draw: () => (
      <NextAct
        kind="act"
        title="提交投标文件"
        clock={<Countdown until={new Date(at).toISOString()} now={() => at - 15_156_000} />}
        text={<p>截止 2026年3月23日（星期一）09:30:00</p>}
        act={<Button kind="primary">继续投标</Button>}
      />
    ),
  },
  {
    name: 'what comes',
    draw: () => <NextAct kind="wait" title="投标截止，随即开标" />,
  },
  {
    name: 'late',
    draw: () => (
      <NextAct
        kind="late"
        title="投标已于 2026-03-23 09:30:00 截止"
        text={<p>对结果有异议的，请在公示期内提出。</p>}
      />
    ),
  },
  { name: 'stages', draw: () => <StageRail label="各阶段" stages={stages} /> },
  {
    name: 'stages, stopped',
    draw: () => (
      <StageRail
        label="各阶段（失败）"
        stages={stages.map((one, i) => ({ ...one, state: i === 0 ? 'done' : 'blocked' }))}
      />
    ),
  },
  {
    name: 'tasks',
    draw: () => (
      <TaskList
        label="招标文件各部分"
        tasks={[
          { id: 'a', text: '基本情况', href: '#a', state: 'done' },
          { id: 'b', text: '时间安排', href: '#b', state: 'wrong', note: '2 处', isHere: true },
          { id: 'c', text: '资格与实质性要求', href: '#c', state: 'todo' },
          { id: 'd', text: '文件', href: '#d', state: 'look' },
          { id: 'e', text: '预览与送审', state: 'blocked' },
        ]}
      />
    ),
  },
  {
    name: 'panels',
    draw: () => (
      <Panels
        label="评审"
        panels={[
          { value: 'a', text: '资格', body: () => <p>资格审查 4 项</p> },
          { value: 'b', text: '技术', body: () => <p>技术评分 4 项</p> },
        ]}
      />
    ),
  },
  {
    name: 'upload: running, broken, paused',
    draw: () => (
      <div class="yg-stack" data-gap="small">
        <UploadSeal
          name="投标文件.pdf 等 4 个"
          bytes={851_000_000}
          progress={running}
          onPause={() => {}}
          onCancel={() => {}}
        />
        <UploadSeal
          name="技术方案.pdf"
          bytes={81_000_000}
          progress={{ ...running, state: 'broken' }}
          onResume={() => {}}
          onCancel={() => {}}
        />
        <UploadSeal
          name="商务文件.pdf"
          bytes={8_100_000}
          progress={running}
          isTooSlow
          onPause={() => {}}
        />
      </div>
    ),
  },
] satisfies readonly Example[]
