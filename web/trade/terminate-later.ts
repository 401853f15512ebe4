import { later } from '../shell/later.tsx'

/** Its purchaser alone ends a lot, and seldom: nobody else loads how. */
export const Terminate = later(async () => (await import('./terminate.tsx')).Terminate, 'ending')
