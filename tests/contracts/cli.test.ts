import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { dataFolderOfTest, runCommand, type ServerProcess, startServer } from '../kit/server.ts'

/** The command line as an operator uses it: beside a running server, and where it is down. */
let folder: string
let server: ServerProcess
let env: Record<string, string>
const files: string[] = []
const file = (name: string) => path.join(path.dirname(folder), `${path.basename(folder)}-${name}`)

beforeAll(async () => {
  folder = dataFolderOfTest()
  files.push(folder)
  env = { YANGGUANG_DATA: folder, YANGGUANG_MODE: 'demo' }
  server = await startServer(folder, env)
})
afterAll(async () => {
  await server.stop()
  for (const one of files) fs.rmSync(one, { recursive: true, force: true })
})

test('a command that is not understood says what there is, and exits 2', async () => {
  expect(await runCommand([])).toMatchObject({
    code: 2,
    err: expect.stringContaining('yangguang verify'),
  })
  expect((await runCommand(['toString'])).code).toBe(2)
  expect((await runCommand(['monitor', '--wrong'])).code).toBe(2)
  expect((await runCommand(['verify'])).code).toBe(2)
  expect((await runCommand(['verify', '/nowhere.zip'])).code).toBe(2)
  expect((await runCommand(['admin', 'create', '--name', 'x'], env)).code).toBe(2)
  expect((await runCommand(['monitor', 'http://127.0.0.1:1'])).code).toBe(2)
  expect((await runCommand(['monitor', server.url, '--vkey', 'x'])).code).toBe(2)
})

test('a word too many, or a value that cannot be, is refused in a sentence', async () => {
  for (const args of [
    ['verify', 'a.zip', 'b.zip'],
    ['verify', 'a.zip', '--trust'],
    ['reset', '--all'],
    ['reset', 'all'],
    ['rebuild', 'all'],
    ['backup', 'a.zip', 'b.zip'],
    ['monitor', server.url, 'more'],
    ['monitor', server.url, '--times', '1.5'],
    ['monitor', server.url, '--every', '1e400'],
    ['monitor', 'ftp://localhost'],
    ['monitor', server.url, '--times', '1', '--state', folder],
  ]) {
    const { code, err } = await runCommand(args, env)
    expect([args.join(' '), code]).toEqual([args.join(' '), 2])
    expect(err).toContain('yangguang verify')
    expect(err).not.toMatch(/^ +at /m)
  }
  expect(await runCommand(['--help'])).toMatchObject({ code: 0, err: '' })
  const uscc = ['admin', 'create', '--name', 'x', '--organisation', 'y', '--uscc', 'z']
  expect((await runCommand(uscc, env)).err).not.toMatch(/[{}]/)
})

test('a start that cannot be says why in one sentence', async () => {
  const away = 'postgres://x@127.0.0.1:1/x'
  for (const [setting, said] of [
    [{ YANGGUANG_FAULT: 'nothing' }, 'YANGGUANG_FAULT: no fault point named nothing'],
    [{ YANGGUANG_ORIGIN: 'ftp://x' }, 'YANGGUANG_ORIGIN'],
    [{ YANGGUANG_ORIGIN: 'https://x/path' }, 'YANGGUANG_ORIGIN'],
    [{ PORT: new URL(server.url).port }, 'Cannot start: listen EADDRINUSE'],
    [{ YANGGUANG_MODE: 'demo', DATABASE_URL: away }, 'ECONNREFUSED'],
  ] as const) {
    const other = dataFolderOfTest()
    files.push(other)
    const told = await startServer(other, setting).then(
      () => 'it started',
      (error: Error) => error.message,
    )
    expect(told).toContain(said)
    expect(told).not.toMatch(/^ +at /m)
  }
})

test('a zip that is no bag cannot be read, which is not the same as failing', async () => {
  const name = file('not-a-bag.zip')
  files.push(name)
  fs.writeFileSync(name, Buffer.from('504b0506000000000000000000000000000000000000', 'hex'))
  const { code, err } = await runCommand(['verify', name])
  expect(code).toBe(2)
  expect(err).toContain('bagit.txt')
  const trust = file('trust.json')
  files.push(trust)
  fs.writeFileSync(trust, '{')
  expect((await runCommand(['verify', name, '--trust', trust])).code).toBe(2)
})

test('the monitor finds the running log signed, consistent and in rhythm', async () => {
  await new Promise((r) => setTimeout(r, 1100))
  const { code, out } = await runCommand([
    'monitor',
    server.url,
    '--every',
    '300',
    '--times',
    '6',
    '--json',
  ])
  expect(JSON.parse(out)).toMatchObject({ v: 1, faults: [], pinned: false })
  expect(code).toBe(0)
  const state = file('state')
  files.push(state)
  const vkey = (await (await fetch(`${server.url}/log/vkey`)).text()).trim()
  const args = ['monitor', server.url, '--times', '1', '--vkey', vkey, '--state', state]
  expect(await runCommand(args)).toMatchObject({
    code: 0,
    out: expect.stringContaining('in rhythm'),
  })
  expect(await runCommand(args)).toMatchObject({ code: 0 })
})

test('while a server runs on the embedded database, commands say so and change nothing', async () => {
  for (const args of [['rebuild'], ['backup', file('never.zip')], ['reset']]) {
    const { code, err } = await runCommand(args, env)
    expect(code).toBe(1)
    expect(err).toMatch(/server runs on|already runs/)
  }
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('a backup is made, restored elsewhere with its keys, and started', async () => {
  const all = await Person.nobody(server.url).get<Identity[]>('/api/demo/identities')
  await Person.signIn(server.url, all.find((one) => one.id === 'agency-1') as Identity)
  await server.stop()
  const zip = file('backup.zip')
  files.push(zip)
  expect(await runCommand(['backup', zip], env)).toMatchObject({ code: 0, err: '' })
  expect((await runCommand(['backup', zip], env)).err).toContain('overwrites nothing')
  const other = dataFolderOfTest()
  files.push(other)
  const there = { ...env, YANGGUANG_DATA: other }
  const early = await runCommand(['restore', zip], there)
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining('Put the keys back') })
  fs.cpSync(path.join(folder, 'keys'), path.join(other, 'keys'), { recursive: true })
  expect(await runCommand(['restore', zip], there)).toMatchObject({ code: 0, err: '' })
  expect((await runCommand(['restore', zip], there)).err).toContain('needs an empty one')
  expect(await runCommand(['rebuild'], there)).toMatchObject({ code: 0, err: '' })
  server = await startServer(other, there)
  const parties = await Person.signIn(server.url, all[0])
  const { items } = await parties.get<{ items: unknown[] }>('/api/parties?role=agency')
  expect(items.length).toBeGreaterThan(0)
})

test('reset empties a demo’s folder, and nothing else', async () => {
  const production = {
    YANGGUANG_MODE: 'production',
    DATABASE_URL: 'postgres://u@localhost/x',
    YANGGUANG_DATA: folder,
    YANGGUANG_ORIGIN: 'https://trade.example',
    YANGGUANG_PROXIES: '0',
  }
  expect((await runCommand(['reset'], production)).err).toContain('for the demo only')
  expect(fs.readdirSync(folder).length).toBeGreaterThan(0)
  expect(await runCommand(['reset'], env)).toMatchObject({ code: 0 })
  expect(fs.readdirSync(folder)).toEqual([])
})
