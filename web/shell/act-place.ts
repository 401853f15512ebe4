import type { ActPlace } from '../../server/acts/sign.ts'
import { b64u, fromBase64 } from '../../server/formats/bytes.ts'
import { get } from './api.ts'
import { serverNowMs, sync, syncClock } from './clock.ts'

/** Platform, newest checkpoint and time, as every act names them. */
export async function placeOfAct(): Promise<Pick<ActPlace, 'platform' | 'prior' | 'nowMs'>> {
  const [health, checkpoint] = await Promise.all([
    get<{ log: { origin: string } }>('/healthz'),
    fetch('/log/checkpoint').then((answer) => answer.text()),
    sync() ? null : syncClock(),
  ])
  const [, size, root] = checkpoint.split('\n')
  return {
    platform: health.log.origin.replace(/\/log$/, ''),
    prior: { size: Number(size), root: b64u(fromBase64(root)) },
    nowMs: serverNowMs(),
  }
}
