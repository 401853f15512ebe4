import { later } from '../../shell/later.tsx'

/** Of forms with several lines alone: most have one price. */
export const PriceFile = later(async () => (await import('./price-file.tsx')).PriceFile, 'table')
