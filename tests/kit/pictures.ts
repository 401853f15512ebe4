import fs from 'node:fs'
import path from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestSite } from './site.ts'
import type { Someone } from './someone.ts'

/**
 * Pictures of the pages on the way, for people to look at: made where `YANGGUANG_PICTURES` names a
 * folder, else not at all; with `YANGGUANG_DOC_PICTURES` those of the docs are made again. A picture
 * is of the same person at the same address in a window of its own, so that the way itself goes on
 * undisturbed.
 */
const folder = process.env.YANGGUANG_PICTURES
const isForDocs = Boolean(process.env.YANGGUANG_DOC_PICTURES)

const views = [
  ['zh-CN', 1440],
  ['zh-CN', 390],
  ['en', 1440],
  ['en', 390],
] as const

async function windowOf(
  site: TestSite,
  who: Someone,
  language: 'zh-CN' | 'en',
  width: number,
  height: number,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await site.browser.newContext({
    locale: language,
    storageState: await who.context.storageState(),
    viewport: { width, height },
  })
  const page = await context.newPage()
  await page.goto(who.page.url())
  await page.locator('h1').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(1500) // the live stream never lets the network fall idle
  return { context, page }
}

/** Takes the person's present page in both languages and widths. */
export async function look(site: TestSite, who: Someone, name: string): Promise<void> {
  if (!folder) return
  fs.mkdirSync(folder, { recursive: true })
  for (const [language, width] of views) {
    const height = width < 600 ? 844 : 900
    const { context, page } = await windowOf(site, who, language, width, height)
    const file = path.join(folder, `${name}-${width}-${language === 'en' ? 'en' : 'zh'}.png`)
    await page.screenshot({ path: file, fullPage: true })
    await context.close()
  }
}

/** Takes the top of the person's present page for `docs/images`. */
export async function lookForDocs(
  site: TestSite,
  who: Someone,
  name: string,
  height: number,
): Promise<void> {
  if (!isForDocs) return
  const { context, page } = await windowOf(site, who, 'zh-CN', 1440, height)
  await page.screenshot({ path: path.join('docs', 'images', `${name}.png`) })
  await context.close()
}
