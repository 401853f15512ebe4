import { t } from '../../i18n/i18n.ts'
import { regionText } from '../../kit/region-text.ts'

/** `A08/371300` in words; `*` is any. */
export function stratumName(key: string): string {
  const [specialty, region] = key.split('/')
  return t('draw.five.stratum', {
    region: region === '*' ? t('draw.one.anyRegion') : regionText(region),
    specialty: specialty === '*' ? t('draw.one.any') : specialty,
  })
}
