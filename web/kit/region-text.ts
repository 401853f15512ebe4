import { regionName } from '../../server/kernel/regions.ts'
import { t } from '../i18n/i18n.ts'

/** What people call a region, with its code: a city has one name, a district its city's. */
export function regionText(code: string | null): string {
  const name = code === null ? null : regionName(code)
  return name === null ? (code ?? '') : t('kit.region', { name, code: code as string })
}
