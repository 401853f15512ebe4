import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Authority,
  DAY,
  makeAuthority,
  makePair,
  NOW,
  PARTY,
  type Pair,
  pem,
  USCC,
} from './authority.kit.ts'
import {
  type Certificate,
  keyHolder,
  keyPairOf,
  makeCrl,
  makePkcs12,
  makeRequest,
  makeSignedData,
  makeToken,
  makeTokenRequest,
  makeTokenResponse,
  openPkcs12,
  partyOf,
  readRequest,
  readSignedData,
  readTokenRequest,
  shownName,
  TrustError,
  unwrapSecret,
  verifySignedData,
  withToken,
  wrapSecret,
} from './index.ts'

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}
const openssl = hasOpenssl()
const folder = mkdtempSync(join(tmpdir(), 'yg-trust-'))
const run = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()
const put = (name: string, data: Uint8Array | string) => writeFileSync(join(folder, name), data)

const content = new TextEncoder().encode('{"purpose":"submit-bid"}')

describe.each(['rsa', 'p256', 'sm2'] as const)('what the %s demo authority makes', (family) => {
  let authority: Authority
  let pair: Pair
  let leaf: Certificate
  const sign = () =>
    makeSignedData({
      content,
      certificate: leaf,
      chain: [authority.issuing],
      signingTime: NOW,
      signer: pair.signer,
    })

  beforeAll(async () => {
    authority = await makeAuthority(family)
    pair = await makePair(family)
    leaf = await authority.issue('sign', pair, {
      crlUrl: 'http://127.0.0.1:9/x.crl',
      ocspUrl: 'http://127.0.0.1:9/x.ocsp',
    })
  })

  test('a certificate names its party in Chinese and by its code', () => {
    expect(partyOf(leaf)).toMatchObject({
      uscc: USCC,
      person: null,
      organisation: PARTY,
      finding: null,
    })
    expect(shownName(leaf.subject)).toContain(`CN=${PARTY}`)
  })

  test('a signature verifies over its content and no other', async () => {
    const signed = readSignedData(await sign())
    expect(signed.signer.id).toBe(leaf.id)
    expect(signed.signingTime).toBe(NOW)
    expect(await verifySignedData(signed, content)).toEqual([])
    expect(await verifySignedData(signed, content.subarray(1))).toEqual([
      { slug: 'act-altered', detail: 'messageDigest' },
    ])
  })

  test('a request proves possession of its key, and of no other', async () => {
    const request = await makeRequest(pair.spki, pair.signer)
    expect((await readRequest(request, NOW)).kind).toBe(family)
    const stolen = await makeRequest(pair.spki, (await makePair(family)).signer)
    await expect(readRequest(stolen, NOW)).rejects.toThrow('signature-bad')
  })

  test.skipIf(!openssl || family === 'sm2')(
    'openssl accepts chain, CRL, signature and token',
    async () => {
      put('root.pem', pem(authority.root.der))
      put('issuing.pem', pem(authority.issuing.der))
      put('leaf.pem', pem(leaf.der))
      const at = ['-attime', String(NOW / 1000)]
      const trust = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-x509_strict', ...at]
      expect(run('verify', ...trust, 'leaf.pem')).toContain('OK')

      const parts = { number: 3, thisUpdate: NOW - 1000, nextUpdate: NOW + DAY }
      const revoked = [
        { serial: leaf.serial, revokedAt: NOW - 5000, reason: 1, invalidityDate: NOW - 9000 },
      ]
      const crl = await makeCrl({
        issuer: authority.issuing,
        signer: authority.issuingSigner,
        ...parts,
        revoked,
      })
      put('list.crl', crl)
      const text = execFileSync(
        'sh',
        ['-c', 'openssl crl -inform DER -in list.crl -CAfile issuing.pem -noout -text 2>&1'],
        { cwd: folder },
      ).toString()
      expect(text).toContain('verify OK')
      expect(text).toContain('Key Compromise')

      put('content', content)
      put('act.p7s', await sign())
      const cms = [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'act.p7s',
        '-content',
        'content',
      ]
      expect(run(...cms, '-CAfile', 'root.pem', '-purpose', 'any', '-cades', ...at)).toBe(
        new TextDecoder().decode(content),
      )
      const tsaPair = await makePair(family)
      const tsa = await authority.issue('tsa', tsaPair, { subject: [['2.5.4.3', '演示时间戳']] })
      const signature = readSignedData(await sign()).signature
      const request = makeTokenRequest(signature, Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2))
      const token = await makeToken({
        request: readTokenRequest(request),
        policy: '1.2.156.999999.1.1',
        serial: 41,
        genTime: NOW,
        certificate: tsa,
        chain: [authority.issuing],
        signer: tsaPair.signer,
      })
      put('value', signature)
      put('reply.tsr', makeTokenResponse(token))
      expect(
        run('ts', '-verify', '-data', 'value', '-in', 'reply.tsr', '-CAfile', 'root.pem', ...at),
      ).toContain('OK')
      put('act.p7s', withToken(await sign(), token))
      expect(run(...cms, '-CAfile', 'root.pem', '-purpose', 'any', ...at)).toContain('submit-bid')
    },
  )

  test.skipIf(!openssl || family === 'sm2')(
    'openssl opens the wrap of a bid secret, and we open its',
    async () => {
      const keys = await makePair(family, 'encrypt')
      const certificate = await authority.issue('encrypt', keys)
      const secret = crypto.getRandomValues(new Uint8Array(32))
      const wrap = await wrapSecret(secret, certificate)
      const holder = keyHolder(keys.privateKey!)
      expect(await unwrapSecret(wrap, holder)).toEqual(secret)
      put('enc.pem', pem(certificate.der))
      put('enc.key', pem(keys.pkcs8!, 'PRIVATE KEY'))
      put('wrap', wrap)
      run(
        'cms',
        '-decrypt',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'wrap',
        '-recip',
        'enc.pem',
        '-inkey',
        'enc.key',
        '-out',
        'plain',
      )
      expect(run('dgst', '-sha256', '-r', 'plain').slice(0, 64)).toBe(
        Buffer.from(await crypto.subtle.digest('SHA-256', secret)).toString('hex'),
      )
      const options =
        family === 'rsa'
          ? ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256']
          : ['ecdh_kdf_md:sha256']
      run(
        'cms',
        '-encrypt',
        '-binary',
        '-aes-256-cbc',
        ...(family === 'p256' ? ['-aes256-wrap'] : []),
        '-in',
        'plain',
        '-outform',
        'DER',
        '-out',
        'theirs',
        '-recip',
        'enc.pem',
        ...options.flatMap((o) => ['-keyopt', o]),
      )
      const theirs = Uint8Array.from(execFileSync('cat', [join(folder, 'theirs')]))
      expect(await unwrapSecret(theirs, holder)).toEqual(secret)
      const other = keyHolder((await makePair(family, 'encrypt')).privateKey!)
      await expect(unwrapSecret(wrap, other)).rejects.toThrow(TrustError)
      await expect(wrapSecret(secret, leaf)).rejects.toThrow('certificate-wrong-usage')
    },
  )

  test.skipIf(family === 'sm2')(
    'a key file holds the pair, and opens by its password alone',
    async () => {
      const keys = await makePair(family, 'encrypt')
      const certificate = await authority.issue('encrypt', keys)
      const password = '投标密码123'
      const file = await makePkcs12({
        entries: [
          { friendlyName: 'sign', pkcs8: pair.pkcs8!, certificate: leaf },
          { friendlyName: 'encrypt', pkcs8: keys.pkcs8!, certificate },
        ],
        chain: [authority.issuing, authority.root],
        password,
        iterations: 2048,
      })
      const { sign: signing, encrypt: encrypting } = keyPairOf(await openPkcs12(file, password))
      expect([signing!.friendlyName, encrypting!.friendlyName]).toEqual(['sign', 'encrypt'])
      expect(signing!.chain.map((c) => c.id)).toEqual([authority.issuing.id, authority.root.id])
      const signer = await signing!.key.signer()
      const signed = await makeSignedData({
        content,
        certificate: signing!.certificate,
        signingTime: NOW,
        signer,
      })
      expect(await verifySignedData(readSignedData(signed), content)).toEqual([])
      const secret = crypto.getRandomValues(new Uint8Array(32))
      const wrap = await wrapSecret(secret, encrypting!.certificate)
      expect(await unwrapSecret(wrap, await encrypting!.key.holder())).toEqual(secret)
      await expect(openPkcs12(file, '投标密码124')).rejects.toThrow('pkcs12-wrong-password')
      if (openssl) {
        put('pair.p12', file)
        expect(run('pkcs12', '-in', 'pair.p12', '-passin', `pass:${password}`, '-nodes')).toContain(
          'friendlyName: encrypt',
        )
      }
    },
  )
})
