import { expect, test } from 'vitest'
import { regionCode, regionName, regions } from './regions.ts'

test('each region has a code of its own, and its name leads back to it', () => {
  expect(regions.length).toBeGreaterThan(360)
  expect(new Set(regions.map(({ code }) => code)).size).toBe(regions.length)
  for (const { code, name } of regions) {
    expect(code).toMatch(/^\d{6}$/)
    expect(name).toMatch(/^\p{Script=Han}{2,}$/u)
    expect(regionName(code)).toBe(name)
    expect(regionCode(name)).toBe(code)
  }
})

test.each([
  ['371300', '临沂市'],
  ['371302', '临沂市'],
  ['110101', '北京市'],
  ['419001', '河南省'],
  ['990000', null],
])('%s is called %s', (code, name) => expect(regionName(code)).toBe(name))

test.each([
  ['临沂', '371300'],
  [' 临沂市 ', '371300'],
  ['３７１３０２', '371302'],
  ['吉林', '220200'],
  ['吉林省', '220000'],
  ['山东', '370000'],
  ['', null],
  ['市', null],
  ['某地', null],
])('who writes %j means %s', (text, code) => expect(regionCode(text)).toBe(code))
