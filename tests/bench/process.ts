import { fork } from 'node:child_process'

/**
 * A part of a bench in a process of its own: a server whose memory and time count alone, or the load
 * on it. It is this same program with `--role NAME`; it ends with its parent, or by itself.
 */
export type Handlers = Readonly<Record<string, (input: never) => unknown>>
/** Sets the part up and says what it can be asked. */
export type Role = (input: never) => Promise<Handlers>

/** No part lives longer, whatever hangs. */
const longestMs = 20 * 60_000

export interface OtherProcess {
  readonly pid: number
  ask<T>(call: string, input?: unknown): Promise<T>
  end(): Promise<void>
}

interface Question {
  readonly id: number
  readonly call: string
  readonly input: unknown
}
interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** Starts a role and answers when it is set up. */
export async function startRole(role: string, input: unknown = {}): Promise<OtherProcess> {
  const child = fork(process.argv[1], ['--role', role], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [...process.execArgv, '--expose-gc'],
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => {
    for (const take of waiting.values()) take({ id: 0, error: `${role} ended` })
    waiting.clear()
  })
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  let count = 0
  const ask = <T>(call: string, given: unknown = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++count
      waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value as T) : reject(new Error(`${role} ${call}: ${error}`)),
      )
      child.send({ id, call, input: given } satisfies Question)
    })
  await ask('set up', input)
  return {
    pid: child.pid as number,
    ask,
    end: async () => {
      await ask('end').catch(() => {}) // it may have ended before
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

/** The child's side: answers until its parent lets go. */
export function playRole(roles: Readonly<Record<string, Role>>, name: string): void {
  let handlers: Handlers = {}
  setTimeout(() => process.exit(3), longestMs).unref()
  process.on('disconnect', () => process.exit(0))
  const answer = async ({ call, input }: Question): Promise<unknown> => {
    if (call === 'set up') {
      handlers = await roles[name](input as never)
      return null
    }
    if (call === 'end' && !handlers.end) return null
    return handlers[call](input as never)
  }
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ id: question.id, value } satisfies Answer),
      (error) => {
        const text = String((error as Error)?.stack ?? error)
        process.send?.({ id: question.id, error: text } satisfies Answer)
      },
    )
  })
}

/** Milliseconds of a clock that all processes of a machine share and nobody sets. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

export const sleep = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms))
