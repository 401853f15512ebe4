import type { ActForm, Purpose } from '../../server/acts/forms.ts'
import {
  type ActPlace,
  type PreparedAct,
  prepareAct,
  signPrepared,
} from '../../server/acts/sign.ts'
import { b64u, fromB64u, fromHex } from '../../server/formats/bytes.ts'
import { unwrapSecret } from '../../server/trust/enveloped.ts'
import { NAME, shownName, texts } from '../../server/trust/names.ts'
import { partyOf } from '../../server/trust/party.ts'
import { type KeyFileEntry, openPkcs12 } from '../../server/trust/pkcs12.ts'
import { usageFindings } from '../../server/trust/service.ts'
import type { OpenedCertificate, SignerAnswer, SignerCall, Who } from './sign-messages.ts'

/**
 * Keys live here and nowhere else: a key file is opened, kept in this worker's memory until it ends,
 * and used to sign. What is asked for and answered is in `sign-messages.ts`.
 */
interface Opened {
  readonly entry: KeyFileEntry
}
const keys = new Map<string, Opened>()
const encryptionKeys = new Map<string, KeyFileEntry>()
const prepared = new Map<string, { act: PreparedAct; who: Who; keyId: string }>()

const maySign = ({ certificate }: KeyFileEntry): boolean =>
  usageFindings(certificate, 'sign').length === 0
const mayDecrypt = ({ certificate }: KeyFileEntry): boolean =>
  usageFindings(certificate, 'encrypt').length === 0

async function open(bytes: Uint8Array, passPhrase: string): Promise<SignerAnswer['open']> {
  const entries = await openPkcs12(bytes, passPhrase)
  for (const entry of entries.filter(mayDecrypt)) encryptionKeys.set(entry.certificate.id, entry)
  return entries.filter(maySign).map((entry) => {
    keys.set(entry.certificate.id, { entry })
    return shownCertificate(entry)
  })
}

function shownCertificate({ certificate }: KeyFileEntry): OpenedCertificate {
  const holder = texts(certificate.subject, NAME.organization)[0]
  const name = texts(certificate.subject, NAME.commonName)[0]
  return {
    id: certificate.id,
    sha256: b64u(fromHex(certificate.id)),
    certificate: b64u(certificate.der),
    uscc: partyOf(certificate).uscc,
    holder: holder ?? name ?? shownName(certificate.subject),
    issuer: texts(certificate.issuer, NAME.commonName)[0] ?? shownName(certificate.issuer),
    algorithm: algorithms[certificate.publicKey.kind] ?? certificate.publicKey.kind,
    notAfter: new Date(certificate.notAfter).toISOString(),
    isExpired: certificate.notAfter < Date.now(),
  }
}

async function encryption(): Promise<SignerAnswer['encryption']> {
  return Promise.all(
    [...encryptionKeys.values()].map(async (entry) => {
      const { kind } = entry.key
      const key = kind === 'rsa' || kind === 'p256' ? await entry.key.webKey('encrypt') : null
      return { ...shownCertificate(entry), der: entry.certificate.der, key }
    }),
  )
}

async function unwrap(keyId: string, wrap: string): Promise<string> {
  const entry = encryptionKeys.get(keyId)
  if (!entry) throw new Error('key-not-open')
  return b64u(await unwrapSecret(fromB64u(wrap), await entry.key.holder()))
}
const algorithms: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  p256: 'P-256',
  p384: 'P-384',
  sm2: 'SM2',
}

function entryOf(keyId: string): KeyFileEntry {
  const found = keys.get(keyId)
  if (!found) throw new Error('key-not-open')
  return found.entry
}

function prepare(
  handle: string,
  keyId: string,
  purpose: Purpose,
  own: unknown,
  place: ActPlace,
  who: Who,
): SignerAnswer['prepare'] {
  const { certificate } = entryOf(keyId)
  const act = prepareAct(purpose, own as ActForm<Purpose>, place, { ...who, certificate })
  prepared.set(handle, { act, who, keyId })
  return act.shownText
}

async function sign(handle: string, nowMs: number): Promise<SignerAnswer['sign']> {
  const found = prepared.get(handle)
  if (!found) throw new Error('act-not-prepared')
  const { certificate, chain, key } = entryOf(found.keyId)
  const signer = await key.signer()
  // The root is known to whoever checks; it is never sent.
  const intermediates = chain.filter((c) => c.subject.keys.join() !== c.issuer.keys.join())
  const signed = await signPrepared(
    found.act,
    { ...found.who, certificate, chain: intermediates, signer },
    nowMs,
  )
  prepared.delete(handle)
  return signed
}

async function answer(call: SignerCall): Promise<SignerAnswer[SignerCall['call']]> {
  switch (call.call) {
    case 'open':
      return open(call.bytes, call.passPhrase)
    case 'prepare':
      return prepare(call.handle, call.keyId, call.purpose, call.own, call.place, call.who)
    case 'sign':
      return sign(call.handle, call.nowMs)
    case 'drop':
      prepared.delete(call.handle)
      return null
    case 'unwrap':
      return unwrap(call.keyId, call.wrap)
    case 'encryption':
      return encryption()
    case 'forget':
      keys.clear()
      encryptionKeys.clear()
      prepared.clear()
      return null
  }
}

self.addEventListener('message', async (event: MessageEvent<{ id: number; call: SignerCall }>) => {
  const { id, call } = event.data
  try {
    self.postMessage({ id, value: await answer(call) })
  } catch (error) {
    const slug = (error as { slug?: string }).slug ?? (error as Error).message
    self.postMessage({ id, problem: slug })
  }
})
