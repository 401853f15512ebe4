import { b64u } from '../../server/formats/bytes.ts'
import {
  type Authority,
  DAY,
  makeAuthority,
  makePair,
  type Pair,
} from '../../server/trust/authority.kit.ts'
import {
  type Certificate,
  makeCertificate,
  makeCrl,
  makeSignedData,
  partySubject,
  personSubject,
  type RevokedEntry,
  readCertificate,
  serialOf,
  type TrustList,
  trustListBytes,
  trustListSha256,
} from '../../server/trust/index.ts'
import type { SigningKey } from './member.ts'

/** A pair of certificates as a party holds it, with the private keys. */
export interface PartyKeys {
  readonly sign: SigningKey
  readonly encrypt: { readonly certificate: Certificate; readonly privateKey: CryptoKey }
}
export interface ListFileOf {
  readonly trustList: string
  readonly signatures: readonly string[]
  readonly sha256: string
}

/** A licensed authority for tests of production: its list, its leaves, its revocation list. */
export class TestAuthority {
  readonly authority: Authority
  private readonly listKeys: { pair: Pair; certificate: Certificate }[]
  private number = 1

  private constructor(authority: Authority, listKeys: { pair: Pair; certificate: Certificate }[]) {
    this.authority = authority
    this.listKeys = listKeys
  }

  static async make(): Promise<TestAuthority> {
    const authority = await makeAuthority('p256')
    const listKeys = await Promise.all(
      [1, 2].map(async (n) => {
        const pair = await makePair('p256')
        const der = await makeCertificate({
          profile: 'sign',
          serial: newSerial(),
          subject: [['2.5.4.3', `list key ${n}`]],
          spki: pair.spki,
          notBefore: Date.now() - DAY,
          notAfter: Date.now() + 365 * DAY,
          issuer: null,
          signer: pair.signer,
        })
        return { pair, certificate: readCertificate(der) }
      }),
    )
    return new TestAuthority(authority, listKeys)
  }

  /** A trust list, signed by both keys. @param wish what differs from a good first list */
  async list(
    platform: string,
    wish: Partial<TrustList> & { urls?: string[]; demo?: true } = {},
  ): Promise<ListFileOf> {
    const { urls = [], demo, ...more } = wish
    const list: TrustList = {
      v: 1,
      sequence: 1,
      issued: new Date(Date.now() - DAY).toISOString(),
      nextUpdate: new Date(Date.now() + 180 * DAY).toISOString(),
      previous: null,
      scheme: { name: '测试信任列表', territory: 'CN' },
      platforms: [{ id: platform, origins: ['https://trade.example'] }],
      listKeys: this.listKeys.map((k) => b64u(k.certificate.der)),
      authorities: [
        {
          id: 'test-ca',
          name: { zh: '测试CA', en: 'Test CA' },
          licence: 'ECP0000000000',
          ...(demo ? { demo } : {}),
          services: [
            {
              type: 'ca',
              certs: [b64u(this.authority.root.der)],
              status: [{ from: '2020-01-01T00:00:00.000Z', state: 'granted', reason: 'licensed' }],
              algorithms: null,
              policies: null,
              purposes: ['login', 'sign', 'encrypt'],
              audience: ['org', 'person'],
              partyCode: null,
              revocation: { modes: ['crl'], urls, maxAgeHours: 24 },
              sm2Id: null,
            },
          ],
        },
      ],
      ...more,
    }
    const bytes = trustListBytes(list)
    const signatures = await Promise.all(
      this.listKeys.map(({ pair, certificate }) =>
        makeSignedData({
          content: bytes,
          certificate,
          signingTime: Date.now(),
          signer: pair.signer,
        }),
      ),
    )
    return {
      trustList: b64u(bytes),
      signatures: signatures.map((s) => b64u(s)),
      sha256: trustListSha256(bytes),
    }
  }

  /** A party's signing and encryption certificates. */
  async keysOf(name: string, uscc: string): Promise<PartyKeys> {
    const subject = partySubject(name, uscc)
    return this.pair({ subject, uscc })
  }

  /** An expert's signing certificate, by the id number. */
  async keysOfPerson(name: string, idNumber: string): Promise<PartyKeys> {
    return this.pair({ subject: personSubject(name), idNumber, uscc: undefined })
  }

  private async pair(more: object): Promise<PartyKeys> {
    const dates = { notBefore: Date.now() - DAY, notAfter: Date.now() + 300 * DAY }
    const sign = await makePair('p256')
    const encrypt = await makePair('p256', 'encrypt')
    return {
      sign: {
        certificate: await this.authority.issue('sign', sign, { ...dates, ...more }),
        chain: [this.authority.issuing],
        signer: sign.signer,
      },
      encrypt: {
        certificate: await this.authority.issue('encrypt', encrypt, { ...dates, ...more }),
        privateKey: encrypt.privateKey as CryptoKey,
      },
    }
  }

  /** The issuing authority's revocation list, made now. */
  crl(revoked: readonly RevokedEntry[] = []): Promise<Uint8Array> {
    return makeCrl({
      issuer: this.authority.issuing,
      signer: this.authority.issuingSigner,
      number: this.number++,
      thisUpdate: Math.floor(Date.now() / 1000) * 1000,
      nextUpdate: Date.now() + 3_600_000,
      revoked: [...revoked],
    })
  }
}

const newSerial = () => serialOf(crypto.getRandomValues(new Uint8Array(16)))
