import { later } from '../../shell/later.tsx'

/** Of a bid that is in alone: who writes one need not load it. */
export const Reopen = later(async () => (await import('./reopen.tsx')).Reopen)
