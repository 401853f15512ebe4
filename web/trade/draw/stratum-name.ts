import { t } from '../../i18n/i18n.ts'

/** `A08/371300` in words; `*` is any. */
export function stratumName(key: string): string {
  const [specialty, region] = key
    .split('/')
    .map((part) => (part === '*' ? t('draw.one.any') : part))
  return t('draw.five.stratum', { region, specialty })
}
