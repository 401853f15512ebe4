import { type SealCalls, sealCalls } from './sealing-calls.ts'

/** The worker's side of `sealing-browser.ts`: runs what is asked for and answers. */
self.addEventListener(
  'message',
  async ({ data }: MessageEvent<{ call: keyof SealCalls; mib: number }>) => {
    try {
      self.postMessage({ value: await sealCalls[data.call](data) })
    } catch (error) {
      self.postMessage({ error: String(error) })
    }
  },
)
