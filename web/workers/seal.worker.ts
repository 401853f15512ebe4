import { b64u, hex } from '../../server/formats/bytes.ts'
import { sha256Hasher } from '../../server/formats/sha256.ts'
import {
  makeRecoveryFile,
  openRecoveryFile,
  p256Suite,
  productSizes,
  type Recovery,
} from '../../server/sealing/index.ts'
import { failureOf, SealError } from './seal/failure.ts'
import type { SealAnswer, SealCall, SealSays } from './seal/messages.ts'
import { openOwn, ownFile, release, rewrapOwn } from './seal/own.ts'
import { selfTest } from './seal/self-test.ts'
import { type Sealed, Sealing } from './seal/session.ts'
import { summaryOf } from './seal/summary.ts'

/**
 * Seals a bid and opens one's own: the bid secret and the keys of files live here and nowhere else.
 * What is asked for and answered is in `seal/messages.ts`.
 */
let sealing: Sealing | null = null
let sealed: Sealed | null = null

const say = (said: SealSays) => self.postMessage(said)

function ready(): Sealed {
  if (!sealed) throw new SealError('not-sealed')
  return sealed
}

async function digest(file: File): Promise<string> {
  const hasher = sha256Hasher()
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return hex(hasher.digest())
    hasher.update(value)
  }
}

async function keep(passPhrase: string): Promise<Uint8Array> {
  const { s, headerHash, wish } = ready()
  const { platform, tender, lot, part, revision } = wish.context
  const recovery: Recovery = {
    ...{ v: 1, kind: 'recovery', platform, tender, lot },
    items: [{ part, revision, headerHash: b64u(headerHash), s: b64u(s) }],
  }
  return makeRecoveryFile(p256Suite, recovery, passPhrase, productSizes)
}

async function tryKeep(bytes: Uint8Array, passPhrase: string): Promise<SealAnswer['tryKeep']> {
  const { s, headerHash } = ready()
  const { items } = await openRecoveryFile(p256Suite, bytes, passPhrase, productSizes)
  const mine = items.find((item) => item.headerHash === b64u(headerHash))
  return { headerHash: items[0]?.headerHash ?? '', isThisBid: mine?.s === b64u(s) }
}

async function seal(wish: Extract<SealCall, { call: 'seal' }>): Promise<SealAnswer['seal']> {
  sealing?.gate.cancel()
  sealed = null
  sealing = new Sealing(wish.caller, say)
  sealed = await sealing.run(wish)
  return summaryOf(sealed)
}

async function answer(call: SealCall): Promise<SealAnswer[SealCall['call']]> {
  switch (call.call) {
    case 'digest':
      return digest(call.file)
    case 'seal':
      return seal(call)
    case 'pause':
      sealing?.gate.pause()
      return null
    case 'resume':
      sealing?.gate.resume(call.caller)
      return null
    case 'cancel':
      sealing?.gate.cancel()
      return null
    case 'caller':
      sealing?.gate.renew(call.caller)
      return null
    case 'test':
      return selfTest(ready(), call.key, (sealing as Sealing).line)
    case 'material': {
      const { envelope, wrap } = ready()
      return { envelope: b64u(envelope), wrap: wrap && b64u(wrap) }
    }
    case 'keep':
      return keep(call.passPhrase)
    case 'tryKeep':
      return tryKeep(call.bytes, call.passPhrase)
    case 'open':
      return openOwn(call.lot, call.opener)
    case 'file':
      return ownFile(call.blob)
    case 'rewrap':
      return rewrapOwn(call.certificate, call.keys)
    case 'release':
      return release(call.lot, call.opener, call.caller, call.key)
  }
}

self.addEventListener('message', async (event: MessageEvent<{ id: number; call: SealCall }>) => {
  const { id, call } = event.data
  try {
    self.postMessage({ id, value: await answer(call) })
  } catch (error) {
    self.postMessage({ id, failure: failureOf(error) })
  }
})
