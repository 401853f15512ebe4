import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { type DatabasePlace, openOwner } from '../../server/kernel/database.ts'

/** A database and a folder of one test file's own; `drop` removes both. */
export interface TestPlace {
  readonly place: Extract<DatabasePlace, { socketFolder: string }>
  readonly folder: string
  drop(): Promise<void>
}

/** Copies the migrated template. */
export async function testPlace(): Promise<TestPlace> {
  const socketFolder = inject('socketFolder')
  const database = `t_${randomBytes(6).toString('hex')}`
  const admin = openOwner({ socketFolder, database: 'postgres' })
  for (let tries = 0; ; tries++) {
    try {
      await admin.unsafe(
        `create database ${database} template template_yangguang strategy file_copy`,
      )
      break
    } catch (error) {
      // Another file copies the template at this moment.
      if (tries > 50 || (error as { code?: string }).code !== '55006') throw error
      await new Promise((r) => setTimeout(r, 50))
    }
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-files-'))
  return {
    place: { socketFolder, database },
    folder,
    drop: async () => {
      await admin.unsafe(`drop database ${database} with (force)`)
      await admin.end()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
