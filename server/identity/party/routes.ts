import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type OrganisationRole, type Viewer } from '../../kernel/viewer.ts'
import type { Services } from '../../services.ts'
import { readPersonal } from '../../vault/personal.ts'
import { makeLink, preSession } from '../login/challenges.ts'
import { limited } from '../login/limits.ts'
import { loadParty } from '../members.ts'
import { actOnParty, viewerOfCall } from './acting.ts'
import { approvalOperations } from './approvals.ts'
import { askToBind, bind, proveCertificate, type SignedBody } from './certificates.ts'
import type { RegisteredParty } from './decider.ts'
import { name, region, roles } from './fields.ts'
import { addMember, type MemberWish } from './membership.ts'
import { type Registration, register } from './registration.ts'
import { listSealedBids } from './sealed-bids.ts'

const b64u = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most)
const signedBody = z.strictObject({ act: b64u(16_384), signature: b64u(100_000) })
const memberCapacity = z.enum([
  'orgAdmin',
  'legalRepresentative',
  'authorisedSigner',
  'operator',
  'financeOfficer',
])

const holder = ({ party, person }: Viewer) => `${party} ${person}`

export function partyOperations(services: Services): readonly AppOperation[] {
  return [
    ...registrationOperations(services),
    ...memberOperations(services),
    ...certificateOperations,
    ...approvalOperations(),
  ]
}

function registrationOperations(services: Services): readonly AppOperation[] {
  return [
    {
      id: 'party.challenge',
      method: 'post',
      path: '/api/parties/challenges',
      summary: 'A challenge for registering with a certificate',
      open: true,
      body: z.strictObject({ certificate: b64u(12_000) }),
      handle: (call) =>
        limited(call, () =>
          askToBind(
            call.platform,
            preSession(call),
            (call.body as { certificate: string }).certificate,
          ),
        ),
    },
    {
      id: 'party.register',
      method: 'post',
      path: '/api/parties',
      summary: 'Register an organisation and its first member; roles are approved by another',
      open: true,
      weighty: true,
      body: z.strictObject({
        uscc: z.string().max(40),
        name,
        region: region.nullable().default(null),
        roles,
        member: z.strictObject({ name }),
        proof: signedBody.nullable().default(null),
      }),
      handle: (call) => limited(call, () => register(call, services, call.body as Registration)),
    },
    {
      id: 'party.read',
      method: 'get',
      path: '/api/party',
      summary: 'One’s own organisation: members, certificates, roles held and asked for',
      handle: (call) => ownParty(call),
    },
    {
      id: 'party.listSealedBids',
      method: 'get',
      list: true,
      path: '/api/party/sealed-bids',
      summary: 'One’s own sealed bids that wait, each with the certificate whose key opens it',
      handle: async (call) => ({ items: await listSealedBids(call), next: null }),
    },
    {
      id: 'party.askRoles',
      method: 'post',
      path: '/api/party/role-requests',
      summary: 'Ask for further roles',
      weighty: true,
      body: z.strictObject({ roles }),
      handle: async (call) => {
        await actOnParty(call, {
          type: 'askRoles',
          roles: (call.body as { roles: OrganisationRole[] }).roles,
        })
        return ownParty(call)
      },
    },
  ]
}

async function ownParty(call: AppCall) {
  const party = await loadParty(call.platform, viewerOfCall(call).party)
  if (!party) throw new ProblemError('not-found')
  const names = new Map<string, string | null>()
  for (const m of [...party.members, ...party.invitations])
    names.set(m.nameDigest, await readPersonal<string>(call.platform, m.nameDigest))
  return {
    id: party.id,
    kind: party.kind,
    name: party.name,
    region: party.region,
    roles: party.roles,
    rolesAsked: party.rolesAsked,
    askedAt: party.askedAt,
    declined: party.declined,
    members: party.members.map(({ person, nameDigest, capacity }) => ({
      person,
      capacity,
      name: names.get(nameDigest) ?? null,
      passkeys: party.passkeys.filter((p) => p.person === person).length,
    })),
    invitations: party.invitations.map(({ person, nameDigest, capacity }) => ({
      person,
      capacity,
      name: names.get(nameDigest) ?? null,
    })),
    certificates: party.certificates.map(({ sha256, use, notAfter, der, person }) => ({
      sha256,
      use,
      notAfter,
      der,
      person: person ?? null,
    })),
  }
}

function memberOperations(services: Services): readonly AppOperation[] {
  return [
    {
      id: 'party.addMember',
      method: 'post',
      path: '/api/party/members',
      summary:
        'Add a member, or a further capacity of one; who acts for another already is invited. Answers with the link',
      weighty: true,
      body: z.strictObject({
        name,
        capacity: memberCapacity,
        person: z.string().min(3).max(64).optional(),
      }),
      handle: (call) => addMember(call, call.body as MemberWish),
    },
    {
      id: 'party.removeMember',
      method: 'delete',
      path: '/api/party/members/{person}',
      summary: 'Remove a member; the sessions end at once',
      handle: async (call) => {
        const { person } = call.params
        await actOnParty(call, { type: 'removeMember', person })
        await services.sessions.endOfMember({ party: viewerOfCall(call).party, person })
        return { ok: true }
      },
    },
    {
      id: 'party.linkMember',
      method: 'post',
      path: '/api/party/members/{person}/links',
      summary: 'A one-time link for a member who has lost the passkey',
      handle: async (call) => {
        const { person } = call.params
        const { party } = viewerOfCall(call)
        const state = (await loadParty(call.platform, party)) as RegisteredParty
        if (!state.members.some((m) => m.person === person))
          throw new ProblemError('no-such-member')
        return makeLink(call.platform, { party, person })
      },
    },
  ]
}

const certificateOperations: readonly AppOperation[] = [
  {
    id: 'party.certificateChallenge',
    method: 'post',
    path: '/api/party/certificate-challenges',
    summary: 'A challenge for binding a certificate to one’s own organisation',
    body: z.strictObject({ certificate: b64u(12_000) }),
    handle: (call) =>
      askToBind(
        call.platform,
        holder(viewerOfCall(call)),
        (call.body as { certificate: string }).certificate,
      ),
  },
  {
    id: 'party.bindCertificate',
    method: 'post',
    path: '/api/party/certificates',
    summary: 'Bind a certificate that its own key has proved (signed act bind-certificate)',
    body: signedBody,
    handle: async (call) => {
      const actor = actorOf(viewerOfCall(call))
      const proved = await proveCertificate(
        call.platform,
        holder(viewerOfCall(call)),
        actor,
        call.body as SignedBody,
      )
      await bind(call, actor, proved)
      return { sha256: proved.certificate.sha256, use: proved.certificate.use }
    },
  },
  {
    id: 'party.unbindCertificate',
    method: 'delete',
    path: '/api/party/certificates/{certificate}',
    summary: 'Unbind a certificate; what it signed stays signed',
    handle: async (call) => {
      await actOnParty(call, { type: 'unbindCertificate', sha256: call.params.certificate })
      return { ok: true }
    },
  },
]
