import { Button, ButtonLink } from './button.tsx'
import type { Example } from './examples.ts'

export default [
  {
    name: 'kinds',
    draw: () => (
      <div class="yg-row">
        <Button kind="primary">签名并提交</Button>
        <Button>保存草稿</Button>
        <Button kind="danger">撤回投标</Button>
        <Button kind="plain">查看原理</Button>
        <ButtonLink href="/help">查看办事指南</ButtonLink>
        <Button small>复制</Button>
      </div>
    ),
  },
  {
    name: 'pending',
    draw: () => (
      <Button kind="primary" pending>
        签名并提交
      </Button>
    ),
  },
  {
    name: 'off, with its reason',
    draw: () => <Button off="投标已于 2026-03-23 09:30:00 截止">提交投标</Button>,
  },
] satisfies readonly Example[]
