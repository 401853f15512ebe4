import type { Caller, SealNews } from './messages.ts'
import type { Line } from './patience.ts'

/** Whether what is sent for one bid goes on: paused, broken, cancelled, and under which session. */
export class Gate {
  state: SealNews['state'] = 'running'
  private caller: Caller
  private readonly abort = new AbortController()
  private readonly pausing = new Set<() => void>()
  private readonly waiting: (() => void)[] = []
  private readonly resting = new Set<() => void>()
  private readonly askCaller: () => void
  private readonly changed: () => void

  /**
   * @param askCaller asks for the session as it is now; `renew` answers
   * @param changed told of each new state
   */
  constructor(caller: Caller, askCaller: () => void, changed: () => void) {
    this.caller = caller
    this.askCaller = askCaller
    this.changed = changed
    self.addEventListener('online', this.wake, { signal: this.abort.signal })
  }

  pause(): void {
    this.state = 'paused'
    for (const run of [...this.pausing]) run()
    this.changed()
  }
  resume(caller: Caller): void {
    this.state = 'running'
    for (const run of this.waiting.splice(0)) run()
    this.renew(caller)
    this.changed()
  }
  cancel(): void {
    this.abort.abort()
    for (const run of this.waiting.splice(0)) run()
    this.wake()
  }
  renew(caller: Caller): void {
    this.caller = caller
    this.wake()
  }

  get line(): Line {
    const self = this
    return {
      get caller() {
        return self.caller
      },
      signal: this.abort.signal,
      whenOpen: () =>
        this.state === 'paused'
          ? new Promise((resolve) => this.waiting.push(resolve))
          : Promise.resolve(),
      onPause: (run) => {
        this.pausing.add(run)
        return () => this.pausing.delete(run)
      },
      say: (state) => {
        if (this.state === 'paused' || this.state === state) return
        this.state = state
        this.changed()
      },
      renew: this.askCaller,
      rest: this.rest,
    }
  }

  private readonly wake = (): void => {
    for (const run of [...this.resting]) run()
  }
  private readonly rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.resting.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.resting.add(end)
    })
}
