import { randomBytes } from 'node:crypto'
import type { ActRequest } from '../../server/kernel/act-row.ts'
import type { StoredEvent } from '../../server/kernel/event.ts'
import { sha256 } from '../../server/kernel/keys.ts'
import type { BenchPlace } from './place.ts'

/**
 * Bids at the kernel: a lot that takes them, and acts as `bid.submit` gives them to the store once
 * envelope, proof, signature and certificate are checked. What the checks cost is not in it.
 */
export const project = 'YG-20260302-BENCH'
export const lot = `${project}-1`

const factsUntil = (deadline: string) => ({
  published: true,
  deadline,
  documentUntil: deadline,
  documentVersion: 1,
  documentSha256: 'x',
  signInFrom: null,
  bondFen: 0,
  tendering: true,
  suspended: false,
  incompatible: false,
})

export const never = '2099-01-01T00:00:00.000Z'

export async function openLot({ running }: BenchPlace): Promise<void> {
  await running.platform.store.act({
    stream: `project:${project}`,
    hidden: false,
    project,
    actor: { party: 'bench', capacity: 'operator' },
    facts: () => ({ rolesOf: { p: ['purchaser'], c: ['tradingCentre'] } }),
    command: {
      type: 'createProject',
      id: project,
      purchaser: 'p',
      agency: 'a',
      tradingCentre: 'c',
      mandate: 'm',
      approvalNumber: null,
      startAt: null,
    } as never,
  })
}

const request = ({ running }: BenchPlace, party: string, deadline: string) => ({
  stream: running.platform.store.hiddenStream('bid', lot, party),
  hidden: true,
  project,
  actor: { party, capacity: 'authorisedSigner' } as const,
  facts: () => factsUntil(deadline),
})

/** A party holds the tender document: what comes before a bid, outside what is measured. */
export async function join(place: BenchPlace, party: string): Promise<void> {
  await place.running.platform.store.act({
    ...request(place, party, never),
    command: { type: 'joinLot', project, lot, party } as never,
    key: `join ${party}`,
  })
}

const b64u = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** The act of a bid's submission with material of the usual size. */
export function submission(
  place: BenchPlace,
  party: string,
  deadline: string,
  isSigned: boolean,
): ActRequest {
  const act = randomBytes(1600)
  const signed = { digest: sha256(act), act, container: randomBytes(2600) }
  return {
    ...request(place, party, deadline),
    command: {
      type: 'submit',
      part: 'whole',
      headerHash: b64u(32),
      revision: 1,
      replaces: null,
      documentVersion: 1,
      documentSha256: 'x',
      envelope: { sha256: b64u(32), bytes: 134_000 },
      blobs: Array.from({ length: 4 }, () => ({ id: b64u(16), bytes: 262_272, root: b64u(32) })),
      wrap: b64u(600),
      certSha256: b64u(32),
      nonce: b64u(16),
      revocation: 'good',
    } as never,
    key: `submit ${party}`,
    tag: randomBytes(32),
    ...(isSigned ? { signed } : {}),
  }
}

export const submit = async (place: BenchPlace, act: ActRequest): Promise<StoredEvent> =>
  (await place.running.platform.store.act(act)).events[0]
