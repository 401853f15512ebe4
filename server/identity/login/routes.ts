import { randomBytes } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { iso } from '../../kernel/clock.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { sessionCookie } from '../../kernel/sessions.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Services } from '../../services.ts'
import { loadParty, membershipsOf, viewerAfterLogIn, viewerOf } from '../members.ts'
import { acceptInvitation, invitationProblem } from '../party/membership.ts'
import { signIn } from '../sign-in.ts'
import { actorsOf, viewerByCertificate } from './certificate.ts'
import { keepChallenge, preSession, readPreSession, takeChallenge } from './challenges.ts'
import { limited } from './limits.ts'
import { b64u, credential, passkeyOperations } from './passkey-routes.ts'
import { authenticationOptions, challengeOf, verifyPasskey } from './passkeys.ts'

const usedCredential = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: b64u(16_384),
    authenticatorData: b64u(16_384),
    signature: b64u(4096),
    userHandle: b64u(128).nullish(),
  }),
})

/** The ways in: passkey, certificate, one-time link; then the capacity. */
export function logInOperations(services: Services): readonly AppOperation[] {
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
      summary: 'The nonce that a log-in act must hold, and whom a certificate may sign in as',
      open: true,
      body: z.strictObject({ certificate: z.string().length(43).optional() }).optional(),
      handle: (call) =>
        limited(call, async () => {
          const { platform, body } = call
          const nonce = randomBytes(16).toString('base64url')
          await keepChallenge(platform, 'log-in', preSession(call), nonce)
          const { certificate } = (body ?? {}) as { certificate?: string }
          const actors = certificate ? await actorsOf(platform, certificate) : {}
          const now = iso(platform.store.clock.nowMs())
          return { nonce, platform: platform.keys.platform, now, ...actors }
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
          const choices = await membershipsOf(call.platform, viewer.person, viewer.within)
          return { csrf, viewer, choices }
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
          const invitation = await invitationProblem(call.platform, call.viewer, token)
          if (invitation) throw invitation
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

/**
 * Signs a person in: in his one capacity, or in none until he has chosen.
 * @param within the party that gave the link; none: all that the person may be
 */
async function enter(call: AppCall, services: Services, person: string, within?: string) {
  const { viewer, choices } = await viewerAfterLogIn(call.platform, person, within)
  const { csrf } = await signIn(call, services, viewer)
  return { csrf, viewer, choices }
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

function capacityOperations(services: Services): readonly AppOperation[] {
  return [
    {
      id: 'session.readCapacities',
      method: 'get',
      path: '/api/session/capacities',
      summary: 'For whom, and as what, the signed-in person may act',
      handle: async ({ platform, viewer }) => {
        const { person, within } = viewer as Viewer
        return { items: await membershipsOf(platform, person, within), next: null }
      },
    },
    {
      id: 'session.acceptInvitation',
      method: 'post',
      path: '/api/session/memberships',
      summary: 'Accept the invitation of a further organisation, by the token of its link',
      body: z.strictObject({ token: b64u(64) }),
      handle: (call) =>
        limited(call, async () => {
          const { token } = call.body as { token: string }
          const viewer = await acceptInvitation(call, token)
          await services.sessions.change(getCookie(call.http, sessionCookie) as string, viewer)
          return { viewer, choices: await membershipsOf(call.platform, viewer.person) }
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
        const { person, within } = call.viewer as Viewer
        if (within !== undefined && choice.party !== within)
          throw new ProblemError('capacity-not-held')
        const chosen = await viewerOf(call.platform, person, choice)
        const viewer = within === undefined ? chosen : { ...chosen, within }
        await services.sessions.change(getCookie(call.http, sessionCookie) as string, viewer)
        return { viewer }
      },
    },
  ]
}
