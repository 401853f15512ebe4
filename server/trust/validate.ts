import { b64u, fromHex } from '../formats/bytes.ts'
import { DerError, readDer, TAG } from '../formats/der.ts'
import { sha256 } from '../formats/sha256.ts'
import { type Act, actFindings, actTimeFinding, parseAct } from './act.ts'
import { algorithmName, algorithmProblem } from './algorithms.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { ACT_CONTAINER, readSignedData, type SignedData, verifySignedData } from './cms.ts'
import { embeddedFindings } from './embedded.ts'
import { type Finding, GROUPS } from './findings.ts'
import {
  type Case,
  earliest,
  type JudgedAt,
  type Proofs,
  partyFindings,
  poolOf,
  revocationFindings,
  sm2IdOf,
  tokenTimes,
  type ValidateOptions,
} from './judge.ts'
import { isReadable } from './names.ts'
import { partyOf } from './party.ts'
import { findPath, type PathVerdict } from './path.ts'
import { TrustError } from './problems.ts'
import {
  chainReport,
  isoTime,
  type Report,
  revocationReport,
  signerReport,
  verdictOf,
} from './report.ts'
import { serviceFindings, usageFindings } from './service.ts'
import { type AcceptedList, anchorsOf, type ListedAnchor } from './trust-list.ts'

/**
 * Judges a signature (a CMS container over `proofs.content`) or a certificate by a trust list.
 * All checks run; the report names the first failing. Never throws on what comes from outside.
 * @param moment real time, ms
 * @source ca-interop §2–§5, §9
 */
export async function validate(
  bytes: Uint8Array,
  trust: AcceptedList,
  proofs: Proofs,
  moment: number,
  options: ValidateOptions = {},
): Promise<Report> {
  const purpose = options.purpose ?? 'sign'
  const of: Case = { trust, proofs, nowMs: moment, options, purpose, findings: [] }
  const isContainer = looksLikeContainer(bytes)
  try {
    if (isContainer) return await judgeSignature(bytes, of)
    const certificate = readCertificate(bytes, options.cache)
    const judgedAt = earliest([], of)
    return await judgeSigner(bytes, certificate, judgedAt, of, { act: null, signed: null })
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    of.findings.push({ slug: error.slug, detail: error.detail })
    return unreadableReport(bytes, isContainer, of)
  }
}

/** A container starts with an object identifier; a certificate with its body. */
function looksLikeContainer(bytes: Uint8Array): boolean {
  try {
    return readDer(bytes, 32).children[0]?.tag !== TAG.sequence
  } catch (error) {
    if (error instanceof DerError) return true
    throw error
  }
}

function unreadableReport(bytes: Uint8Array, isContainer: boolean, of: Case): Report {
  return {
    object: isContainer ? 'signature' : 'certificate',
    sha256: b64u(sha256(bytes)),
    ...verdictOf(of.findings, GROUPS.slice(1)),
    signer: null,
    chain: [],
    judgedAt: { time: isoTime(of.nowMs), by: 'now' },
    signingTime: null,
    revocation: null,
    trustList: { sequence: of.trust.list.sequence, sha256: of.trust.sha256 },
    shownText: null,
  }
}

async function judgeSignature(bytes: Uint8Array, of: Case): Promise<Report> {
  const { options, proofs, findings } = of
  const signed = readSignedData(bytes, options.profile ?? ACT_CONTAINER, options.cache)
  const content = proofs.content ?? new Uint8Array()
  let act: Act | null = null
  if (options.act !== false) {
    try {
      act = parseAct(content)
      findings.push(...actFindings(act, options.act ?? {}))
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
      findings.push({ slug: error.slug, detail: error.detail })
    }
  }
  const sm2Id = sm2IdOf(signed.signer, serviceType(of), poolOf(signed, of), of)
  const wrong = await verifySignedData(signed, content, sm2Id)
  findings.push(...wrong)
  if (signed.content && !wrong.some((f) => f.slug === 'act-altered')) {
    findings.push(insideFinding(signed.content, content))
  }
  if (act && act.certSha256 !== b64u(fromHex(signed.signer.id))) {
    findings.push({ slug: 'act-other-certificate' })
  }
  const judgedAt = earliest(await tokenTimes(signed, of), of)
  const { publicKey } = signed.signer
  const weak = algorithmProblem(publicKey, signed.scheme, judgedAt.ms, options.allowed)
  if (weak) findings.push({ slug: weak, detail: algorithmName(publicKey, signed.scheme) })
  if (act) {
    const late = actTimeFinding(act, judgedAt.ms)
    if (late) findings.push(late)
  }
  return judgeSigner(bytes, signed.signer, judgedAt, of, { act, signed })
}

/** Content inside is refused even where it is the same: only the detached bytes may count. */
function insideFinding(inside: Uint8Array, content: Uint8Array): Finding {
  const same = b64u(sha256(inside)) === b64u(sha256(content))
  return { slug: same ? 'container-malformed' : 'act-altered', detail: 'content inside' }
}

interface Path {
  readonly verdict: PathVerdict
  readonly listed: ListedAnchor | null
}

/** The path to a listed anchor, judged by what the service above it accepts. */
async function pathOf(
  leaf: Certificate,
  judgedMs: number,
  pool: readonly Certificate[],
  sm2Id: string | undefined,
  of: Case,
): Promise<Path> {
  const { trust, options } = of
  const all = anchorsOf(trust.list, serviceType(of), options.cache)
  const anchors = all.map((a) => a.certificate)
  const { allowed, cache } = options
  const base = { anchors, pool, momentMs: judgedMs, allowed, cache, sm2Id }
  const first = await findPath(leaf, base)
  const listed = all.find((a) => a.certificate.id === first.path.at(-1)?.id) ?? null
  const { policies = null, algorithms = null } = listed?.service ?? {}
  if (policies === null && algorithms === null) return { verdict: first, listed }
  return { verdict: await findPath(leaf, { ...base, policies, algorithms }), listed }
}

const serviceType = ({ purpose }: Case): 'seal' | 'ca' => (purpose === 'seal' ? 'seal' : 'ca')

async function judgeSigner(
  bytes: Uint8Array,
  leaf: Certificate,
  judgedAt: JudgedAt,
  of: Case,
  { act, signed }: { act: Act | null; signed: SignedData | null },
): Promise<Report> {
  const { trust, options, purpose, findings, nowMs } = of
  const pool = poolOf(signed, of)
  const sm2Id = sm2IdOf(leaf, serviceType(of), pool, of)
  const { verdict, listed } = await pathOf(leaf, judgedAt.ms, pool, sm2Id, of)
  const anchors = anchorsOf(trust.list, serviceType(of), options.cache).map((a) => a.certificate)
  findings.push(...verdict.findings)
  findings.push(
    ...(await embeddedFindings(
      signed?.certificates.filter((c) => c.id !== leaf.id) ?? [],
      verdict.path,
      {
        anchors,
        pool,
        cache: options.cache,
        sm2Id,
      },
    )),
  )
  if (!isReadable(leaf.subject)) findings.push({ slug: 'name-not-readable' })
  const party = partyOf(leaf, listed?.service.partyCode ?? undefined)
  if (listed) {
    findings.push(...serviceFindings(listed.service, purpose, judgedAt.ms, nowMs, judgedAt.by))
    const audience = party.person === null ? 'org' : 'person'
    if (!listed.service.audience.includes(audience)) {
      findings.push({ slug: 'certificate-wrong-usage', detail: `not for ${audience}` })
    }
  }
  if (judgedAt.by === 'now' && nowMs >= Date.parse(trust.list.nextUpdate)) {
    findings.push({ slug: 'trust-list-expired' })
  }
  findings.push(...usageFindings(leaf, purpose))
  const revocation = await revocationFindings(leaf, verdict.path, judgedAt.ms, of, sm2Id)
  findings.push(...partyFindings(party, act, options))
  return {
    object: signed ? 'signature' : 'certificate',
    sha256: b64u(sha256(bytes)),
    ...verdictOf(findings, revocation ? [] : ['revocation']),
    signer: signerReport(leaf, party),
    chain: chainReport(verdict.path),
    judgedAt: { time: isoTime(judgedAt.ms), by: judgedAt.by },
    signingTime: signed?.signingTime == null ? null : isoTime(signed.signingTime),
    revocation: revocation && revocationReport(revocation),
    trustList: { sequence: trust.list.sequence, sha256: trust.sha256 },
    shownText: act ? act.shownText : null,
  }
}
