import { For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Tag, type Tone } from './status.tsx'

/** How a task stands. */
export type TaskState = 'done' | 'now' | 'todo' | 'look' | 'wrong' | 'blocked'

export interface Task {
  readonly id: string
  readonly text: string
  readonly href?: string
  readonly state: TaskState
  /** In place of the state's own word: `2 处`. */
  readonly note?: string
  readonly isHere?: boolean
}

const tones: Record<TaskState, Tone> = {
  done: 'ok',
  now: 'sun',
  todo: 'plain',
  look: 'warn',
  wrong: 'danger',
  blocked: 'plain',
}

/** Tasks in any order, each with how it stands. */
export function TaskList(props: {
  label: string
  tasks: readonly Task[]
  /** `line`: side by side where there is room. */
  kind?: 'line'
}): JSX.Element {
  const body = (task: Task) => (
    <>
      <span>{task.text}</span>
      <Tag tone={tones[task.state]}>{task.note ?? t(`kit.task.${task.state}`)}</Tag>
    </>
  )
  return (
    <nav aria-label={props.label}>
      <ol class="yg-tasks" data-kind={props.kind}>
        <For each={props.tasks}>
          {(task) => (
            <li>
              <Show when={task.href} fallback={<span class="yg-tasks-task">{body(task)}</span>}>
                {(href) => (
                  <a
                    class="yg-tasks-task"
                    href={href()}
                    aria-current={task.isHere ? 'step' : undefined}
                  >
                    {body(task)}
                  </a>
                )}
              </Show>
            </li>
          )}
        </For>
      </ol>
    </nav>
  )
}
