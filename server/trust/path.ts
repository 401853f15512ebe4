import { equal } from '../formats/bytes.ts'
import { DerError } from '../formats/der.ts'
import { type AllowedAlgorithm, algorithmName, algorithmProblem, readScheme } from './algorithms.ts'
import { type Certificate, isSelfIssued, remember, type TrustCache } from './certificate.ts'
import { KEY_USAGE } from './extensions.ts'
import { type Finding, inOrder } from './findings.ts'
import { verifySignature } from './keys.ts'
import { type NameConstraints, namesObey } from './name-constraints.ts'
import { sameName } from './names.ts'
import { initialPolicyState, nextPolicyState, policiesHold } from './policy.ts'
import { type ProblemSlug, TrustError } from './problems.ts'

/**
 * From a certificate up to an anchor of the trust list, and whether that path counts at a moment.
 * @source RFC 5280 §6; RFC 4158 (building)
 */
export interface PathOptions {
  /** From the trust list only: never from the file, `caIssuers` or a system store. */
  readonly anchors: readonly Certificate[]
  /** Certificates that may stand between. */
  readonly pool: readonly Certificate[]
  /** The judged moment, ms. */
  readonly momentMs: number
  /** Policies that the list accepts of the leaf; null: any. */
  readonly policies?: readonly string[] | null
  readonly allowed?: readonly AllowedAlgorithm[]
  /** Names of the algorithms that the listed service uses; null: all of the allow list. */
  readonly algorithms?: readonly string[] | null
  readonly sm2Id?: string
  readonly cache?: TrustCache
}

export interface PathVerdict {
  /** Leaf first, anchor last; only the leaf where no path was found. */
  readonly path: readonly Certificate[]
  /** What is wrong, in order; empty if the path counts. */
  readonly findings: readonly Finding[]
}

const MAX_DEPTH = 8
/**
 * Crossed CAs make exponentially many paths: past this many links tried, the answer is no answer.
 */
const MAX_LINKS = 128

interface Search {
  readonly options: PathOptions
  readonly candidates: readonly Certificate[]
  links: number
  best: PathVerdict | null
  /** Why no link could be followed, where no path was complete. */
  readonly obstacles: Finding[]
}

/** Finds a path that counts, or the one nearest to it with what is wrong. */
export async function findPath(leaf: Certificate, options: PathOptions): Promise<PathVerdict> {
  const candidates = [
    ...new Map([...options.anchors, ...options.pool].map((c) => [c.id, c])).values(),
  ]
  const search: Search = { options, candidates, links: 0, best: null, obstacles: [] }
  try {
    await climb([leaf], search)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return { path: [leaf], findings: [{ slug: error.slug }] }
  }
  if (search.best) return search.best
  const worst = search.obstacles.find((o) => o.slug !== 'chain-not-trusted') ?? search.obstacles[0]
  return { path: [leaf], findings: [worst ?? { slug: 'chain-not-trusted' }] }
}

/** Depth first; true once a path without findings stands in `search.best`. */
async function climb(path: readonly Certificate[], search: Search): Promise<boolean> {
  const { options } = search
  const current = path.at(-1)!
  if (options.anchors.some((anchor) => anchor.id === current.id)) {
    const verdict = { path, findings: inOrder(pathFindings(path, options)) }
    if (!search.best || verdict.findings.length < search.best.findings.length) search.best = verdict
    return verdict.findings.length === 0
  }
  if (path.length >= MAX_DEPTH) {
    search.obstacles.push({ slug: 'chain-too-long' })
    return false
  }
  const issuers = possibleIssuers(current, path, search.candidates)
  if (issuers.length === 0) search.obstacles.push({ slug: 'chain-not-trusted' })
  for (const issuer of issuers) {
    if (++search.links > MAX_LINKS) throw new TrustError('chain-too-costly')
    const problem = await linkProblem(issuer, current, options)
    if (problem) search.obstacles.push({ slug: problem, detail: current.id })
    else if (await climb([...path, issuer], search)) return true
  }
  return false
}

/**
 * Certificates with the issuer's name that are not in the path yet; those with its key id first.
 */
function possibleIssuers(
  current: Certificate,
  path: readonly Certificate[],
  candidates: readonly Certificate[],
): Certificate[] {
  const wanted = current.extensions.authorityKeyId
  const has = ({ extensions: { subjectKeyId } }: Certificate) =>
    wanted && subjectKeyId && equal(wanted, subjectKeyId) ? 0 : 1
  const inPath = (c: Certificate) =>
    path.some((p) => p.id === c.id || (sameName(p.subject, c.subject) && sameKey(p, c)))
  return candidates
    .filter((c) => sameName(c.subject, current.issuer) && !inPath(c))
    .sort((a, b) => has(a) - has(b))
}

const sameKey = (a: Certificate, b: Certificate) => equal(a.publicKey.spki, b.publicKey.spki)

/** Whether the issuer's key made the certificate's signature; null if so. Cached. */
export async function linkProblem(
  issuer: Certificate,
  subject: Certificate,
  { cache, sm2Id }: { readonly cache?: TrustCache; readonly sm2Id?: string },
): Promise<ProblemSlug | null> {
  const key = `${issuer.id}/${subject.id}/${sm2Id ?? ''}`
  const known = cache?.links.get(key)
  if (known !== undefined) return known
  const problem = await verifyLink(issuer, subject, sm2Id)
  return cache ? remember(cache.links, key, problem) : problem
}

async function verifyLink(
  issuer: Certificate,
  { signatureAlgorithm, tbs, signature }: Certificate,
  sm2Id?: string,
): Promise<ProblemSlug | null> {
  try {
    const scheme = readScheme(signatureAlgorithm)
    const bad = await verifySignature(issuer.publicKey, scheme, tbs, signature, sm2Id)
    return bad && 'certificate-signature-bad'
  } catch (error) {
    if (error instanceof TrustError) return error.slug
    if (error instanceof DerError) return 'certificate-malformed'
    throw error
  }
}

/** All that is wrong with a complete path whose signatures are right. */
function pathFindings(path: readonly Certificate[], options: PathOptions): Finding[] {
  return [
    ...path.flatMap((certificate, i) => certificateFindings(certificate, path[i + 1], options)),
    ...authorityFindings(path),
    ...nameFindings(path),
    ...policyFindings(path, options.policies ?? null),
  ]
}

function certificateFindings(
  certificate: Certificate,
  issuer: Certificate | undefined,
  options: PathOptions,
): Finding[] {
  const { momentMs, allowed } = options
  const { notBefore, notAfter, publicKey, extensions, signatureAlgorithm } = certificate
  const detail = certificate.id
  const findings: Finding[] = []
  // Of an anchor only the key counts: nothing rests on its own signature.
  const scheme = issuer ? readScheme(signatureAlgorithm) : null
  const weak =
    algorithmProblem(publicKey, null, momentMs, allowed) ??
    (issuer ? algorithmProblem(issuer.publicKey, scheme, momentMs, allowed) : null)
  if (weak) findings.push({ slug: weak, detail })
  else if (issuer && scheme && options.algorithms) {
    const name = algorithmName(issuer.publicKey, scheme)
    if (!options.algorithms.includes(name))
      findings.push({ slug: 'algorithm-not-accepted', detail: name })
  }
  if (extensions.unknownCritical.length > 0) {
    const unknown = extensions.unknownCritical.join(' ')
    findings.push({ slug: 'certificate-unknown-critical-extension', detail: unknown })
  }
  if (momentMs < notBefore) findings.push({ slug: 'certificate-not-yet-valid', detail })
  // `notAfter` names the last second that counts.
  if (momentMs >= notAfter + 1000) findings.push({ slug: 'certificate-expired', detail })
  return findings
}

/** Issuers are CAs, allowed to sign certificates, and not deeper than those above them allow. */
function authorityFindings(path: readonly Certificate[]): Finding[] {
  const findings: Finding[] = []
  let depthLeft = Number.POSITIVE_INFINITY
  for (let i = path.length - 1; i >= 1; i--) {
    const certificate = path[i]!
    const { basicConstraints, keyUsage } = certificate.extensions
    const isAnchor = i === path.length - 1
    // A version 1 anchor can't say that it is a CA; the trust list says it.
    const isCa = basicConstraints?.ca ?? (isAnchor && certificate.version === 1)
    if (!isCa || (keyUsage && !keyUsage.has(KEY_USAGE.keyCertSign))) {
      findings.push({ slug: 'chain-not-ca', detail: certificate.id })
    }
    if (!isAnchor && !isSelfIssued(certificate)) {
      if (depthLeft <= 0) findings.push({ slug: 'chain-too-long', detail: certificate.id })
      depthLeft--
    }
    depthLeft = Math.min(depthLeft, basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY)
  }
  return findings
}

function nameFindings(path: readonly Certificate[]): Finding[] {
  const findings: Finding[] = []
  const above: NameConstraints[] = []
  for (let i = path.length - 1; i >= 0; i--) {
    const certificate = path[i]!
    const exempt = i === path.length - 1 || (i > 0 && isSelfIssued(certificate))
    if (!exempt && !namesObey(certificate, above)) {
      findings.push({ slug: 'chain-name-constraint', detail: certificate.id })
    }
    const { nameConstraints } = certificate.extensions
    if (nameConstraints) above.push(nameConstraints)
  }
  return findings
}

function policyFindings(
  path: readonly Certificate[],
  accepted: readonly string[] | null,
): Finding[] {
  const bad: Finding[] = [{ slug: 'certificate-policy-not-accepted' }]
  if (path.length < 2) return []
  let state = initialPolicyState(path.length - 1, accepted !== null)
  for (let i = path.length - 2; i >= 0; i--) {
    const certificate = path[i]!
    const step = { selfIssued: isSelfIssued(certificate), last: i === 0 }
    const next = nextPolicyState(state, certificate, step)
    if (!next) return bad
    state = next
  }
  return policiesHold(state, accepted) ? [] : bad
}
