import { b64u } from '../formats/bytes.ts'
import {
  buildAct,
  type Capacity,
  type Certificate,
  certSha256,
  makeSignedData,
  type ShownText,
  type Signer,
} from '../trust/index.ts'
import { templates } from './act.ts'
import type { ActForm, Purpose } from './forms.ts'

/** Who signs, with what. */
export interface ActSigner {
  readonly party: string
  readonly person?: string
  readonly capacity: Capacity
  readonly certificate: Certificate
  /** Certificates above it, without the root. */
  readonly chain: readonly Certificate[]
  readonly signer: Signer
}

/** Where and when: what every act holds beside its own fields. */
export interface ActPlace {
  readonly platform: string
  readonly tender?: string
  readonly lot?: string
  /** The newest checkpoint that the signer's device has seen. */
  readonly prior: { readonly size: number; readonly root: string }
  /** Real time by the server's clock, ms. */
  readonly nowMs: number
  /** Of a challenge, 16 bytes base64url; else drawn here. */
  readonly nonce?: string
}

/** An act ready to be read and signed. */
export interface PreparedAct {
  readonly bytes: Uint8Array
  readonly shownText: ShownText
}

/** Builds an act's bytes; the dialog shows the text that these bytes hold. */
export function prepareAct<P extends Purpose>(
  purpose: P,
  own: ActForm<P>,
  place: ActPlace,
  who: Pick<ActSigner, 'party' | 'person' | 'capacity' | 'certificate'>,
): PreparedAct {
  const { platform, tender, lot, prior, nowMs } = place
  const life = purpose === 'log-in' ? 4 * 60_000 : 12 * 3_600_000
  const fields = {
    ...(own as object),
    purpose,
    platform,
    ...(tender ? { tender } : {}),
    ...(lot ? { lot } : {}),
    actor: {
      party: who.party,
      ...(who.person ? { person: who.person } : {}),
      capacity: who.capacity,
    },
    certSha256: certSha256(who.certificate.der),
    nonce: place.nonce ?? b64u(globalThis.crypto.getRandomValues(new Uint8Array(16))),
    issued: new Date(nowMs).toISOString(),
    expires: new Date(nowMs + life).toISOString(),
    prior,
  }
  const { act, bytes } = buildAct(fields, templates)
  return { bytes, shownText: act.shownText }
}

/** Signs prepared bytes: the body of a signed operation. */
export async function signPrepared(
  prepared: PreparedAct,
  who: ActSigner,
  nowMs: number,
): Promise<{ act: string; signature: string }> {
  const container = await makeSignedData({
    content: prepared.bytes,
    certificate: who.certificate,
    chain: who.chain,
    signingTime: nowMs,
    signer: who.signer,
  })
  return { act: b64u(prepared.bytes), signature: b64u(container) }
}
