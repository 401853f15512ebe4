import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromHex } from '../formats/bytes.ts'
import { vectorList } from './authority.kit.ts'
import {
  checkToken,
  createCache,
  crlProblem,
  fromPem,
  inOrder,
  openPkcs12,
  partyOf,
  problems,
  readCertificate,
  readCrl,
  revocationOf,
  TrustError,
  validate,
} from './index.ts'

/** One case of `vectors/index.json`. */
interface Case {
  kind: 'certificate' | 'cms' | 'crl' | 'ocsp' | 'pkcs12' | 'timestamp'
  family: 'rsa' | 'p256' | 'sm2'
  file: string
  verdict: 'good' | 'bad'
  problem?: string
  at: string
  purpose?: 'sign' | 'encrypt'
  party?: { uscc: string; person?: string }
  chain?: string
  content?: string
  crl?: string
  issuer?: string
  certificate?: string
  nonce?: string
  revoked?: string
  judgedAt?: string
  over?: string
  genTime?: string
  password?: string
  leaf?: string
  signer?: string
}

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`vectors/${name}`, import.meta.url)))
const index = JSON.parse(new TextDecoder().decode(file('index.json')))
const cases: Case[] = index.cases
const cache = createCache()
const der = (name: string) => fromPem(new TextDecoder().decode(file(name)))[0]!
const certificate = (name: string) => readCertificate(der(name), cache)
const roots = (index.trustAnchors as string[]).map(der)
const list = vectorList(roots, index.platform)

const judges: Record<Case['kind'], (c: Case) => Promise<string | null>> = {
  certificate: async (c) => {
    // A CRL of 2027 judges what was revoked later; the moment asked is then a proved one.
    const later = c.revoked !== undefined && c.revoked > c.at
    const crl = file(`${c.family}/crl-${later ? 'later' : 'current'}.crl`)
    const certificates = [der(`${c.family}/issuing.pem`), ...(c.chain ? [der(c.chain)] : [])]
    const at = Date.parse(c.at)
    const now = later ? Date.parse('2027-01-11T00:00:00Z') : at
    const crls = [crl, ...(c.chain ? [] : [])]
    const proofs = { certificates, crls, loggedMs: later ? at : undefined }
    const report = await validate(der(c.file), list, proofs, now, { purpose: c.purpose, cache })
    if (c.party) {
      expect(report.signer).toMatchObject({ party: c.party.uscc, person: c.party.person ?? null })
    }
    if (later)
      expect(report.revocation).toMatchObject({ status: 'good', revokedAt: expect.anything() })
    return report.problem
  },
  cms: async (c) => {
    const crls = [file(c.crl ?? `${c.family}/crl-current.crl`)]
    const proofs = { content: file(c.content!), crls }
    const now = Date.parse(c.at)
    const act = { platform: index.platform, purpose: 'submit-bid' }
    const report = await validate(file(c.file), list, proofs, now, { act, cache })
    if (c.judgedAt) {
      expect(report.judgedAt).toEqual({ time: new Date(c.judgedAt).toISOString(), by: 'token' })
    }
    if (c.signer) expect(fromHex(certificate(c.signer).id)).toHaveLength(32)
    expect(report.verdict === 'passed').toBe(report.problem === null)
    return report.problem
  },
  crl: async (c) => {
    const now = Date.parse(c.at)
    try {
      return await crlProblem(readCrl(file(c.file)), certificate(c.issuer!), {
        nowMs: now,
        judgedMs: now,
      })
    } catch (error) {
      return (error as TrustError).slug
    }
  },
  ocsp: async (c) => {
    const now = Date.parse(c.at)
    const nonce = c.nonce ? fromHex(c.nonce) : undefined
    const context = { nowMs: now, judgedMs: now, nonce }
    const proofs = { ocsps: [file(c.file)] }
    const status = await revocationOf(
      certificate(c.certificate!),
      certificate(c.issuer!),
      proofs,
      context,
    )
    expect(status.status === 'good').toBe(status.slug === null)
    return status.slug
  },
  timestamp: async (c) => {
    const anchors = roots.map((root) => readCertificate(root))
    const pool = [certificate(`${c.family}/issuing.pem`)]
    const check = await checkToken(file(c.file), file(c.over!), { anchors, pool })
    if (c.genTime) expect(check.genTime).toBe(Date.parse(c.genTime))
    return inOrder(check.findings)[0]?.slug ?? null
  },
  pkcs12: async (c) => {
    try {
      const [entry] = await openPkcs12(file(c.file), c.password!)
      expect(entry!.certificate.id).toBe(certificate(c.leaf!).id)
      expect(partyOf(entry!.certificate).uscc).toBe('91110000MA00DEM1AJ')
      return null
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
      return error.slug
    }
  },
}

describe('each of our vectors gives its verdict and its problem', () => {
  test('all 169 are here', () => expect(cases).toHaveLength(169))

  test.each(cases.map((c) => [c.kind, c.file, c.problem ?? 'good', c] as const))(
    '%s %s: %s',
    async (kind, _file, _problem, c) => {
      expect(await judges[kind](c)).toBe(c.problem ?? null)
    },
  )
})

test('the slugs and texts are those of vectors/problems.json', () => {
  const rows = JSON.parse(new TextDecoder().decode(file('problems.json')))
  const ours = Object.entries(problems).map(([problem, texts]) => ({ problem, ...texts }))
  expect(ours).toEqual(rows)
  expect(rows).toHaveLength(78)
})
