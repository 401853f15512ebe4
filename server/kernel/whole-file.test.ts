import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderOfTest } from '../../tests/kit/folder.ts'
import { removeOlder, writeOnce, writeWhole } from './whole-file.ts'

test('a file is made once, with its mode, and leaves no part behind', async () => {
  const file = path.join(folderOfTest(), 'log.key')
  expect(await writeOnce(file, 'first', 0o600)).toBe(true)
  expect(await writeOnce(file, 'second')).toBe(false)
  expect(fs.readFileSync(file, 'utf8')).toBe('first')
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(path.dirname(file))).toEqual(['log.key'])
})

test('of many that make one file at once, one does, and all read it whole', async () => {
  const file = path.join(folderOfTest(), 'key')
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, i) => writeOnce(file, String(i).repeat(50_000))),
  )
  expect(made.filter((one) => one)).toHaveLength(1)
  const winner = String(made.indexOf(true))
  expect(fs.readFileSync(file, 'utf8')).toBe(winner.repeat(50_000))
  expect(fs.readdirSync(path.dirname(file))).toEqual(['key'])
})

test('a whole file replaces the one before it, and makes its folder', async () => {
  const file = path.join(folderOfTest(), 'tile', '0', '000')
  await writeWhole(file, 'one')
  await writeWhole(file, 'two')
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['000'])
})

test('what was left is removed an hour after it was last written, and nothing else', async () => {
  const at = folderOfTest()
  for (const name of ['old', 'young']) fs.writeFileSync(path.join(at, name), name)
  fs.mkdirSync(path.join(at, 'folder'))
  const past = new Date(Date.now() - 3_700_000)
  for (const name of ['old', 'folder']) fs.utimesSync(path.join(at, name), past, past)
  await removeOlder(at)
  await removeOlder(path.join(at, 'none'))
  expect(fs.readdirSync(at).sort()).toEqual(['folder', 'young'])
})
