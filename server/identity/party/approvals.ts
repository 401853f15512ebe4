import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { OrganisationRole } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import { readPersonal } from '../../vault/personal.ts'
import { loadParty } from '../members.ts'
import { actOnParty, viewerOfCall } from './acting.ts'
import type { Approver } from './decider.ts'
import { name, region, roles } from './fields.ts'
import { listExperts, type PoolWish } from './pool.ts'
import { enrolExpert } from './registration.ts'

/** As what the viewer approves: the access table has let nobody else in. */
const approver = (call: AppCall): Approver =>
  viewerOfCall(call).roles.includes('platformAdmin') ? 'platformAdmin' : 'tradingCentre'

/** What whoever decides has to go by: who asks, for what, since when, and what is proved of it. */
async function requestOf(platform: Platform, id: string) {
  const party = await loadParty(platform, id)
  if (!party || party.rolesAsked.length === 0) return null
  const head = party.members.find((m) => m.capacity === 'orgAdmin')
  return {
    id,
    name: party.name,
    region: party.region,
    roles: party.roles,
    rolesAsked: party.rolesAsked,
    askedAt: party.askedAt,
    administrator: head ? await readPersonal<string>(platform, head.nameDigest) : null,
    /** A certificate of its own has proved it. */
    isProved: party.certificates.length > 0,
  }
}

/** What the administrator and trading centres decide about others. */
export function approvalOperations(): readonly AppOperation[] {
  const decided = z.strictObject({ roles })
  return [
    {
      id: 'party.listRequests',
      method: 'get',
      list: true,
      path: '/api/role-requests',
      summary: 'Organisations whose roles wait for approval',
      handle: async ({ platform }) => {
        const rows = await platform.sql`
          select id from read.parties where roles_asked <> '{}' order by id limit 200`
        const items = await Promise.all(rows.map((row) => requestOf(platform, row.id)))
        return { items: items.filter((one) => one !== null), next: null }
      },
    },
    {
      id: 'party.approveRoles',
      method: 'post',
      path: '/api/parties/{party}/role-approvals',
      summary: 'Approve roles that another organisation asked for',
      weighty: true,
      body: decided,
      handle: async (call) => {
        const { roles: approved } = call.body as { roles: OrganisationRole[] }
        const command = { type: 'approveRoles', roles: approved, by: approver(call) } as const
        await actOnParty(call, command, call.params.party)
        return { party: call.params.party, roles: approved }
      },
    },
    {
      id: 'party.declineRoles',
      method: 'post',
      path: '/api/parties/{party}/role-refusals',
      summary: 'Decline roles that another organisation asked for, with the reason',
      weighty: true,
      body: z.strictObject({ roles, reason: z.string().min(1).max(2000) }),
      handle: async (call) => {
        const given = call.body as { roles: OrganisationRole[]; reason: string }
        const command = { type: 'declineRoles', ...given, by: approver(call) } as const
        await actOnParty(call, command, call.params.party)
        return { party: call.params.party, declined: given.roles }
      },
    },
    {
      id: 'party.enrolExpert',
      method: 'post',
      path: '/api/experts',
      summary: 'Enrol an expert in the pool; answers with the link to sign in by',
      weighty: true,
      body: z.strictObject({
        name,
        idNumber: z.string().regex(/^\d{17}[\dX]$/),
        region,
        employer: name,
        title: name,
        specialties: z.array(z.string().min(1).max(20)).min(1).max(10),
      }),
      handle: (call) => enrolExpert(call, call.body as never),
    },
    {
      id: 'party.listExperts',
      method: 'get',
      list: true,
      path: '/api/experts',
      summary: 'The pool of experts, with who is suspended, since when and why',
      query: z.strictObject({
        text: z.string().max(100).optional(),
        state: z.enum(['active', 'suspended']).optional(),
      }),
      handle: async ({ platform, query }) => ({
        items: await listExperts(platform, query as PoolWish),
        next: null,
      }),
    },
    {
      id: 'party.suspendExpert',
      method: 'post',
      path: '/api/experts/{expert}/suspensions',
      summary: 'Suspend an expert, with the reason: drawn no more until enrolled again',
      weighty: true,
      body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
      handle: async (call) => {
        const { expert } = call.params
        const { reason } = call.body as { reason: string }
        if ((await loadParty(call.platform, expert))?.kind !== 'person')
          throw new ProblemError('not-found')
        await actOnParty(call, { type: 'suspendExpert', reason }, expert)
        return { expert, active: false }
      },
    },
  ]
}
