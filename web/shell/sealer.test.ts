import { beforeEach, expect, test, vi } from 'vitest'

interface Who {
  person: string
  party: string
  roles: readonly string[]
}
/** Who is signed in, and who hears of it. */
const session = vi.hoisted(() => ({
  who: null as Who | null,
  csrf: 'first' as string | null,
  hasLeft: false,
  loads: 0,
  changes: [] as (() => void)[],
}))

vi.mock('./session.ts', () => ({
  viewer: () => session.who,
  session: () => ({ csrf: session.csrf }),
  wasLeft: () => session.hasLeft,
  hasChosen: () => session.who !== null && session.who.party !== session.who.person,
  onSessionChange: (run: () => void) => session.changes.push(run),
  loadSession: async () => {
    session.loads += 1
  },
}))

/** What the page says to its worker, and a worker that ends. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = []
  readonly heard: { id: number; call: { call: string; caller?: { csrf: string | null } } }[] = []
  isEnded = false
  constructor() {
    super()
    FakeWorker.all.push(this)
  }
  postMessage(message: never): void {
    this.heard.push(message)
  }
  terminate(): void {
    this.isEnded = true
  }
  says(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
  get tokens(): (string | null | undefined)[] {
    return this.heard
      .filter(({ call }) => call.call === 'caller')
      .map(({ call }) => call.caller?.csrf)
  }
}
vi.stubGlobal('Worker', FakeWorker)

const bidder: Who = { person: 'p1', party: 'b1', roles: [] }
function becomes(who: Who | null, csrf: string | null): void {
  Object.assign(session, { who, csrf })
  for (const run of session.changes) run()
}

async function sealing() {
  vi.resetModules()
  session.changes.length = 0
  Object.assign(session, { who: bidder, csrf: 'first', hasLeft: false, loads: 0 })
  const sealer = await import('./sealer.ts')
  const asked = sealer.askSealer({ call: 'cancel' })
  const outcome = asked.then(
    () => 'done',
    (error: { slug: string }) => error.slug,
  )
  return { sealer, outcome, worker: FakeWorker.all.at(-1) as FakeWorker }
}

beforeEach(() => {
  FakeWorker.all = []
})

test('a session that ran out interrupts the worker and no more: the same person goes on', async () => {
  const { sealer, outcome, worker } = await sealing()
  const life = sealer.sealerLife()
  becomes(null, null)
  becomes({ person: 'p1', party: 'p1', roles: [] }, 'unchosen') // several capacities, none chosen
  expect(worker.isEnded).toBe(false)
  becomes(bidder, 'second')
  expect(worker.tokens).toEqual(['second'])
  expect(sealer.sealerLife()).toBe(life)
  worker.says({ id: worker.heard[0].id, value: null })
  expect(await outcome).toBe('done')
})

test('whoever leaves takes it all along', async () => {
  const { sealer, outcome, worker } = await sealing()
  const life = sealer.sealerLife()
  session.hasLeft = true
  becomes(null, null)
  expect(worker.isEnded).toBe(true)
  expect(await outcome).toBe('session-expired')
  expect(sealer.sealerLife()).toBeGreaterThan(life)
})

test('another person, or another organisation of the same one, finds nothing', async () => {
  for (const other of [
    { ...bidder, person: 'p2' },
    { ...bidder, party: 'b2' },
  ]) {
    const { outcome, worker } = await sealing()
    becomes(null, null)
    becomes(other, 'theirs')
    expect(worker.isEnded).toBe(true)
    expect(worker.tokens).toEqual([])
    expect(await outcome).toBe('session-expired')
  }
})

test('a worker that is turned away is told the session as it is now', async () => {
  const { worker } = await sealing()
  session.csrf = 'of another window'
  worker.says({ wants: 'caller' })
  worker.says({ wants: 'caller' })
  await vi.waitFor(() => expect(worker.tokens).toEqual(['of another window']))
  expect(session.loads).toBe(1)
  session.who = null
  worker.says({ wants: 'caller' })
  await vi.waitFor(() => expect(session.loads).toBe(2))
  expect(worker.tokens.length).toBe(1)
})
