import { randomBytes } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { AppCall } from '../../app.ts'
import { iso } from '../../kernel/clock.ts'
import type { Operation } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { sessionCookie } from '../../kernel/sessions.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, type Platform } from '../../platform.ts'
import type { Services } from '../../services.ts'
import type { Trade } from '../../trade.ts'
import { loadParty, membershipsOf, viewerAfterLogIn, viewerOf } from '../members.ts'
import type { Command } from '../party/decider.ts'
import { signIn } from '../sign-in.ts'
import { viewerByCertificate } from './certificate.ts'
import { keepChallenge, preSession, readPreSession, takeChallenge } from './challenges.ts'
import {
  authenticationOptions,
  challengeOf,
  registrationOptions,
  verifyNewPasskey,
  verifyPasskey,
} from './passkeys.ts'
import { limited } from './source.ts'

type Op = Operation<Platform, Trade | null>

const b64u = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most)
const credential = {
  id: b64u(1400),
  rawId: b64u(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.looseObject({}).default({}),
}
const newCredential = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: b64u(16_384),
    attestationObject: b64u(65_536),
    transports: z.array(z.string().max(20)).max(10).optional(),
    authenticatorData: b64u(16_384).optional(),
    publicKey: b64u(16_384).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
})
const usedCredential = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: b64u(16_384),
    authenticatorData: b64u(16_384),
    signature: b64u(4096),
    userHandle: b64u(128).nullish(),
  }),
})

const holder = (viewer: Viewer) => `${viewer.party} ${viewer.person}`

/** Passkeys of the signed-in member. */
const passkeyOperations: readonly Op[] = [
  {
    id: 'passkey.list',
    method: 'get',
    path: '/api/passkeys',
    summary: 'One’s own passkeys',
    handle: async ({ platform, viewer }) => {
      const rows = await platform.sql`
        select id, party from read.passkeys where person = ${(viewer as Viewer).person} order by id`
      return { items: [...rows], next: null }
    },
  },
  {
    id: 'passkey.options',
    method: 'post',
    path: '/api/passkeys/options',
    summary: 'What the device needs to make a passkey',
    handle: async (call) => {
      const viewer = await ownMember(call)
      const known = await call.platform.sql`
        select id from read.passkeys where person = ${viewer.person}`
      const options = await registrationOptions(
        call.platform,
        viewer,
        known.map((r) => r.id),
      )
      await keepChallenge(call.platform, 'new-passkey', holder(viewer), options.challenge)
      return options
    },
  },
  {
    id: 'passkey.add',
    method: 'post',
    path: '/api/passkeys',
    summary: 'Register the passkey that the device made',
    body: newCredential,
    handle: async (call) => {
      const viewer = await ownMember(call)
      const response = call.body as RegistrationResponseJSON
      const challenge = challengeOf(response.response.clientDataJSON)
      await takeChallenge(call.platform, 'new-passkey', holder(viewer), challenge)
      const passkey = await verifyNewPasskey(call.platform.origin, response, challenge)
      const known = await call.platform.sql`select from read.passkeys where id = ${passkey.id}`
      if (known.length > 0) throw new ProblemError('passkey-added-already')
      await actOnParty(call, viewer.party, {
        type: 'addPasskey',
        passkey: { ...passkey, person: viewer.person },
      })
      return { id: passkey.id }
    },
  },
  {
    id: 'passkey.remove',
    method: 'delete',
    path: '/api/passkeys/{passkey}',
    summary: 'Remove one of one’s own passkeys',
    handle: async (call) => {
      const { person } = call.viewer as Viewer
      const { passkey } = call.params
      const [row] = await call.platform.sql`
        select party from read.passkeys where id = ${passkey} and person = ${person}`
      if (!row) throw new ProblemError('no-such-passkey')
      await actOnParty(call, row.party, { type: 'removePasskey', id: passkey })
      return { ok: true }
    },
  },
]

/** The viewer as a member of a party: who has chosen no capacity yet is none. */
async function ownMember(call: AppCall): Promise<Viewer> {
  const viewer = call.viewer as Viewer
  return viewerOf(call.platform, viewer.person, viewer)
}

async function actOnParty(call: AppCall, party: string, command: Command) {
  return actOf(call.platform, {
    kind: 'party',
    id: party,
    project: null,
    command: command as never,
    actor: actorOf(call.viewer as Viewer),
  })
}

/** The ways in: passkey, certificate, one-time link; then the capacity. */
export function logInOperations(services: Services): readonly Op[] {
  return [
    ...passkeyOperations,
    {
      id: 'passkey.challenge',
      method: 'post',
      path: '/api/passkeys/challenges',
      summary: 'A challenge for log-in by passkey',
      open: true,
      handle: (call) =>
        limited(call, async () => {
          const options = await authenticationOptions(call.platform)
          await keepChallenge(call.platform, 'passkey', preSession(call), options.challenge)
          return options
        }),
    },
    {
      id: 'passkey.signIn',
      method: 'post',
      path: '/api/passkeys/sessions',
      summary: 'Sign in by passkey',
      open: true,
      body: usedCredential,
      handle: (call) =>
        limited(call, async () => {
          const person = await personByPasskey(call, call.body as AuthenticationResponseJSON)
          return enter(call, services, person)
        }),
    },
    {
      id: 'session.challenge',
      method: 'post',
      path: '/api/session/challenges',
      summary: 'The nonce that a log-in act must hold',
      open: true,
      handle: (call) =>
        limited(call, async () => {
          const nonce = randomBytes(16).toString('base64url')
          await keepChallenge(call.platform, 'log-in', preSession(call), nonce)
          const nowMs = call.platform.store.clock.nowMs()
          return { nonce, platform: call.platform.keys.platform, now: iso(nowMs) }
        }),
    },
    {
      id: 'session.signIn',
      method: 'post',
      path: '/api/session',
      summary: 'Sign in by a signed log-in act',
      open: true,
      body: z.strictObject({ act: b64u(8192), signature: b64u(100_000) }),
      handle: (call) =>
        limited(call, async () => {
          const viewer = await viewerByCertificate(
            call,
            call.body as { act: string; signature: string },
          )
          const { csrf } = await signIn(call, services, viewer)
          return { csrf, viewer, choices: await membershipsOf(call.platform, viewer.person) }
        }),
    },
    {
      id: 'session.useLink',
      method: 'post',
      path: '/api/session/link',
      summary: 'Sign in once by the link that an administrator gave',
      open: true,
      body: z.strictObject({ token: b64u(64) }),
      handle: (call) =>
        limited(call, async () => {
          const { token } = call.body as { token: string }
          const member = await takeChallenge<{ party: string; person: string }>(
            call.platform,
            'link',
            '',
            token,
          )
          return enter(call, services, member.person, member.party)
        }),
    },
    ...capacityOperations(services),
  ]
}

/** Signs a person in: in his one capacity, or in none until he has chosen. */
async function enter(call: AppCall, services: Services, person: string, party?: string) {
  const { viewer, choices } = await viewerAfterLogIn(call.platform, person)
  const meant = party ? choices.filter((one) => one.party === party) : []
  const used = meant.length === 1 ? await viewerOf(call.platform, person, meant[0]) : viewer
  const { csrf } = await signIn(call, services, used)
  return { csrf, viewer: used, choices }
}

async function personByPasskey(call: AppCall, response: AuthenticationResponseJSON) {
  const { platform } = call
  const challenge = challengeOf(response.response.clientDataJSON)
  await takeChallenge(platform, 'passkey', readPreSession(call) ?? '', challenge)
  const [row] = await platform.sql`
    select k.person, k.party, coalesce(c.counter, 0)::text as counter
    from read.passkeys k left join work.passkey_counters c on c.id = k.id
    where k.id = ${response.id}`
  const party = row ? await loadParty(platform, row.party) : null
  const passkey = party?.passkeys.find((p) => p.id === response.id)
  if (!row || !passkey) throw new ProblemError('passkey-unknown')
  const handle = response.response.userHandle
  if (handle && Buffer.from(handle, 'base64url').toString('utf8') !== passkey.person)
    throw new ProblemError('passkey-invalid')
  const counter = Math.max(Number(row.counter), passkey.counter)
  const next = await verifyPasskey(platform.origin, response, challenge, passkey, counter)
  const kept = await platform.sql`
    insert into work.passkey_counters as k (id, counter) values (${passkey.id}, ${next})
    on conflict (id) do update set counter = excluded.counter
      where k.counter < excluded.counter or excluded.counter = 0
    returning id`
  // Two log-ins with one count at once: the second is the copy's.
  if (kept.length === 0) throw new ProblemError('passkey-copied')
  return passkey.person
}

function capacityOperations(services: Services): readonly Op[] {
  return [
    {
      id: 'session.readCapacities',
      method: 'get',
      path: '/api/session/capacities',
      summary: 'For whom, and as what, the signed-in person may act',
      handle: async ({ platform, viewer }) => ({
        items: await membershipsOf(platform, (viewer as Viewer).person),
        next: null,
      }),
    },
    {
      id: 'session.chooseCapacity',
      method: 'post',
      path: '/api/session/capacity',
      summary: 'Choose for whom, and as what, to act from now on',
      body: z.strictObject({ party: z.string().max(64), capacity: z.string().max(40) }),
      handle: async (call) => {
        const choice = call.body as Pick<Viewer, 'party' | 'capacity'>
        const viewer = await viewerOf(call.platform, (call.viewer as Viewer).person, choice)
        await services.sessions.change(getCookie(call.http, sessionCookie) as string, viewer)
        return { viewer }
      },
    },
  ]
}
