import fs from 'node:fs'
import path from 'node:path'
import type { BrowserContext, Download, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { TestSite } from './site.ts'

/** One person at one browser: does by click and key what a person would, and reads what it sees. */
export class Someone {
  readonly page: Page
  readonly context: BrowserContext
  readonly identity: string | null
  private readonly url: string
  /** Faults of the page's own code; none may happen on the way. */
  readonly errors: string[] = []
  /** What the page wrote to the console as errors: told where something is waited for in vain. */
  private readonly said: string[] = []

  private constructor(site: TestSite, identity: string | null, page: Page) {
    this.url = site.url
    this.identity = identity
    this.page = page
    this.context = page.context()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.said.push(message.text())
    })
  }

  static async enter(site: TestSite, identity: string | null): Promise<Someone> {
    const { page } = await site.person(identity)
    return new Someone(site, identity, page)
  }

  async go(address: string): Promise<void> {
    await this.page.goto(`${this.url}${address}`)
    await this.page.locator('h1').first().waitFor()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** @param at which of several of that name; none: there is one */
  async press(name: string | RegExp, at?: number): Promise<void> {
    const found = this.button(name)
    await this.or((at === undefined ? found : found.nth(at)).click())
  }

  async follow(name: string | RegExp): Promise<void> {
    const found = this.page.getByRole('link', { name, exact: typeof name === 'string' })
    await this.or(found.first().click())
  }

  /** Fields by their name in the data, which is also what an error summary links to. */
  field(name: string): Locator {
    return this.page.locator(`[name="${name}"]`)
  }

  /** A wait in vain says what stood there instead. */
  private async or<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      const main = await this.page
        .locator('main')
        .textContent({ timeout: 1000 })
        .catch(() => 'no page')
      const stood = (main ?? '').replace(/\s+/g, ' ').slice(0, 800)
      const told = [...this.errors, ...this.said].join('; ')
      throw new Error(`${(error as Error).message}\n${this.page.url()}: ${stood}\n${told}`)
    }
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name)
      await this.or(field.waitFor({ state: 'attached' }))
      if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption(value)
      else await field.fill(value)
    }
  }

  /** Ticks a box or takes one of several; a hint may stand in the same label. */
  async choose(text: string): Promise<void> {
    const words = this.page.getByText(text, { exact: true })
    await this.page.locator('label').filter({ has: words }).locator('input').check()
  }

  /** Files through the chooser that a button opens. */
  async attach(button: string, ...files: string[]): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.press(button)])
    await chooser.setFiles(files)
  }

  /** What a button or link saves, kept in a folder. @returns where */
  async save(name: string, folder: string): Promise<string> {
    const control = this.button(name).or(this.page.getByRole('link', { name, exact: true }))
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      control.first().click(),
    ])
    return keep(download, folder)
  }

  /** The dialog that an act opened says these things; then it is signed, and closes. */
  async sign(verb: string, ...says: (string | RegExp)[]): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    const act = dialog.getByRole('button', { name: verb, exact: true })
    await act.waitFor()
    for (const text of says) expect(await dialog.textContent()).toMatch(text)
    await act.click()
    await dialog.waitFor({ state: 'hidden' })
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.or(this.page.getByText(text).filter({ visible: true }).first().waitFor())
  }

  /** How often a text stands on the page, whole. */
  count(text: string): Promise<number> {
    return this.page.getByText(text, { exact: true }).count()
  }

  /** All that stands in the page, as text. */
  async text(): Promise<string> {
    return (await this.page.locator('body').textContent()) ?? ''
  }

  async seesNot(...texts: string[]): Promise<void> {
    const all = await this.text()
    for (const text of texts) expect(all).not.toContain(text)
  }

  /** Takes up a duty from what is to be done: the first stands large, the others are listed. */
  async takeUp(duty: string): Promise<void> {
    await this.go('/my')
    const first = this.page.locator('.yg-next').filter({ hasText: duty })
    const listed = this.page.locator('tr').getByRole('link', { name: duty, exact: true })
    await first.getByRole('link', { name: '去办理' }).or(listed).first().click()
  }

  /** The row of a table or list in which a text stands. */
  row(text: string | RegExp): Locator {
    return this.page.locator('tr, li').filter({ hasText: text }).last()
  }
}

async function keep(download: Download, folder: string): Promise<string> {
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return file
}
