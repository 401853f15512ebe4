import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { testPlace } from '../kit/database.ts'
import { bundled, dataFolderOfTest, startServer } from '../kit/server.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('killed while it makes its database, the next start makes it anew', async () => {
  const data = dataFolderOfTest()
  ends.push(async () => fs.rmSync(data, { recursive: true, force: true }))
  const child = spawn(process.execPath, [await bundled('node')], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: '0',
      YANGGUANG_DATA: data,
      YANGGUANG_SEED: 'none',
      YANGGUANG_PROJECT: path.resolve('.'),
    },
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  // Its version is there long before the rest: the kill comes amid it, or on a busy machine after.
  const isMaking = () =>
    fs.readdirSync(data).some((name) => fs.existsSync(path.join(data, name, 'PG_VERSION')))
  while (!isMaking()) await new Promise((r) => setTimeout(r, 5))
  child.kill('SIGKILL')
  await gone

  const server = await startServer(data)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  await server.stop()
})

test('killed while it registers the demo identities, the next start registers them whole', async () => {
  const place = await testPlace()
  fs.chmodSync(place.folder, 0o755)
  const { socketFolder, database } = place.place
  const sql = openOwner(place.place)
  ends.push(
    () => place.drop(),
    () => sql.end(),
  )
  const env = {
    DATABASE_URL: `postgres://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`,
    YANGGUANG_MODE: 'demo',
  }
  const parties = async () =>
    sql<{ stream: string; events: number }[]>`
      select stream, count(*)::int as events from log.events
      where stream like 'party:%' group by stream`
  const begun = async () => {
    const all = await parties()
    return all.some(({ events }) => events < 4) || all.length > 30
  }
  const first = await startServer(place.folder, env)
  while (!(await begun())) await new Promise((r) => setTimeout(r, 1))
  await first.kill()
  expect((await parties()).length).toBeGreaterThan(0)

  const second = await startServer(place.folder, env)
  ends.push(() => second.kill())
  const identities = await Person.nobody(second.url).get<Identity[]>('/api/demo/identities')
  // Signing in and the start register the same party at once.
  await Promise.all(identities.slice(0, 8).map((one) => Person.signIn(second.url, one)))
  const short = async () => (await parties()).filter(({ events }) => events < 4)
  for (let i = 0; i < 200; i++) {
    if ((await parties()).length >= identities.length && (await short()).length === 0) break
    await new Promise((r) => setTimeout(r, 100))
  }
  const bound = await sql`
    select stream, count(distinct body::json->'data'->'certificate'->>'use')::int as uses
    from log.events where stream like 'party:%' and body::json->>'type' = 'CertificateBound'
    group by stream`
  expect(bound).toHaveLength(identities.length)
  expect(bound.filter(({ uses }) => uses !== 2)).toEqual([])
  // The keys that a person is given are those that were bound.
  for (const one of identities) {
    const { sign } = await (await Person.signIn(second.url, one)).openKeys()
    const [{ found }] = await sql`
      select count(*)::int as found from log.events
      where body::json->'data'->'certificate'->>'der' = ${Buffer.from(sign.certificate.der).toString('base64url')}`
    expect(found).toBe(1)
  }
})
