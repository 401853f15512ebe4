import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { AppOperation } from '../app-call.ts'
import { RawAnswer } from '../kernel/operation.ts'
import { ProblemError } from '../kernel/problem.ts'
import { sessionCookie } from '../kernel/sessions.ts'
import type { Services } from '../services.ts'
import type { DemoIdentity } from './demo/fixed.ts'
import { loadParty } from './members.ts'
import { name } from './party/fields.ts'
import { signIn } from './sign-in.ts'

/** Who one is, and how to leave. */
export function identityOperations(services: Services): readonly AppOperation[] {
  return [
    {
      id: 'session.read',
      method: 'get',
      path: '/api/session',
      summary: 'Who is signed in',
      handle: async (call) => {
        const { mode } = call.platform.config
        const session = await services.sessions.of(call.http)
        if (!session) return { viewer: null, csrf: null, mode }
        // Roles that were approved meanwhile hold from the next look on.
        const party = await loadParty(call.platform, session.viewer.party)
        const now = party?.kind === 'organisation' ? party.roles : session.viewer.roles
        if (now.join() === session.viewer.roles.join())
          return { viewer: session.viewer, csrf: session.csrf, mode }
        const viewer = { ...session.viewer, roles: now }
        await services.sessions.change(getCookie(call.http, sessionCookie) as string, viewer)
        return { viewer, csrf: session.csrf, mode }
      },
    },
    {
      id: 'session.end',
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out',
      handle: async (call) => {
        await services.sessions.endOf(call.http)
        return { ok: true }
      },
    },
    {
      id: 'party.list',
      method: 'get',
      list: true,
      path: '/api/parties',
      summary: 'Organisations by role, for choosing a purchaser or trading centre',
      query: z.strictObject({ role: z.string().max(40) }),
      handle: async (call) => {
        const items = await call.platform.sql`
          select id, name, roles, region from read.parties
          where kind = 'organisation' and ${String(call.query.role)} = any(roles)
          order by name, id limit 5000`
        return { items: [...items], next: null }
      },
    },
  ]
}

const identityView = (one: DemoIdentity) => ({
  id: one.id,
  name: one.name,
  role: one.role,
  party: one.party,
  capacity: one.capacity,
  certificates: one.family,
})

/** One-click identities; mounted in demo mode alone. */
export function demoOperations(services: Services): readonly AppOperation[] {
  const demo = () => {
    if (!services.demo) throw new ProblemError('not-found')
    return services.demo
  }
  return [
    {
      id: 'demo.identities',
      method: 'get',
      path: '/api/demo/identities',
      summary: 'Identities of the demo, one click each',
      handle: async () => demo().list().map(identityView),
    },
    {
      id: 'demo.signIn',
      method: 'post',
      path: '/api/demo/sessions',
      summary: 'Become a demo identity',
      open: true,
      body: z.strictObject({ identity: z.string().max(80) }),
      handle: async (call) => {
        const one = demo().get((call.body as { identity: string }).identity)
        await demo().register(one)
        return signIn(call, services, demo().viewer(one))
      },
    },
    {
      id: 'demo.addParty',
      method: 'post',
      path: '/api/demo/parties',
      summary: 'Make a further demo party; the same name and role give the same one',
      open: true,
      body: z.strictObject({
        name,
        role: z.enum(['agency', 'purchaser', 'bidder', 'expert', 'tradingCentre', 'regulator']),
        region: z
          .string()
          .regex(/^\d{6}$/)
          .optional(),
        employer: name.optional(),
        specialties: z.array(z.string().max(20)).max(10).optional(),
      }),
      handle: async (call) =>
        identityView(await demo().add(call.body as Parameters<ReturnType<typeof demo>['add']>[0])),
    },
    {
      id: 'demo.keyFile',
      method: 'get',
      path: '/api/demo/identities/{identity}/p12',
      summary: 'Both keys of a demo identity, pass phrase demo',
      handle: async (call) => {
        const bytes = await demo().keyFile(demo().get(call.params.identity))
        return new RawAnswer(
          new Response(bytes as Uint8Array<ArrayBuffer>, {
            headers: { 'content-type': 'application/x-pkcs12' },
          }),
        )
      },
    },
  ]
}
