import { describe, expect, test } from 'vitest'
import { b64u, utf8 } from '../formats/bytes.ts'
import { canonicalBytes } from '../formats/jcs.ts'
import { DAY, NOW } from './authority.kit.ts'
import {
  type ActFields,
  actExpiry,
  actFindings,
  actTimeFinding,
  buildAct,
  isUscc,
  parseAct,
  shown,
  type Templates,
} from './index.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const fields: ActFields = {
  purpose: 'ask-question',
  platform: `yg-${'a'.repeat(26)}`,
  tender: 'T-1',
  actor: { party: '91110000MA00DEM1AJ', capacity: 'operator' },
  certSha256: b64u(new Uint8Array(32)),
  nonce: b64u(new Uint8Array(16)),
  issued: iso(NOW),
  expires: iso(NOW + 3_600_000),
  prior: { size: 7, root: b64u(new Uint8Array(32)) },
  question: '工期能否顺延?',
}
const templates: Templates = {
  'ask-question': (f) => ({ zh: ['提问', String(f.question)], en: ['Ask', String(f.question)] }),
  'log-in': () => ({ zh: ['登录'], en: ['Log in'] }),
}

describe('an act', () => {
  const { act, bytes } = buildAct(fields, templates)

  test('reads back as it was built, its text from the template', () => {
    expect(parseAct(bytes)).toEqual(act)
    expect(act.shownText.zh).toEqual(['提问', '工期能否顺延?'])
    expect(actFindings(act, { templates, platform: act.platform, tender: 'T-1' })).toEqual([])
  })

  test('is refused in any bytes but its own', () => {
    expect(() => parseAct(utf8(JSON.stringify(act, null, 1)))).toThrow('act-not-canonical')
    expect(() => parseAct(bytes.subarray(1))).toThrow('act-not-canonical')
  })

  test.each([
    ['v', 2],
    ['platform', 'localhost'],
    ['nonce', b64u(new Uint8Array(15))],
    ['certSha256', 'x'],
    ['issued', '2026-11-25T08:00:00Z'],
    ['expires', iso(NOW)],
    ['actor', { party: 'x', capacity: 'emperor' }],
    ['prior', { size: -1, root: b64u(new Uint8Array(32)) }],
    ['shownText', { zh: [], en: [] }],
  ])('is refused with another %s', (name, value) => {
    expect(() => parseAct(canonicalBytes({ ...act, [name]: value }))).toThrow(
      `act-not-canonical: ${name === 'actor' ? 'capacity' : name}`,
    )
  })

  test('whose text says something else than its data is found', () => {
    const lying = parseAct(canonicalBytes({ ...act, question: '能否降价?' }))
    expect(actFindings(lying, { templates })).toMatchObject([{ slug: 'act-text-differs' }])
    const unknown = parseAct(canonicalBytes({ ...act, purpose: 'constructor' }))
    expect(actFindings(unknown, { templates })).toMatchObject([{ slug: 'act-text-differs' }])
  })

  test('for another platform, tender or purpose is found', () => {
    const other = { platform: 'yg-x', tender: 'T-2', purpose: 'log-in', nonce: 'n' }
    expect(actFindings(act, other).map((f) => [f.slug, f.detail])).toEqual([
      ['act-other-platform', 'platform'],
      ['act-other-platform', 'purpose'],
      ['act-other-platform', 'tender'],
      ['act-replayed', 'nonce'],
    ])
  })

  test('counts from its issue to just before it expires', () => {
    expect(actTimeFinding(act, NOW)).toBeNull()
    expect(actTimeFinding(act, NOW + 3_600_000 - 1)).toBeNull()
    expect(actTimeFinding(act, NOW + 3_600_000)?.slug).toBe('act-expired')
    expect(actTimeFinding(act, NOW - DAY)?.slug).toBe('act-expired')
  })

  test('never lives longer than its purpose allows', () => {
    const long = { ...fields, expires: iso(NOW + 30 * DAY) }
    expect(actExpiry(buildAct(long, templates).act)).toBe(NOW + DAY)
    expect(actExpiry(buildAct({ ...long, purpose: 'log-in' }, templates).act)).toBe(NOW + 300_000)
  })
})

test('a unified social credit code has its check character', () => {
  expect(['91110000MA00DEM1AJ', '91110000MA00DEM2BN'].every(isUscc)).toBe(true)
  expect(isUscc('91110000MA00DEM1AK')).toBe(false)
  expect(isUscc('91110000MA00DEM1I0')).toBe(false)
})

test('bidi and zero-width characters are shown, not obeyed', () => {
  expect(shown('甲\u202e公司\u200b')).toBe('甲\\u{202e}公司\\u{200b}')
})
