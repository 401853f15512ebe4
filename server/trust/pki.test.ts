import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromBase64, fromHex } from '../formats/bytes.ts'
import { readDer } from '../formats/der.ts'
import {
  ALLOWED,
  type Certificate,
  createCache,
  findPath,
  fromPem,
  linkProblem,
  openPkcs12,
  type PathVerdict,
  readCertificate,
  readPublicKey,
  revocationOf,
  shownName,
  TrustError,
  verifySignature,
} from './index.ts'

const SHARED = new URL('../../../shared/vectors/', import.meta.url)
const here = existsSync(new URL('pki/README.md', SHARED))
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, SHARED)))
const text = (name: string) => new TextDecoder().decode(file(name))
const cache = createCache()
const pem = (name: string) => readCertificate(fromPem(text(name))[0]!, cache)

const slug = async (run: () => Promise<unknown>): Promise<string | null> => {
  try {
    await run()
    return null
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return error.slug
  }
}

interface Pkits {
  id: string
  name: string
  cert: string
  other_certs?: string[]
  crls?: string[]
  error?: object
}

/** Where we refuse what PKITS accepts, and why. */
const STRICTER: Readonly<Record<string, string>> = {
  '40104': 'DSA is not in the allow list',
  '40105': 'DSA is not in the allow list',
  '40419': 'a list must be signed by the key that signed the certificate',
  '40501': 'a list must be signed by the key that signed the certificate',
  '40504': 'a list must be signed by the key that signed the certificate',
  '40615': 'a list must be signed by the key that signed the certificate',
  '40617': 'a list must be signed by the key that signed the certificate',
  '40506': 'a list must be signed by the key that signed the certificate',
}

const NOW = Date.parse('2020-01-01T00:00:00Z')

async function allGood(
  { path, findings }: PathVerdict,
  proofs: Parameters<typeof revocationOf>[2],
  context: Parameters<typeof revocationOf>[3],
  certificates = path.length - 1,
): Promise<boolean> {
  if (findings.length > 0) return false
  for (let i = 0; i < certificates; i++) {
    const { status } = await revocationOf(path[i]!, path[i + 1]!, proofs, context)
    if (status !== 'good') return false
  }
  return true
}

describe.skipIf(!here)(
  'NIST PKITS 4.1 to 4.7 (skipped where ../shared/vectors/pki is absent)',
  () => {
    const cases: Pkits[] = here ? JSON.parse(text('pki/pkits/pkits-4.1-4.7.json')) : []
    const der = (name: string) => readCertificate(file(`pki/pkits/certs/${name}`), cache)

    test.each(cases.map((c) => [c.id, c.name, c] as const))('%s %s', async (id, _name, c) => {
      const crls = [...(c.crls ?? []), 'TrustAnchorRootCRL.crl'].map((n) =>
        file(`pki/pkits/crls/${n}`),
      )
      let accepted = false
      const refused = await slug(async () => {
        const anchors = [der('TrustAnchorRootCertificate.crt')]
        const pool = (c.other_certs ?? []).map(der)
        const verdict = await findPath(der(c.cert), { anchors, pool, momentMs: NOW, cache })
        accepted = await allGood(verdict, { crls }, { nowMs: NOW, judgedMs: NOW, cache })
      })
      const expected = !c.error && !STRICTER[id]
      expect({ accepted: accepted && refused === null, why: refused }).toMatchObject({
        accepted: expected,
      })
    })
  },
)

interface OcspCase {
  name: string
  root: string
  other_certs?: string[]
  cert: string
  ocsps: string[]
  path_len: number
  moment: string
  error?: object
}

describe.skipIf(!here)('OCSP answers (skipped where ../shared/vectors/pki is absent)', () => {
  const cases: OcspCase[] = here ? JSON.parse(text('pki/ocsp/cases.json')) : []
  // These are of 2012, by SHA-1: allowed here so that all else can be judged.
  const allowed = [...ALLOWED, { name: 'rsa-sha1', minBits: 1024 }]

  test.each(cases.map((c) => [c.name, c] as const))('%s', async (_name, c) => {
    const moment = Date.parse(c.moment)
    const anchors = [pem(`pki/ocsp/${c.root}`)]
    const pool = (c.other_certs ?? []).map((n) => pem(`pki/ocsp/${n}`))
    const leaf = pem(`pki/ocsp/${c.cert}`)
    const verdict = await findPath(leaf, { anchors, pool, momentMs: moment, allowed, cache })
    expect(verdict.findings).toEqual([])
    const ocsps = c.ocsps.map((n) => fromBase64(text(`pki/ocsp/${n}`).replace(/\s+/g, '')))
    const context = { nowMs: moment, judgedMs: moment, allowed, cache }
    const count = Math.min(ocsps.length, c.path_len - 1)
    expect(await allGood(verdict, { ocsps }, context, count)).toBe(!c.error)
  })
})

describe.skipIf(!here)(
  'SM2 certificates and keys of Tongsuo (skipped without ../shared/vectors/pki)',
  () => {
    const chain = (name: string) =>
      fromPem(text(`pki/sm2-certs/sm2/${name}`)).map((der) => readCertificate(der))

    test.each(['client_sign', 'client_enc', 'server_sign', 'server_enc'])(
      '%s verifies',
      async (name) => {
        const anchors = chain('chain-ca.crt')
        const [leaf] = chain(`${name}.crt`)
        const { findings } = await findPath(leaf!, {
          anchors,
          pool: anchors,
          momentMs: leaf!.notBefore + 1000,
        })
        expect(findings).toEqual([])
      },
    )

    test.each(['client_sign_expire', 'server_enc_expire'])('%s is expired', async (name) => {
      const anchors = chain('chain-ca.crt')
      const [leaf] = chain(`${name}.crt`)
      const { findings } = await findPath(leaf!, {
        anchors,
        pool: anchors,
        momentMs: leaf!.notAfter + 1000,
      })
      expect(findings[0]?.slug).toBe('certificate-expired')
    })

    test('root signs first; a signature without Z is refused', async () => {
      const root = pem('pki/sm2-certs/sm2-root-cert.pem')
      expect(await linkProblem(root, pem('pki/sm2-certs/sm2-cert.pem'), {})).toBeNull()
      expect(await linkProblem(root, root, {})).toBeNull()
      const bare = pem('pki/sm2-certs/sm2-noza-root-cert.pem')
      expect(await linkProblem(bare, bare, {})).toBe('certificate-signature-bad')
    })

    test.each(['sm2_bad_0', 'sm2_bad_1', 'sm2_bad_neg1'])('%s is no key', (name) => {
      const [der] = fromPem(text(`pki/sm2-evp/${name}.pem`), 'PUBLIC KEY')
      if (der) expect(() => readPublicKey(readDer(der))).toThrow('key-invalid')
      else expect(text(`pki/sm2-evp/${name}.pem`)).toContain('PRIVATE KEY')
    })
  },
)

describe.skipIf(!here)(
  'key files of others (skipped where ../shared/vectors/pki is absent)',
  () => {
    const open = (name: string, password: string) =>
      openPkcs12(file(`pki/pkcs12/${name}`), password).then((entries) => entries.length)
    test.each([
      ['zhpass-pbes2-aes256.p12', '投标密码123'],
      ['zhpass-rc2-3des-sha1.p12', '投标密码123'],
      ['emptypass.p12', ''],
      ['pbmac1_256_256.good.p12', '1234'],
      ['pbmac1_512_512.good.p12', '1234'],
    ])('%s opens', async (name, password) => expect(await open(name, password)).toBeGreaterThan(0))

    test.each([
      ['zhpass-pbes2-aes256.p12', '投标密码', 'pkcs12-wrong-password'],
      ['v3-certs-RC2.p12', 'v3-certs', 'pkcs12-no-key'],
      ['v3-certs-RC2.p12', 'v3-cert', 'pkcs12-wrong-password'],
      ['v3-certs-TDES.p12', 'v3-certs', 'pkcs12-no-key'],
      ['test-BER.p12', 'not its password', 'pkcs12-wrong-password'],
      ['garbage-pkcs12.p12', '', 'pkcs12-wrong-password'],
      ['pbmac1_256_256.bad-salt.p12', '1234', 'pkcs12-wrong-password'],
      ['pbmac1_256_256.no-salt.p12', '1234', 'pkcs12-wrong-password'],
    ])('%s does not open by %s', async (name, password, problem) => {
      expect(await slug(() => open(name, password))).toBe(problem)
    })
  },
)

describe.skipIf(!here)(
  'names in odd encodings (skipped where ../shared/vectors/pki is absent)',
  () => {
    const name = (file: string) => shownName(pem(`pki/odd-encodings/${file}`).subject)

    test('UTF8String, BMPString and GB18030 in TeletexString show the same text', () => {
      const expected = name('subject-utf8.pem')
      expect(expected).toMatch(/\p{Script=Han}/u)
      expect(name('subject-bmp.pem')).toBe(expected)
      expect(name('subject-t61-gb18030.pem')).toBe(expected)
    })

    test('a Latin-1 umlaut in TeletexString is unreadable, never a hanzi', () => {
      const { subject } = readCertificate(file('pki/odd-encodings/teletex_dn.der'))
      expect(shownName(subject)).toContain('CN=?')
    })

    test('a version 1 anchor serves, for it is the list that makes it one', async () => {
      const [root, ca, leaf] = ['root', 'int', 'ee'].map((n) =>
        pem(`pki/odd-encodings/v1ca/${n}.pem`),
      ) as Certificate[]
      const options = { anchors: [root!], pool: [ca!], momentMs: leaf!.notBefore + 1000 }
      expect(await findPath(leaf!, options)).toMatchObject({ findings: [] })
    })
  },
)

interface Wycheproof {
  testGroups: {
    publicKeyDer: string
    tests: { tcId: number; msg: string; sig: string; result: string; flags: string[] }[]
  }[]
}

describe.skipIf(!here)('Wycheproof (skipped where ../shared/vectors is absent)', () => {
  test.each([
    ['ecdsa_secp256r1_sha256_test.json', { family: 'ecdsa', hash: 'SHA-256' }],
    ['rsa_signature_2048_sha256_test.json', { family: 'rsa', hash: 'SHA-256' }],
    ['ed25519_test.json', { family: 'ed25519', hash: 'SHA-512' }],
  ] as const)('%s', async (name, scheme) => {
    const { testGroups }: Wycheproof = JSON.parse(text(`wycheproof/${name}`))
    for (const group of testGroups) {
      const key = readPublicKey(readDer(fromHex(group.publicKeyDer)))
      for (const t of group.tests) {
        const bad = await verifySignature(key, scheme, fromHex(t.msg), fromHex(t.sig))
        // `acceptable`: legacy forms (a missing NULL), either verdict is right.
        if (t.result !== 'acceptable')
          expect([t.tcId, bad === null]).toEqual([t.tcId, t.result === 'valid'])
      }
    }
  })
})
