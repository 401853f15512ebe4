import { city, playCityTrade } from '../db/seed/city.ts'
import type { Logger } from './kernel/logger.ts'
import type { Platform } from './platform.ts'
import type { Services } from './services.ts'

/**
 * Makes the demo city behind the running server, through its own HTTP interface. What was made is
 * remembered by name; a start that was cut off goes on where it stopped.
 */
export async function seedCity(
  platform: Platform,
  services: Services,
  url: string,
  project: string,
  log: Logger,
): Promise<void> {
  const { sql } = platform
  services.seeding.total = city.length
  const made = new Set(
    (await sql`select name from work.settings where name like 'city %'`).map((r) => r.name),
  )
  services.seeding.done = city.filter((t) => made.has(`city ${t.id}`)).length
  await services.demo?.registerAll()
  for (const trade of city) {
    if (made.has(`city ${trade.id}`)) continue
    try {
      const id = await playCityTrade(url, project, trade)
      await sql`insert into work.settings (name, value) values (${`city ${trade.id}`}, ${id})`
      services.seeding.done += 1
    } catch (error) {
      // The city is a convenience: a server that is ending, or busy, simply has fewer trades.
      log.warn({ part: 'seeding', trade: trade.id, message: (error as Error).message })
    }
  }
}
