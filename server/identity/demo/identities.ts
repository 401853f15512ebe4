import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { sha256 } from '../../kernel/keys.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { type OrganisationRole, systemActor, type Viewer } from '../../kernel/viewer.ts'
import { writeOnce, writeWhole } from '../../kernel/whole-file.ts'
import { actOf, type Platform } from '../../platform.ts'
import {
  certSha256,
  makePkcs12,
  partySubject,
  personSubject,
  readCertificate,
} from '../../trust/index.ts'
import { keepPersonal } from '../../vault/personal.ts'
import type { BoundCertificate, Command } from '../party/decider.ts'
import { type DemoAuthority, type Family, makeKeyPair } from './authority.ts'
import { type DemoIdentity, expert, fixedIdentities, organisation, venues } from './fixed.ts'
import { type DemoStamper, openDemoStamper } from './stamper.ts'

const rolesFor: Partial<Record<DemoIdentity['role'], readonly OrganisationRole[]>> = {
  mallSupplier: ['bidder'],
  mallBuyer: ['purchaser'],
}

interface KeyFile {
  readonly sign: { readonly pkcs8: string; readonly der: string }
  readonly encrypt: { readonly pkcs8: string; readonly der: string }
  readonly family: Family
}

/** The demo's identities: registered as parties, each with a certificate pair kept beside the keys. */
export class DemoIdentities {
  private readonly platform: Platform
  private readonly authorities: Record<Family, DemoAuthority>
  private readonly folder: string
  private readonly known = new Map<string, DemoIdentity>()
  private made = 0

  constructor(platform: Platform, authorities: Record<Family, DemoAuthority>) {
    this.platform = platform
    this.authorities = authorities
    this.folder = path.join(platform.folder, 'keys', 'demo')
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    for (const one of fixedIdentities) this.known.set(one.id, one)
    for (const file of fs.readdirSync(this.folder))
      if (file.endsWith('.identity.json')) {
        const one = JSON.parse(fs.readFileSync(path.join(this.folder, file), 'utf8'))
        this.known.set(one.id, one)
        this.made += 1
      }
  }

  /** The demo authority of a family; undefined where there is none of that name. */
  authority(family: string): DemoAuthority | undefined {
    return Object.hasOwn(this.authorities, family) ? this.authorities[family as Family] : undefined
  }

  /** The demo's time-stamper: made at its first use, under the P-256 authority. */
  stamper(): Promise<DemoStamper> {
    return openDemoStamper(this.folder, this.authorities.p256)
  }

  /** Serial and family of an identity's signing certificate. */
  async signingCertificate(one: DemoIdentity): Promise<{ serial: Uint8Array; family: Family }> {
    await this.register(one)
    const { sign, family } = await this.pair(one)
    return { serial: readCertificate(Buffer.from(sign.der, 'base64')).serial, family }
  }

  list(): DemoIdentity[] {
    return [...this.known.values()]
  }

  /** @throws ProblemError `not-found` */
  get(id: string): DemoIdentity {
    const found = this.known.get(id)
    if (!found) throw new ProblemError('not-found')
    return found
  }

  viewer(one: DemoIdentity): Viewer {
    return {
      person: one.person,
      personName: one.name,
      party: one.party.id,
      partyName: one.party.name,
      capacity: one.capacity,
      roles: rolesFor[one.role] ?? [one.role as OrganisationRole],
    }
  }

  /** Makes a further demo party; the same name and role give the same one. */
  async add(wish: {
    name: string
    role: DemoIdentity['role']
    region?: string
    employer?: string
    specialties?: readonly string[]
  }): Promise<DemoIdentity> {
    const same = this.list().find(
      (one) =>
        one.party.name === wish.name &&
        one.role === wish.role &&
        // A person of that name with another employer is another person.
        (!one.expert || !wish.employer || one.expert.employer === wish.employer),
    )
    if (same) {
      await this.register(same)
      return same
    }
    this.made += 1
    const id = `${wish.role}-x${this.made}${randomBytes(2).toString('hex')}`
    const base =
      wish.role === 'expert'
        ? {
            ...expert(1),
            id,
            name: wish.name,
            party: { id, name: wish.name, uscc: null },
            person: id,
            expert: {
              region: wish.region ?? venues[0],
              employer: wish.employer ?? `演示单位 ${id}`,
              specialties: wish.specialties ?? ['A08', 'C01'],
            },
          }
        : organisation(id, wish.name, wish.role, 10_000 + this.made)
    await writeWhole(path.join(this.folder, `${id}.identity.json`), JSON.stringify(base))
    this.known.set(id, base)
    await this.register(base)
    return base
  }

  /** Registers every fixed identity; those that are registered already are left alone. */
  async registerAll(): Promise<void> {
    const all = this.list()
    for (let i = 0; i < all.length; i += 16)
      await Promise.all(all.slice(i, i + 16).map((one) => this.register(one)))
  }

  /**
   * The party's events: registered, its member, its certificate pair, an expert's enrolment. Where a
   * process ended between two of them the rest follows: they are a party's first events, in this order.
   */
  async register(one: DemoIdentity): Promise<void> {
    const { version } = await this.platform.store.stream(`party:${one.party.id}`)
    const there = version + 1
    if (there >= (one.expert ? 5 : 4)) return
    const pair = await this.pair(one)
    const nameDigest = await keepPersonal(this.platform, one.name)
    const isPerson = one.role === 'expert'
    const commands: Command[] = [
      {
        type: 'registerParty',
        party: {
          id: one.party.id,
          kind: isPerson ? 'person' : 'organisation',
          name: isPerson ? null : one.party.name,
          nameDigest: isPerson ? nameDigest : null,
          roles: this.viewer(one).roles,
          region: one.expert?.region ?? '371300',
          isDemo: true,
        },
      },
      { type: 'addMember', person: one.person, nameDigest, capacity: one.capacity },
      ...(['sign', 'encrypt'] as const).map(
        (use) => ({ type: 'bindCertificate', certificate: bound(pair[use].der, use) }) as const,
      ),
    ]
    if (one.expert)
      commands.push({ type: 'enrolExpert', expert: { ...one.expert, title: '高级工程师' } })
    for (const command of commands.slice(there))
      await actOf(this.platform, {
        kind: 'party',
        id: one.party.id,
        project: null,
        actor: systemActor,
        command,
      }).catch((error) => {
        if (!(error instanceof ProblemError)) throw error // two starts at once
      })
  }

  private async pair(one: DemoIdentity): Promise<KeyFile> {
    const file = path.join(this.folder, `${one.id}.keys.json`)
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'))
    const { family } = one
    const made = { family } as { -readonly [K in keyof KeyFile]: KeyFile[K] }
    const subject = one.party.uscc
      ? partySubject(one.party.name, one.party.uscc)
      : personSubject(one.name)
    for (const use of ['sign', 'encrypt'] as const) {
      const keys = await makeKeyPair(family, use)
      const der = await this.authorities[family].issue({
        profile: use,
        subject,
        spki: keys.spki,
        ...(one.party.uscc ? { uscc: one.party.uscc } : { idNumber: demoIdNumber(one.id) }),
      })
      made[use] = {
        pkcs8: Buffer.from(keys.pkcs8).toString('base64'),
        der: Buffer.from(der).toString('base64'),
      }
    }
    await writeOnce(file, JSON.stringify(made), 0o600)
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  }

  /** Both keys as a key file, friendly names `sign` and `encrypt`, pass phrase `demo`. */
  async keyFile(one: DemoIdentity): Promise<Uint8Array> {
    await this.register(one)
    const pair = await this.pair(one)
    const file = path.join(this.folder, `${one.id}.p12`)
    if (fs.existsSync(file)) return fs.readFileSync(file)
    const bytes = await makePkcs12({
      entries: (['sign', 'encrypt'] as const).map((use) => ({
        friendlyName: use,
        pkcs8: Buffer.from(pair[use].pkcs8, 'base64'),
        certificate: readCertificate(Buffer.from(pair[use].der, 'base64')),
      })),
      chain: [this.authorities[pair.family].issuing],
      password: 'demo',
      iterations: 2000,
    })
    await writeOnce(file, bytes, 0o600)
    return fs.readFileSync(file)
  }
}

function bound(der: string, use: 'sign' | 'encrypt'): BoundCertificate {
  const bytes = Buffer.from(der, 'base64')
  const certificate = readCertificate(bytes)
  return {
    sha256: certSha256(bytes),
    use,
    der: bytes.toString('base64url'),
    notAfter: new Date(certificate.notAfter).toISOString(),
  }
}

/** Eighteen characters that are nobody's: region 999999, plainly a demo's. */
function demoIdNumber(id: string): string {
  const n = sha256(id).readUInt32BE() % 1_000_000
  return `999999190001${String(n).padStart(6, '0')}`
}
