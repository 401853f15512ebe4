import { b64u } from '../../../server/formats/bytes.ts'
import { SealError } from './failure.ts'
import type { SealedSummary } from './messages.ts'
import type { Sealed } from './session.ts'

/** SHA-256 of the script that seals, as it runs: the bid says with what it was made. */
export async function bundleDigest(): Promise<string> {
  const answer = await fetch(self.location.href, { cache: 'force-cache' }).catch(() => null)
  if (!answer?.ok) throw new SealError('upload-broken', answer?.status)
  const script = await answer.arrayBuffer()
  return b64u(new Uint8Array(await crypto.subtle.digest('SHA-256', script)))
}

export function summaryOf({
  wish,
  header,
  headerHash,
  envelope,
  wrap,
  files,
}: Sealed): SealedSummary {
  return {
    headerHash: b64u(headerHash),
    revision: wish.context.revision,
    documentVersion: wish.context.document.version,
    blobs: header.blobs,
    files: files.map(({ row, file }) => ({
      row,
      blob: file.blob,
      name: file.name,
      bytes: file.bytes,
      role: file.role,
      root: file.root,
    })),
    envelopeBytes: envelope.length,
    isWrapped: wrap !== null,
  }
}
