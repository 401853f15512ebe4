import path from 'node:path'
import { serve } from '@hono/node-server'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { makeApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import type { Platform } from '../../server/platform.ts'
import type { Services } from '../../server/services.ts'
import { startOn } from '../../server/start.ts'
import { type TestPlace, testPlace } from './database.ts'

/** A whole platform of one test file's own, at its HTTP interface. */
export interface TestPlatform {
  readonly url: string
  readonly platform: Platform
  readonly services: Services
  /** Its database, for what works beside it. */
  readonly place: TestPlace['place']
  /** Signs in as a demo identity, `bidder-1`. */
  person(id: string): Promise<Person>
  stop(): Promise<void>
}

export async function testPlatform(): Promise<TestPlatform> {
  const place = await testPlace()
  const config = readConfig({ PORT: '0', YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'error' })
  const running = await startOn(config, place.folder, place.place, makeLogger('error'))
  const app = makeApp(running.platform, running.services, running.log)
  const { server, url } = await new Promise<{ server: ReturnType<typeof serve>; url: string }>(
    (resolve) => {
      const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve({ server: made, url: `http://127.0.0.1:${info.port}` }),
      )
    },
  )
  running.platform.origin = url
  const identities = await Person.nobody(url).get<Identity[]>('/api/demo/identities')
  return {
    url,
    platform: running.platform,
    services: running.services,
    place: place.place,
    person: (id) => {
      const identity = identities.find((one) => one.id === id)
      if (!identity) throw new Error(`no demo identity ${id}`)
      return Person.signIn(url, identity)
    },
    stop: async () => {
      await new Promise((r) => server.close(r))
      await running.stop()
      await place.drop()
    },
  }
}

export const examplesFolder = path.resolve('db/seed/examples')
