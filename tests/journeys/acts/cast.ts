import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { type Identity, Person } from '../../../db/seed/play/client.ts'
import { look, lookForDocs } from '../../kit/pictures.ts'
import { type TestSite, testSite } from '../../kit/site.ts'
import { Someone } from '../../kit/someone.ts'

/** Everybody of one trade: each enters once, in a browser context of its own, and stays. */
export interface JourneyCast {
  readonly folder: string
  /** The server's address for what goes over HTTP. */
  readonly url: string
  /** By identity of the demo; `visitor` is nobody. */
  person(identity: string): Promise<Someone>
  people(...identities: string[]): Promise<Someone[]>
  /** The same person at the HTTP interface. */
  elsewhere(identity: string): Promise<Person>
  identities(): Promise<Identity[]>
  look(who: Someone, name: string): Promise<void>
  lookForDocs(who: Someone, name: string, height: number): Promise<void>
  /** No page had a fault of its own; after a failed test everyone's page is in the pictures. */
  settle(hasFailed: boolean): Promise<void>
  leave(): Promise<void>
}

export async function gatherJourney(): Promise<JourneyCast> {
  const site: TestSite = await testSite()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-journey-'))
  const url = site.url.replace('localhost', '127.0.0.1')
  const known = new Map<string, Someone>()
  const identities = () => Person.nobody(url).get<Identity[]>('/api/demo/identities')
  async function person(identity: string): Promise<Someone> {
    const there = known.get(identity)
    if (there) return there
    const one = await Someone.enter(site, identity === 'visitor' ? null : identity)
    known.set(identity, one)
    return one
  }
  return {
    folder,
    url,
    person,
    people: async (...wanted) => {
      const all: Someone[] = []
      for (const identity of wanted) all.push(await person(identity))
      return all
    },
    elsewhere: async (identity) => {
      const one = (await identities()).find(({ id }) => id === identity)
      return Person.signIn(url, one as Identity)
    },
    identities,
    look: (who, name) => look(site, who, name),
    lookForDocs: (who, name, height) => lookForDocs(site, who, name, height),
    settle: async (hasFailed) => {
      const to = process.env.YANGGUANG_PICTURES
      if (hasFailed && to)
        for (const [name, { page }] of known)
          await page.screenshot({ path: path.join(to, `failed-${name}.png`), fullPage: true })
      const faults = [...known].flatMap(([name, { errors }]) => errors.map((e) => `${name}: ${e}`))
      expect(faults).toEqual([])
    },
    leave: async () => {
      await site.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
