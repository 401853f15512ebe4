import { later } from '../shell/later.tsx'

/** Few trades end before their time or stand still; the others' pages need not fetch it. */
export const Ended = later(async () => (await import('./ended.tsx')).Ended, 'ended')
