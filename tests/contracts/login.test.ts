import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../db/seed/play/client.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { madeUscc } from '../../server/kernel/uscc.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import { certSha256 } from '../../server/trust/index.ts'
import { SoftAuthenticator } from '../kit/authenticator.ts'
import { Browser, refusalOf, type SigningKey } from '../kit/member.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade } from '../kit/trade.ts'

let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
  // Each browser is a source of its own, as behind a proxy of the platform's.
  t.platform.config.trustedProxies = 1
})
afterAll(() => t.stop())

const browser = () => new Browser(t.url)

/** What adding a member answers with. */
interface Invited {
  readonly person: string
  readonly invited: boolean
  readonly link: { readonly url: string }
}

/** The signing key of a demo identity, out of its key file. */
async function keyOf(id: string): Promise<{ person: Person; key: SigningKey; party: string }> {
  const person = await t.person(id)
  const signer = await person.signer()
  return { person, key: signer, party: signer.party }
}

/** A browser signed in as a demo identity. */
async function demoBrowser(id: string): Promise<Browser> {
  const b = browser()
  const { csrf } = await b.post<{ csrf: string }>('/api/demo/sessions', { identity: id })
  const { viewer } = await b.get<{ viewer: never }>('/api/session')
  b.entered({ csrf, viewer })
  return b
}

test('a member registers a passkey, and later signs in with it and nothing else', async () => {
  const b = await demoBrowser('bidder-1')
  await b.addPasskey()
  await b.remove('/api/session')
  b.csrf = ''
  expect((await b.get<{ viewer: unknown }>('/api/session')).viewer).toBeNull()
  const { viewer, choices } = await b.signInByPasskey()
  expect(viewer).toMatchObject({ person: 'person-bidder-1', roles: ['bidder'] })
  expect(choices).toHaveLength(1)
  const { items } = await b.get<{ items: { id: string }[] }>('/api/passkeys')
  expect(items).toHaveLength(1)
  await b.remove(`/api/passkeys/${items[0].id}`)
  expect((await refusalOf(b.signInByPasskey())).slug).toBe('passkey-unknown')
})

test('a passkey of within another site, another origin or without verification is refused', async () => {
  const b = await demoBrowser('bidder-2')
  expect((await refusalOf(b.addPasskey({ crossOrigin: true }))).slug).toBe('passkey-cross-origin')
  expect((await refusalOf(b.addPasskey({ origin: 'http://127.0.0.1:1' }))).slug).toBe(
    'passkey-invalid',
  )
  await b.addPasskey()
  expect((await refusalOf(b.addPasskey())).slug).toBe('passkey-added-already')
  expect((await refusalOf(b.signInByPasskey({ crossOrigin: true }))).slug).toBe(
    'passkey-cross-origin',
  )
  expect((await refusalOf(b.signInByPasskey({ userVerified: false }))).slug).toBe('passkey-invalid')
  expect((await refusalOf(b.signInByPasskey({ counter: 1 }))).slug).toBe('passkey-copied')
})

test('a challenge opens once, and only in the browser that it was given to', async () => {
  const b = await demoBrowser('bidder-3')
  await b.addPasskey()
  const options = await b.post<{ challenge: string }>('/api/passkeys/challenges')
  const answer = b.device.get(options)
  const stranger = browser()
  await stranger.post('/api/passkeys/challenges')
  const stolen = await refusalOf(stranger.post('/api/passkeys/sessions', answer))
  expect(stolen.slug).toBe('challenge-used')
  const twice = await Promise.allSettled([
    b.post('/api/passkeys/sessions', answer),
    b.post('/api/passkeys/sessions', answer),
  ])
  expect(twice.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a certificate signs in by an act whose nonce this browser was given, once', async () => {
  const { key, party } = await keyOf('purchaser-1')
  const b = browser()
  const viewer = await b.signInByCertificate(key, { party, capacity: 'authorisedSigner' })
  expect(viewer).toMatchObject({ party, roles: ['purchaser'], person: 'person-purchaser-1' })
  const { nonce } = await b.post<{ nonce: string }>('/api/session/challenges')
  const as = { party, capacity: 'authorisedSigner' } as const
  const signed = await b.sign('log-in', {}, key, { nonce, as })
  const other = browser()
  await other.post('/api/session/challenges')
  expect((await refusalOf(other.post('/api/session', signed))).slug).toBe('challenge-used')
  await b.post('/api/session', signed)
  expect((await refusalOf(b.post('/api/session', signed))).slug).toBe('challenge-used')
  const own = await b.sign('log-in', {}, key, { as })
  expect((await refusalOf(b.post('/api/session', own))).slug).toBe('challenge-used')
})

test('a capacity that the member lacks, another party’s name and another purpose are refused', async () => {
  const { key, party } = await keyOf('purchaser-2')
  const b = browser()
  const head = b.signInByCertificate(key, { party, capacity: 'legalRepresentative' })
  expect((await refusalOf(head)).slug).toBe('capacity-not-held')
  const { party: theirs } = await keyOf('purchaser-1')
  const wrong = b.signInByCertificate(key, { party: theirs, capacity: 'authorisedSigner' })
  expect((await refusalOf(wrong)).slug).toBe('party-other')
  const { nonce } = await b.post<{ nonce: string }>('/api/session/challenges')
  const other = await b.sign(
    'bind-certificate',
    { use: 'sign', certificateSha256: 'A'.repeat(43), proof: null },
    key,
    { nonce, as: { party, capacity: 'authorisedSigner' } },
  )
  expect((await refusalOf(b.post('/api/session', other))).slug).toBe('act-other-platform')
})

test('with its status unknown a certificate opens nothing, and the passkey does', async () => {
  const b = await demoBrowser('bidder-4')
  await b.addPasskey()
  const { key, party } = await keyOf('bidder-4')
  const { trust } = t.platform
  if (!trust) throw new Error('the demo has a list')
  t.platform.trust = { ...trust, crls: async () => [] }
  try {
    const entered = b.signInByCertificate(key, { party, capacity: 'authorisedSigner' })
    expect((await refusalOf(entered)).slug).toBe('revocation-unknown')
    expect((await b.signInByPasskey()).viewer.party).toBe(party)
  } finally {
    t.platform.trust = trust
  }
})

test('a revoked certificate opens nothing', async () => {
  const { key, party } = await keyOf('bidder-5')
  await new Promise((r) => setTimeout(r, 1000))
  await browser().post('/api/demo/identities/bidder-5/revocation')
  const entered = browser().signInByCertificate(key, { party, capacity: 'authorisedSigner' })
  expect((await refusalOf(entered)).slug).toBe('certificate-revoked')
})

test('an organisation that proves itself by certificate may bid at once; other roles wait', async () => {
  const b = browser()
  const uscc = '91371302MAK00ZZ9XX'
  const wrong = await refusalOf(
    b.post('/api/parties', { uscc, name: '某公司', roles: ['bidder'], member: { name: '张三' } }),
  )
  expect(wrong.slug).toBe('uscc-invalid')
})

test('a person of several capacities acts for nobody until one is chosen', async () => {
  const [first, second] = [browser(), browser()]
  const [a, c] = [madeUscc(5001), madeUscc(5002)]
  const wish = (uscc: string, name: string) => ({
    uscc,
    name,
    roles: ['bidder'],
    member: { name: '李四' },
  })
  const one = await first.post<{ csrf: string; viewer: never; person: string }>(
    '/api/parties',
    wish(a, '甲公司'),
  )
  first.entered(one)
  await first.addPasskey()
  const two = await second.post<{ csrf: string; viewer: never }>('/api/parties', wish(c, '乙公司'))
  second.entered(two)
  const wanted = { name: '李四', capacity: 'operator', person: one.person }
  const { link } = await second.post<Invited>('/api/party/members', wanted)
  expect((await first.signInByPasskey()).choices).toHaveLength(1)
  expect(await first.accept(link.url)).toMatchObject({ party: c, capacity: 'operator' })
  const { viewer, choices } = await first.signInByPasskey()
  expect(choices).toHaveLength(2)
  expect(viewer).toMatchObject({ party: one.person, roles: [] })
  expect((await refusalOf(first.get('/api/party'))).slug).toBe('not-found')
  expect((await refusalOf(first.choose(c, 'orgAdmin'))).slug).toBe('capacity-not-held')
  expect(await first.choose(c, 'operator')).toMatchObject({ partyName: '乙公司' })
  await second.remove(`/api/party/members/${one.person}`)
  expect((await first.get<{ viewer: unknown }>('/api/session')).viewer).toBeNull()
  const again = await refusalOf(second.post('/api/parties', wish(a, '甲公司')))
  expect(again.slug).toBe('party-registered-already')
})

test('a passkey has the name that its holder gave, and when it was added', async () => {
  const b = await demoBrowser('bidder-7')
  await b.addPasskey()
  const options = await b.post<{ challenge: string }>('/api/passkeys/options')
  const second = new SoftAuthenticator(t.url)
  const made = second.create(options)
  const { id } = await b.post<{ id: string }>('/api/passkeys', { ...made, name: '办公室电脑' })
  const { items } = await b.get<{ items: object[] }>('/api/passkeys')
  expect(items).toMatchObject([
    { name: null },
    { id, name: '办公室电脑', partyName: expect.any(String), addedAt: expect.any(String) },
  ])
  const sql = openOwner(t.place)
  const [{ n }] =
    await sql`select count(*)::int as n from log.events where body like ${'%办公室电脑%'}`
  await sql.end()
  expect(n).toBe(0)
})

test('a certificate tells for whom it signs in; one that is bound to nobody tells nothing', async () => {
  const { key, party } = await keyOf('bidder-8')
  const ask = (certificate: string) =>
    browser().post<object>('/api/session/challenges', { certificate })
  expect(await ask(certSha256(key.certificate.der))).toMatchObject({
    party,
    capacities: ['authorisedSigner'],
  })
  expect(await ask('A'.repeat(43))).toMatchObject({ party: null, capacities: [] })
})

test('what one organisation vouches for opens nothing of another', async () => {
  const [first, second] = [browser(), browser()]
  const [a, c] = [madeUscc(5101), madeUscc(5102)]
  const wish = { roles: ['bidder'], member: { name: '王五' } }
  const mine = { ...wish, uscc: a, name: '丙公司' }
  const one = await first.post<{ csrf: string; viewer: never; person: string }>(
    '/api/parties',
    mine,
  )
  first.entered(one)
  await first.addPasskey()
  const theirs = { ...wish, uscc: c, name: '丁公司' }
  second.entered(await second.post('/api/parties', theirs))
  const member = { name: '王五', capacity: 'operator', person: one.person }
  const { link } = await second.post<Invited>('/api/party/members', member)
  await first.accept(link.url)
  const { url } = await second.post<{ url: string }>(`/api/party/members/${one.person}/links`)
  const thief = browser()
  expect(await thief.useLink(url)).toMatchObject({ party: c, capacity: 'operator', within: c })
  const { items } = await thief.get<{ items: object[] }>('/api/session/capacities')
  expect(items).toMatchObject([{ party: c }])
  expect((await refusalOf(thief.choose(a, 'orgAdmin'))).slug).toBe('capacity-not-held')
  expect((await refusalOf(thief.addPasskey())).slug).toBe('member-elsewhere')
  expect(await thief.get('/api/passkeys')).toMatchObject({ items: [] })
  const [{ id }] = (await first.get<{ items: { id: string }[] }>('/api/passkeys')).items
  expect((await refusalOf(thief.remove(`/api/passkeys/${id}`))).slug).toBe('no-such-passkey')
  const { choices } = await first.signInByPasskey()
  expect(choices).toHaveLength(2)
})

test('an invitation is the invited person’s own to accept, and gives nobody else anything', async () => {
  const [theirs, c] = [browser(), madeUscc(5401)]
  const own = { uscc: c, name: '庚公司', roles: ['bidder'], member: { name: '郑一' } }
  theirs.entered(await theirs.post('/api/parties', own))
  const person = 'person-bidder-9'
  const wanted = { name: '庚公司的人', capacity: 'operator', person }
  const { link, invited } = await theirs.post<Invited>('/api/party/members', wanted)
  expect(invited).toBe(true)
  expect(await theirs.get('/api/party')).toMatchObject({
    members: [{ name: '郑一' }],
    invitations: [{ person, capacity: 'operator', name: '庚公司的人' }],
  })
  // Neither its link nor a link for him lets anybody in, nor does its own session accept.
  expect((await refusalOf(browser().useLink(link.url))).slug).toBe('invitation-of-another')
  const links = theirs.post(`/api/party/members/${person}/links`)
  expect((await refusalOf(links)).slug).toBe('no-such-member')
  expect((await refusalOf(theirs.accept(link.url))).slug).toBe('invitation-of-another')
  const { key, party } = await keyOf('bidder-9')
  const vouched = browser()
  await vouched.signInByCertificate(key, { party, capacity: 'authorisedSigner' })
  expect((await refusalOf(vouched.accept(link.url))).slug).toBe('invitation-of-another')
  // He himself is told who asks; what was withdrawn is accepted no more, what stands once.
  const himself = await demoBrowser('bidder-9')
  const asked = await refusalOf(himself.useLink(link.url))
  expect(asked).toMatchObject({ slug: 'invitation-to-accept', message: expect.anything() })
  expect(asked.body.detail).toContain('庚公司')
  await theirs.remove(`/api/party/members/${person}`)
  expect((await refusalOf(himself.accept(link.url))).slug).toBe('not-invited')
  const again = await theirs.post<Invited>('/api/party/members', wanted)
  expect(await himself.accept(again.link.url)).toMatchObject({ party: c, partyName: '庚公司' })
  expect((await refusalOf(himself.accept(again.link.url))).slug).toBe('link-used')
  await t.person('expert-3')
  const expertSeat = { name: '专家', capacity: 'operator', person: 'expert-3' }
  const seat = await refusalOf(theirs.post('/api/party/members', expertSeat))
  expect(seat.slug).toBe('expert-acts-for-no-one')
})

test('whom an organisation adds tells it nothing of a rival’s bid and blocks nobody', async () => {
  const trade = await publishedTrade(t, 0)
  const [rival, c] = [browser(), madeUscc(5402)]
  const own = { uscc: c, name: '辛公司', roles: ['bidder'], member: { name: '郑二' } }
  const { person: head } = rival.entered(await rival.post('/api/parties', own))
  const centre = await demoBrowser('centre-1')
  await centre.post(`/api/parties/${c}/role-approvals`, { roles: ['bidder'] })
  await rival.post('/api/party/members', { name: '郑二', capacity: 'operator', person: head })
  const join = (who: Browser) => who.post(`/api/lots/${trade.lot}/participation`, {})
  const signer = await demoBrowser('bidder-10')
  await signer.addPasskey()
  const member = { name: '某人', capacity: 'operator', person: 'person-bidder-10' }
  const { link } = await rival.post<Invited>('/api/party/members', member)
  // Even one who did accept: a log-in that the rival vouches for is not his word.
  await signer.accept(link.url)
  const inRivalsHand = async () => {
    const at = `/api/party/members/person-bidder-10/links`
    const { url } = await rival.post<{ url: string }>(at)
    const thief = browser()
    expect(await thief.useLink(url)).toMatchObject({ party: c, within: c })
    return thief
  }
  const thief = await inRivalsHand()
  expect((await refusalOf(join(thief))).slug).toBe('log-in-of-own-needed')
  const b = (await keyOf('bidder-10')).party
  await signer.choose(b, 'authorisedSigner')
  await join(signer)
  // Before and after the rival's lot was joined for another: word for word the same.
  expect((await refusalOf(join(thief))).slug).toBe('log-in-of-own-needed')
  await rival.choose(c, 'operator')
  await join(rival)
  await rival.choose(c, 'orgAdmin')
  for (const [path, body] of [
    ['questions', { id: 'q1', text: '问' }],
    ['hall-entry', {}],
    ['bond', { id: 'b1', amountFen: 1, form: 'transfer', reference: 'r' }],
  ] as const)
    expect((await refusalOf(thief.post(`/api/lots/${trade.lot}/${path}`, body))).slug).toBe(
      'log-in-of-own-needed',
    )
  await signer.post(`/api/lots/${trade.lot}/questions`, { id: 'q2', text: '仍可办理' })
  // The person himself is held to the rule, with no reason that tells of the other.
  const other = await publishedTrade(t, 0)
  await signer.post(`/api/lots/${other.lot}/participation`, {})
  await signer.choose(c, 'operator')
  const second = signer.post(`/api/lots/${other.lot}/participation`, {})
  expect((await refusalOf(second)).slug).toBe('person-not-eligible')
  // Who has left the other is not the rival's to use either.
  const person = 'person-bidder-10'
  const gone = { kind: 'party', id: b, project: null, actor: systemActor } as const
  await actOf(t.platform, { ...gone, command: { type: 'removeMember', person } })
  const later = await inRivalsHand()
  expect((await refusalOf(join(later))).slug).toBe('log-in-of-own-needed')
  expect((await refusalOf(later.addPasskey())).slug).toBe('member-elsewhere')
})

test('a registration whose answer was lost is sent again by the same browser, and is the same one', async () => {
  const uscc = madeUscc(5201)
  const wish = { uscc, name: '戊公司', roles: ['agency'], member: { name: '钱九' } }
  const key = 'registration-5201-q7XvB2mYk9LpT4'
  const [one, two] = [browser(), browser()]
  const send = (who: Browser) =>
    who.post<{ csrf: string; viewer: never; person: string }>('/api/parties', wish, key)
  await one.post('/api/session/challenges')
  const first = await send(one)
  const again = await send(one)
  expect(again.person).toBe(first.person)
  // Whoever else has come to know the key is nobody.
  await two.post('/api/session/challenges')
  expect((await refusalOf(send(two))).slug).toBe('party-registered-already')
  expect((await refusalOf(send(browser()))).slug).toBe('party-registered-already')
  one.entered(again)
  await one.addPasskey()
  expect((await refusalOf(send(one))).slug).toBe('party-registered-already')
})

test('a registration’s key opens nothing once its minutes are over, nor where it can be guessed', async () => {
  const wish = {
    uscc: madeUscc(5202),
    name: '戊二公司',
    roles: ['agency'],
    member: { name: '钱九' },
  }
  const key = 'registration-5202-q7XvB2mYk9LpT4'
  const one = browser()
  await one.post('/api/session/challenges')
  await one.post('/api/parties', wish, key)
  await t.platform.sql`
    update work.challenges set expires_at = clock_timestamp() where kind = 'registration'`
  expect((await refusalOf(one.post('/api/parties', wish, key))).slug).toBe(
    'party-registered-already',
  )
  const other = { ...wish, uscc: madeUscc(5203) }
  for (const weak of ['1', 'registration-5203', 'a'.repeat(40)])
    expect((await refusalOf(browser().post('/api/parties', other, weak))).slug).toBe(
      'key-guessable',
    )
})

test('who is added twice by one key is one member, and a refused name is kept nowhere', async () => {
  const head = browser()
  const wish = { uscc: madeUscc(5501), name: '壬公司', roles: ['agency'], member: { name: '冯一' } }
  const { person } = head.entered(await head.post('/api/parties', wish))
  const add = () =>
    head.post<Invited>('/api/party/members', { name: '冯二', capacity: 'operator' }, 'add-1')
  const [first, again] = [await add(), await add()]
  expect(again.person).toBe(first.person)
  expect(await browser().useLink(again.link.url)).toMatchObject({ personName: '冯二' })
  const { members } = await head.get<{ members: object[] }>('/api/party')
  expect(members).toHaveLength(2)
  const twice = { name: '冯三', capacity: 'orgAdmin', person }
  expect((await refusalOf(head.post('/api/party/members', twice))).slug).toBe('member-already')
  const rows = await t.platform
    .sql`select value from person.values where value in ('"冯一"', '"冯二"', '"冯三"') order by 1`
  expect(rows.map((r) => r.value)).toEqual(['"冯一"', '"冯二"'])
})

test('who decides sees who asks, and who is declined sees the reason until he asks again', async () => {
  const b = browser()
  const wish = { uscc: madeUscc(5301), name: '己公司', roles: ['agency'], member: { name: '孙十' } }
  b.entered(await b.post('/api/parties', wish))
  const centre = await demoBrowser('centre-1')
  const { items } = await centre.get<{ items: { id: string }[] }>('/api/role-requests')
  expect(items.find((one) => one.id === wish.uscc)).toMatchObject({
    name: '己公司',
    rolesAsked: ['agency'],
    administrator: '孙十',
    isProved: false,
    askedAt: expect.any(String),
  })
  const { duties } = await centre.get<{ duties: { act: string }[] }>('/api/my')
  expect(duties.map((d) => d.act)).toContain('decide-roles')
  const refusal = { roles: ['agency'], reason: '请补充营业执照' }
  await centre.post(`/api/parties/${wish.uscc}/role-refusals`, refusal)
  expect(await b.get('/api/party')).toMatchObject({
    rolesAsked: [],
    declined: { reason: '请补充营业执照', roles: ['agency'] },
  })
  await b.post('/api/party/role-requests', { roles: ['agency'] })
  expect(await b.get('/api/party')).toMatchObject({ rolesAsked: ['agency'], declined: null })
})

test('a session that is over is deleted when the next one is made', async () => {
  const old = await demoBrowser('bidder-11')
  await t.platform.sql`update work.sessions set expires_at = clock_timestamp()`
  expect((await old.get<{ viewer: unknown }>('/api/session')).viewer).toBeNull()
  await demoBrowser('bidder-11')
  const [{ n }] = await t.platform.sql`select count(*)::int as n from work.sessions`
  expect(n).toBe(1)
})

test('wrong tries run out for their source, and no account is locked', async () => {
  const one = browser()
  const token = 'A'.repeat(32)
  const attempts = async () => {
    for (let i = 0; i < 40; i++) {
      const refused = await refusalOf(one.post('/api/session/link', { token }))
      if (refused.slug === 'rate-limited') return refused
      expect(refused.slug).toBe('link-used')
    }
    throw new Error('no limit')
  }
  expect((await attempts()).status).toBe(429)
  // Elsewhere one comes in as ever.
  expect((await refusalOf(browser().post('/api/session/link', { token }))).slug).toBe('link-used')
  // A person signed in from there already is not touched, nor is the demo's own way in.
  expect(
    (await (await t.person('bidder-6')).get<{ viewer: unknown }>('/api/session')).viewer,
  ).not.toBeNull()
})
