import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderOfTest } from '../../tests/kit/folder.ts'
import { CheckpointStore, TileFiles } from './log-files.ts'

test('a checkpoint is stored once for its size, and the newest is the latest', async () => {
  const at = folderOfTest()
  const store = new CheckpointStore(at)
  expect(await store.latest()).toBeNull()
  expect(await store.add(5, 'five')).toBe(true)
  expect(await store.add(10, 'ten')).toBe(true)
  expect(await new CheckpointStore(at).add(10, 'another ten')).toBe(false)
  expect(await store.latest()).toEqual({ size: 10, text: 'ten' })
})

test('what somebody killed left of a checkpoint is none, and goes with the old ones', async () => {
  const at = folderOfTest()
  const store = new CheckpointStore(at)
  await store.add(1, 'one')
  fs.writeFileSync(path.join(at, '7.left-by-the-dead.part'), '')
  expect(await store.latest()).toEqual({ size: 1, text: 'one' })
  for (let size = 2; size <= 40; size++) await store.add(size, String(size))
  const left = fs.readdirSync(at)
  expect(left.length).toBeLessThan(34)
  expect(left).not.toContain('7.left-by-the-dead.part')
  expect(await store.latest()).toEqual({ size: 40, text: '40' })
})

test('a tile is read before it is stored, is stored twice, and is left alone where it is', async () => {
  const [one, two] = [folderOfTest(), folderOfTest()]
  const files = new TileFiles(one, two)
  fs.writeFileSync(path.join(one, 'tile'), 'there before')
  files.write('tile', Buffer.from('hashes'))
  files.write('other', Buffer.from('more'))
  expect(String(files.read('tile'))).toBe('hashes')
  expect(fs.readdirSync(two)).toEqual([])
  await files.flush()
  expect(fs.readFileSync(path.join(one, 'tile'), 'utf8')).toBe('there before')
  expect(fs.readFileSync(path.join(two, 'tile'), 'utf8')).toBe('hashes')
  expect(String(files.read('other'))).toBe('more')
  expect(files.read('none')).toBeNull()
})
