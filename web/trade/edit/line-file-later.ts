import { later } from '../../shell/later.tsx'

/** Its preview too is loaded by who writes a price form. */
export const LineFile = later(async () => (await import('./line-file.tsx')).LineFile, 'table')
