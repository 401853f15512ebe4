import { type Der, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { algorithmProblem, readScheme } from './algorithms.ts'
import { signedBody } from './issue.ts'
import { readPublicKey, verifySignature } from './keys.ts'
import { reading, TrustError } from './problems.ts'
import type { PublicKey } from './public-key.ts'
import type { Signer } from './signer.ts'

/**
 * Certificate requests: the proof that whoever asks holds the key.
 * @source RFC 2986 (PKCS#10)
 */

/** A request for this key. The subject stays empty: the authority writes what it has checked. */
export function makeRequest(spki: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const body = write.sequence(
    write.integer(0),
    write.sequence(),
    spki,
    Uint8Array.of(0xa0, 0), // no attributes
  )
  return signedBody(body, signer)
}

/**
 * The key of a request, its possession proved by the request's own signature.
 * @throws TrustError `container-malformed`, `signature-bad`, `signature-encoding`, or why the key
 *   or its algorithm is refused
 */
export async function readRequest(bytes: Uint8Array, momentMs: number): Promise<PublicKey> {
  if (bytes.length > 16 * 1024) throw new TrustError('container-malformed', 'too large')
  const { body, key, scheme, signature } = reading('container-malformed', () => {
    const fields = readDer(bytes).items(TAG.sequence, 3, 3) as [Der, Der, Der]
    const [version, , spki] = fields[0].items(TAG.sequence, 3, 4) as [Der, Der, Der]
    version.smallInteger()
    return {
      body: fields[0].bytes,
      key: readPublicKey(spki),
      scheme: readScheme(fields[1]),
      signature: fields[2].bits(),
    }
  })
  const problem =
    algorithmProblem(key, scheme, momentMs) ?? (await verifySignature(key, scheme, body, signature))
  if (problem) throw new TrustError(problem)
  return key
}
