#!/usr/bin/env node
// `npx yangguang <command>`: builds the command line where it is out of date, then runs it; files
// are named from where the person stands.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const run = path.join(path.dirname(fileURLToPath(import.meta.url)), 'run.mjs')
const child = spawn(process.execPath, [run, 'cli', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, YANGGUANG_CWD: process.cwd() },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
