import { later } from '../../shell/later.tsx'

/** Parts of the hall that only those act by who take part; the public looks on without them. */
export const BeforeActs = later(
  async () => (await import('./before-acts.tsx')).BeforeActs,
  'attending',
  'keys',
)
export const OwnActs = later(
  async () => (await import('./own-acts.tsx')).OwnActs,
  'attending',
  'keys',
  'seal',
)
export const HostBar = later(async () => (await import('./host-bar.tsx')).HostBar, 'attending')
export const LateSignIn = later(
  async () => (await import('./late-sign-in.tsx')).LateSignIn,
  'attending',
)

/** Few openings have any; who looks on reads them too. */
export const Objections = later(
  async () => (await import('./objections.tsx')).Objections,
  'attending',
)

/** Its digest is computed by the device of whoever reads it, once there is a record. */
export const OpeningRecord = later(
  async () => (await import('./record.tsx')).OpeningRecord,
  'attending',
)
