import { later } from '../../shell/later.tsx'

/** After the deadline alone, and seldom: who writes a bid need not load it. */
export const Revoke = later(async () => (await import('./revoke.tsx')).Revoke, 'ending')
