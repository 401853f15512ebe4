import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { makeApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import type { Platform } from '../../server/platform.ts'
import { mountPages } from '../../server/service/pages/pages.ts'
import { startOn } from '../../server/start.ts'
import { launchBrowser } from './browser.ts'
import { testPlace } from './database.ts'

/** A platform with its built pages, and a browser to look at it. */
export interface TestSite {
  readonly url: string
  readonly platform: Platform
  readonly browser: Browser
  /** A person: a browser context of its own, signed in as a demo identity by one click. */
  person(identity: string | null, options?: PersonOptions): Promise<TestPerson>
  stop(): Promise<void>
}
export interface PersonOptions {
  readonly language?: 'zh-CN' | 'en'
  readonly width?: number
  readonly dark?: boolean
}
export interface TestPerson {
  readonly context: BrowserContext
  readonly page: Page
}

export async function testSite(): Promise<TestSite> {
  const place = await testPlace()
  const config = readConfig({ PORT: '0', YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'error' })
  const running = await startOn(config, place.folder, place.place, makeLogger('error'))
  const app = makeApp(running.platform, running.services, running.log)
  // The built client, as `pages-setup.ts` made it for this run.
  mountPages(app, running.platform, inject('pagesFolder'))
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve) => {
      const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve({ server: made, port: info.port }),
      )
    },
  )
  const url = `http://localhost:${port}`
  running.platform.origin = url
  await running.services.demo?.registerAll()
  const browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  return {
    url,
    platform: running.platform,
    browser,
    person: async (identity, { language = 'zh-CN', width = 1440, dark = false } = {}) => {
      const context = await browser.newContext({
        locale: language,
        viewport: { width, height: width < 600 ? 844 : 900 },
        colorScheme: dark ? 'dark' : 'light',
        acceptDownloads: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      if (identity) {
        const answer = await context.request.post(`${url}/api/demo/sessions`, {
          data: { identity },
        })
        if (!answer.ok()) throw new Error(`${identity} could not sign in: ${await answer.text()}`)
      }
      return { context, page }
    },
    stop: async () => {
      for (const context of contexts) await context.close().catch(() => {})
      await browser.close()
      server.close()
      await running.stop()
      await place.drop()
    },
  }
}
