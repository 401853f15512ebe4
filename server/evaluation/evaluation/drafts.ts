import { padToRow } from '../../kernel/keys.ts'
import type { Platform } from '../../platform.ts'
import type { SheetRow } from './rules-sheets.ts'

/**
 * Drafts of sheets: encrypted under a key outside the database, named by a digest, each readable to
 * its author alone. A draft has no effect; what counts is the signed sheet.
 */
type DraftRow = Omit<SheetRow, 'reason'> & { readonly reason?: string | null | undefined }
export interface Draft {
  readonly rows: readonly DraftRow[]
  readonly savedAt: string
}

const nameOf = (platform: Platform, lot: string, member: string, phase: string) =>
  platform.keys.name('draft', lot, member, phase)

export async function keepDraft(
  platform: Platform,
  place: { lot: string; member: string; phase: string },
  draft: Draft,
): Promise<void> {
  const key = nameOf(platform, place.lot, place.member, place.phase)
  const sealed = platform.keys.seal('draft', padToRow(JSON.stringify(draft)))
  await platform.sql`
    insert into work.drafts (key, sealed) values (${key}, ${sealed})
    on conflict (key) do update set sealed = excluded.sealed, saved_at = clock_timestamp()`
}

/** The author's own draft, or null. */
export async function readDraft(
  platform: Platform,
  place: { lot: string; member: string; phase: string },
): Promise<Draft | null> {
  const key = nameOf(platform, place.lot, place.member, place.phase)
  const [row] = await platform.sql`select sealed from work.drafts where key = ${key}`
  return row
    ? (JSON.parse(platform.keys.open('draft', row.sealed).toString('utf8')) as Draft)
    : null
}
