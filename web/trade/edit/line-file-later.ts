import { later } from '../../shell/later.tsx'

/** Papaparse and its preview: loaded by who writes a price form. */
export const LineFile = later(async () => (await import('./line-file.tsx')).LineFile, 'table')
