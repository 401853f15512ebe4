import { equal } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import { algorithmProblem, type HashName, readHash } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { readSignedData, type SignedData, TOKEN_CONTAINER, verifySignedData } from './cms.ts'
import { embeddedFindings } from './embedded.ts'
import type { Finding } from './findings.ts'
import { digest } from './keys.ts'
import { findPath, type PathOptions } from './path.ts'
import { type ProblemSlug, reading, TrustError } from './problems.ts'

/** Time-stamp tokens, read and checked. @source RFC 3161 §2.4.2; RFC 5816 */
export interface Token {
  readonly signed: SignedData
  readonly policy: string
  readonly hash: HashName
  readonly imprint: Uint8Array
  readonly serial: bigint
  readonly genTime: number
  readonly nonce: Uint8Array | null
}

/** @throws TrustError `timestamp-signature-bad` on anything but a token */
export function readToken(bytes: Uint8Array, options: Pick<PathOptions, 'cache'> = {}): Token {
  const signed = readTokenContainer(bytes, options)
  return reading('timestamp-signature-bad', () => {
    if (!signed.content || signed.token) throw new DerError('token')
    const fields = readDer(signed.content).items(TAG.sequence, 5, 10)
    const [version, policy, imprint, serial, genTime, ...rest] = fields as [
      Der,
      Der,
      Der,
      Der,
      Der,
      ...Der[],
    ]
    if (version.smallInteger() !== 1) throw new DerError('version')
    const [hash, value] = imprint.items(TAG.sequence, 2, 2) as [Der, Der]
    return {
      signed,
      policy: policy.oid(),
      hash: readHash(hash),
      imprint: value.octets(),
      serial: serial.integer(),
      genTime: genTime.expect(TAG.generalizedTime).time(),
      nonce: rest.find((f) => f.tag === TAG.integer)?.integerBytes() ?? null,
    }
  })
}

function readTokenContainer(bytes: Uint8Array, { cache }: Pick<PathOptions, 'cache'>): SignedData {
  try {
    return readSignedData(bytes, TOKEN_CONTAINER, cache)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new TrustError('timestamp-signature-bad', error.message)
  }
}

export interface TokenCheck {
  /** The moment the token gives, ms; it counts only where `findings` is empty. */
  readonly genTime: number | null
  readonly findings: readonly Finding[]
  readonly token: Token | null
  readonly path: readonly Certificate[]
}

export interface TokenOptions extends Omit<PathOptions, 'momentMs'> {
  /** The nonce of our own request, where the token answers one. */
  readonly nonce?: Uint8Array
  /** Token policies (not the certificate's) that the list names; null: any. */
  readonly tokenPolicies?: readonly string[] | null
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/** The certificate may do time-stamps and nothing else, and says so critically (RFC 3161 §2.3). */
function mayStamp({
  extensions: { extendedKeyUsage: usage, basicConstraints },
}: Certificate): boolean {
  if (!usage?.critical || basicConstraints?.ca) return false
  return usage.purposes.length === 1 && usage.purposes[0] === TIME_STAMPING
}

/** Checks a token over the octets that it should stamp, judged at its own time. */
export async function checkToken(
  bytes: Uint8Array,
  over: Uint8Array,
  options: TokenOptions,
): Promise<TokenCheck> {
  let token: Token
  try {
    token = readToken(bytes, options)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return { genTime: null, findings: [{ slug: 'timestamp-signature-bad' }], token: null, path: [] }
  }
  const { signed, genTime } = token
  const findings: Finding[] = []
  const signature = await verifySignedData(signed, signed.content!, options.sm2Id)
  const weak = algorithmProblem(signed.signer.publicKey, signed.scheme, genTime, options.allowed)
  if (signature.length > 0)
    findings.push({ slug: 'timestamp-signature-bad', detail: signature[0]!.slug })
  else if (weak) findings.push({ slug: weak })
  const isAnswer = !options.nonce || (token.nonce && equal(token.nonce, options.nonce))
  if (!equal(digest(token.hash, over), token.imprint) || !isAnswer || token.hash === 'SHA-1') {
    findings.push({ slug: 'timestamp-other-content' })
  }
  if (!mayStamp(signed.signer)) findings.push({ slug: 'timestamp-authority-wrong-usage' })
  const pool = [...options.pool, ...signed.certificates]
  const verdict = await findPath(signed.signer, { ...options, pool, momentMs: genTime })
  const embedded = await embeddedFindings(signed.certificates, verdict.path, { ...options, pool })
  for (const { slug } of [...verdict.findings, ...embedded]) {
    findings.push({ slug: tokenSlug(slug), detail: slug })
  }
  const listed = options.tokenPolicies?.includes(token.policy) ?? true
  if (!listed) findings.push({ slug: 'timestamp-authority-not-trusted', detail: token.policy })
  return { genTime, findings, token, path: verdict.path }
}

/** What a fault of the authority's chain means for its token. */
function tokenSlug(slug: ProblemSlug): ProblemSlug {
  return slug === 'certificate-signature-bad'
    ? 'timestamp-signature-bad'
    : 'timestamp-authority-not-trusted'
}
