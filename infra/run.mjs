// The project's commands: builds what is out of date, then runs it. `node infra/run.mjs <command>`.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [command = 'start', ...rest] = process.argv.slice(2)
process.env.YANGGUANG_PROJECT ??= project

/** When anything of the project's was last changed below these places, ms. */
function newestOf(...places) {
  const newest = (place) => {
    const at = fs.statSync(place, { throwIfNoEntry: false })
    if (!at?.isDirectory()) return at?.mtimeMs ?? 0
    return Math.max(0, ...fs.readdirSync(place).map((name) => newest(path.join(place, name))))
  }
  return Math.max(...places.map((place) => newest(path.join(project, place))))
}
const whenBuilt = (file) => (fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0)

/** Bundles an entry where a source is newer than its bundle; packages stay where they are. */
async function bundle(entry) {
  const name = path.basename(entry).replace(/\.ts$/, '.mjs')
  const outfile = path.join(project, 'dist', 'node', name)
  const sources = ['server', 'db', 'infra', 'tests', 'package.json', 'package-lock.json']
  if (whenBuilt(outfile) > newestOf(...sources)) return outfile
  const begun = new Date()
  await build({
    entryPoints: [path.join(project, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
  })
  // What is changed while it is built is newer than the bundle.
  fs.utimesSync(outfile, begun, begun)
  return outfile
}

/** Runs a program in place of this one: signals and exit code pass through. */
function run(program, args) {
  const child = spawn(program, args, { stdio: 'inherit', cwd: project })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ? 1 : code)))
}

async function node(entry, args = []) {
  return run(process.execPath, ['--enable-source-maps', await bundle(entry), ...args])
}

/** The web client is built when a source is newer than the last build. */
async function buildWeb() {
  if (!fs.existsSync(path.join(project, 'web', 'index.html'))) return
  const stamp = path.join(project, 'dist', 'web', '.vite', 'manifest.json')
  if (whenBuilt(stamp) > newestOf('web', 'server', 'package-lock.json')) return
  const vite = path.join(project, 'node_modules', 'vite', 'bin', 'vite.js')
  const config = path.join(project, 'vite.config.ts')
  const code = await run(process.execPath, [
    vite,
    'build',
    '--config',
    config,
    '--logLevel',
    'warn',
  ])
  if (code !== 0) console.error('The web client could not be built; the API starts without it.')
}

/** What is shown as running: out of the clone, where this is one. */
function commit() {
  const git = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: project, encoding: 'utf8' })
  return git.status === 0 ? git.stdout.trim() : ''
}

const commands = {
  start: async () => {
    process.env.YANGGUANG_COMMIT ??= commit()
    await buildWeb()
    return node('server/node.ts')
  },
  dev: async () => {
    const vite = path.join(project, 'node_modules', 'vite', 'bin', 'vite.js')
    const web = run(process.execPath, [vite, '--config', path.join(project, 'vite.config.ts')])
    return Promise.race([web, node('server/node.ts')])
  },
  demo: () => node('server/demo.ts', rest),
  bench: () => node('tests/bench/bench.ts', rest),
  verify: () => node('server/cli.ts', ['verify', ...rest]),
  monitor: () => node('server/cli.ts', ['monitor', ...rest]),
  rebuild: () => node('server/cli.ts', ['rebuild', ...rest]),
  reset: () => node('server/cli.ts', ['reset', ...rest]),
  docs: () => node('infra/docs.ts', rest),
  cli: () => node('server/cli.ts', rest),
  check: async () => {
    const bin = (name) => path.join(project, 'node_modules', '.bin', name)
    const steps = [
      ['types', bin('tsc'), ['-p', 'tsconfig.json', '--checkers', '1']],
      ['lint and format', bin('biome'), ['ci', '--error-on-warnings']],
      ['imports', process.execPath, ['infra/imports.mjs']],
      ['dead code', bin('knip'), []],
    ]
    let failed = 0
    for (const [name, program, args] of steps) {
      const code = await run(program, args)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`)
      if (code !== 0) failed += 1
    }
    const fresh = await node('infra/docs.ts', ['--check'])
    console.log(`${fresh === 0 ? 'ok  ' : 'FAIL'} generated docs`)
    return failed + (fresh === 0 ? 0 : 1) === 0 ? 0 : 1
  },
}

if (!(command in commands)) {
  console.error(`No command ${command}. There are: ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
process.exit((await commands[command]()) ?? 0)
