import { isWrapFor, readCertificate } from '../../trust/index.ts'
import type { BoundCertificate } from './state.ts'

/** The certificates that secrets may be wrapped for, in the order in which they were bound. */
export const receiversOf = (certificates: readonly BoundCertificate[]): BoundCertificate[] =>
  certificates.filter((one) => one.use === 'encrypt')

/** For which of them a secret is wrapped; null: for none that is bound (any more). */
export function recipientOf(
  wrap: Uint8Array,
  certificates: readonly BoundCertificate[],
): BoundCertificate | null {
  const isRecipient = ({ der }: BoundCertificate) =>
    isWrapFor(wrap, readCertificate(new Uint8Array(Buffer.from(der, 'base64url'))))
  return receiversOf(certificates).find(isRecipient) ?? null
}
