import { expect, test } from 'vitest'
import { savedAs } from './http.ts'

test.each([
  ['技术文件.pdf', "UTF-8''%E6%8A%80%E6%9C%AF%E6%96%87%E4%BB%B6.pdf"],
  ["a'b (1)*.pdf", "UTF-8''a%27b%20%281%29%2A.pdf"],
  ['葛𠮷"; x="\r\n', "UTF-8''%E8%91%9B%F0%A0%AE%B7%22%3B%20x%3D%22%0D%0A"],
  ['half \ud800 pair', "UTF-8''half%20%EF%BF%BD%20pair"],
])('a download keeps its name and nothing escapes the header: %j', (name, encoded) => {
  expect(savedAs(name)).toBe(`attachment; filename*=${encoded}`)
  expect(savedAs(name, 'inline')).toBe(`inline; filename*=${encoded}`)
  expect(new Headers({ 'content-disposition': savedAs(name) }).has('content-disposition')).toBe(
    true,
  )
})
