import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, type Platform } from '../../platform.ts'
import { readPersonal } from '../../vault/personal.ts'
import { loadParty, mayHavePasskey, viewerOf } from '../members.ts'
import type { Command } from '../party/decider.ts'
import { actWithName } from '../party/names.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'
import { challengeOf, registrationOptions, verifyNewPasskey } from './passkeys.ts'

export const b64u = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most)

/** What every credential of the web's authentication says of itself. */
export const credential = {
  id: b64u(1400),
  rawId: b64u(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.looseObject({}).default({}),
}
const newCredential = z.strictObject({
  ...credential,
  /** What its holder calls it; a personal value, kept beside the log. */
  name: z.string().trim().min(1).max(40).optional(),
  response: z.strictObject({
    clientDataJSON: b64u(16_384),
    attestationObject: b64u(65_536),
    transports: z.array(z.string().max(20)).max(10).optional(),
    authenticatorData: b64u(16_384).optional(),
    publicKey: b64u(16_384).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
})

const holder = (viewer: Viewer) => `${viewer.party} ${viewer.person}`

/** Passkeys of the signed-in member. */
export const passkeyOperations: readonly AppOperation[] = [
  {
    id: 'passkey.list',
    method: 'get',
    list: true,
    path: '/api/passkeys',
    summary: 'One’s own passkeys, with their names and when they were added',
    handle: async ({ platform, viewer }) => ({
      items: await ownPasskeys(platform, viewer as Viewer),
      next: null,
    }),
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
      const { name, ...response } = call.body as RegistrationResponseJSON & { name?: string }
      const challenge = challengeOf(response.response.clientDataJSON)
      await takeChallenge(call.platform, 'new-passkey', holder(viewer), challenge)
      const passkey = await verifyNewPasskey(call.platform.origin, response, challenge)
      const known = await call.platform.sql`select from read.passkeys where id = ${passkey.id}`
      if (known.length > 0) throw new ProblemError('passkey-added-already')
      const add = (named: { nameDigest?: string }) =>
        actOnParty(call, viewer.party, {
          type: 'addPasskey',
          passkey: { ...passkey, person: viewer.person, ...named },
        })
      if (name === undefined) await add({})
      else await actWithName(call.platform, name, null, (nameDigest) => add({ nameDigest }))
      return { id: passkey.id }
    },
  },
  {
    id: 'passkey.remove',
    method: 'delete',
    path: '/api/passkeys/{passkey}',
    summary: 'Remove one of one’s own passkeys',
    handle: async (call) => {
      const { passkey } = call.params
      const own = await ownPasskeys(call.platform, call.viewer as Viewer)
      const found = own.find((one) => one.id === passkey)
      if (!found) throw new ProblemError('no-such-passkey')
      await actOnParty(call, found.party, { type: 'removePasskey', id: passkey })
      return { ok: true }
    },
  },
]

/** A person's passkeys, of all his parties or of the one that this log-in reaches. */
async function ownPasskeys(platform: Platform, { person, within }: Viewer) {
  const rows = await platform.sql`
    select distinct party from read.passkeys where person = ${person} order by party`
  const items = []
  for (const { party } of rows.filter((row) => within === undefined || row.party === within)) {
    const state = await loadParty(platform, party)
    for (const one of state?.passkeys.filter((p) => p.person === person) ?? [])
      items.push({
        id: one.id,
        party: party as string,
        partyName: state?.name ?? null,
        name: one.nameDigest ? await readPersonal<string>(platform, one.nameDigest) : null,
        addedAt: one.addedAt,
      })
  }
  return items.sort((a, b) => (a.addedAt < b.addedAt ? -1 : 1))
}

/** The viewer as a member of a party: who has chosen no capacity yet is none. */
async function ownMember(call: AppCall): Promise<Viewer> {
  const viewer = call.viewer as Viewer
  await mayHavePasskey(call.platform, viewer)
  return viewerOf(call.platform, viewer.person, viewer)
}

async function actOnParty(call: AppCall, party: string, command: Command) {
  return actOf(call.platform, {
    kind: 'party',
    id: party,
    project: null,
    command,
    actor: actorOf(call.viewer as Viewer),
  })
}
