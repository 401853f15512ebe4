import { later } from '../../shell/later.tsx'

/** Of the price form's part alone, with its preview. */
export const LineFile = later(async () => (await import('./line-file.tsx')).LineFile, 'table')
