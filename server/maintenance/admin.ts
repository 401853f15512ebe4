import { randomUUID } from 'node:crypto'
import { makeLink } from '../identity/login/challenges.ts'
import { loadParty } from '../identity/members.ts'
import type { Command } from '../identity/party/decider.ts'
import { newPersonId } from '../identity/party/registration.ts'
import { ProblemError } from '../kernel/problem.ts'
import { isUscc, normalisedUscc } from '../kernel/uscc.ts'
import { systemActor } from '../kernel/viewer.ts'
import { actOf, type Platform } from '../platform.ts'
import { keepPersonal } from '../vault/personal.ts'

export interface NewAdministrator {
  readonly name: string
  readonly organisation: string
  readonly uscc: string | null
}

/**
 * Makes an administrator from the server's own console: who holds it could do anything anyway, but
 * not unseen, since each is an event. Further members are added by the first in the browser.
 * @returns the one-time link for the passkey
 */
export async function createAdministrator(
  platform: Platform,
  { name, organisation, uscc }: NewAdministrator,
): Promise<{ party: string; person: string; url: string }> {
  if (uscc !== null && !isUscc(uscc)) throw new ProblemError('uscc-invalid', { problem: uscc })
  const [known] = await platform.sql`
    select id from read.parties
    where name = ${organisation} and 'platformAdmin' = any(roles) order by id limit 1`
  const party: string =
    known?.id ?? (uscc ? normalisedUscc(uscc) : newPersonId(platform, organisation, 'admin'))
  const person = newPersonId(platform, randomUUID())
  const act = (command: Command) =>
    actOf(platform, {
      kind: 'party',
      id: party,
      project: null,
      actor: systemActor,
      command,
    })
  if (!(await loadParty(platform, party)))
    await act({
      type: 'registerParty',
      party: {
        id: party,
        kind: 'organisation',
        name: organisation,
        nameDigest: null,
        roles: ['platformAdmin'],
        region: null,
        isDemo: platform.config.mode === 'demo',
      },
    })
  const nameDigest = await keepPersonal(platform, name)
  await act({ type: 'addMember', person, nameDigest, capacity: 'orgAdmin' })
  const { url } = await makeLink(platform, { party, person })
  return { party, person, url }
}
