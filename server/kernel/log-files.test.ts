import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CheckpointStore, writeOnce, writeWhole } from './log-files.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true })
})
function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-files-'))
  folders.push(made)
  return made
}

test('a file is made once, with its mode, and leaves no part behind', () => {
  const file = path.join(folder(), 'log.key')
  expect(writeOnce(file, 'first', 0o600)).toBe(true)
  expect(writeOnce(file, 'second')).toBe(false)
  expect(fs.readFileSync(file, 'utf8')).toBe('first')
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(path.dirname(file))).toEqual(['log.key'])
})

test('a whole file replaces the one before it, also where that is a folder away', () => {
  const file = path.join(folder(), 'tile', '0', '000')
  writeWhole(file, 'one')
  writeWhole(file, 'two')
  expect(fs.readFileSync(file, 'utf8')).toBe('two')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['000'])
})

test('what somebody killed left of a checkpoint is no checkpoint, and goes with the next', () => {
  const at = folder()
  const first = new CheckpointStore(at)
  expect(first.add(5, 'five')).toBe(true)
  fs.writeFileSync(path.join(at, '7.left-by-the-dead.part'), '')
  const again = new CheckpointStore(at)
  expect(again.latest()).toEqual({ size: 5, text: 'five' })
  expect(again.add(7, 'seven')).toBe(true)
  expect(again.add(7, 'another seven')).toBe(false)
  expect(again.add(9, 'nine')).toBe(true)
  expect(again.add(11, 'eleven')).toBe(true)
  expect(fs.readdirSync(at).sort()).toEqual(['11', '9'])
})
