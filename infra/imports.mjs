// Checks who imports whom, and that the checker read the modules at all: one that cannot parse
// TypeScript finds none and passes. Its parser knows no JSX, so it reads a copy of the tree in which
// pages are turned into plain modules; their imports stay as written.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { transform } from 'esbuild'
import options from '../.dependency-cruiser.mjs'

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const folders = ['server', 'web', 'db', 'infra', 'tests']
const fewest = 400
const copy = path.join(project, '.cache', 'imports')

async function mirror(from, to) {
  fs.mkdirSync(to, { recursive: true })
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await mirror(source, target)
    else if (entry.name.endsWith('.tsx')) {
      const { code } = await transform(fs.readFileSync(source, 'utf8'), {
        loader: 'tsx',
        jsx: 'automatic',
        jsxImportSource: 'solid-js',
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      })
      fs.writeFileSync(target, code)
    } else if (/\.(ts|mjs)$/.test(entry.name)) fs.copyFileSync(source, target)
  }
}

fs.rmSync(copy, { recursive: true, force: true })
for (const folder of folders) await mirror(path.join(project, folder), path.join(copy, folder))
for (const file of ['package.json', 'tsconfig.json'])
  fs.copyFileSync(path.join(project, file), path.join(copy, file))

const { output } = await cruise(
  folders.filter((f) => f !== 'tests'),
  {
    ...options.options,
    baseDir: copy,
    validate: true,
    ruleSet: { forbidden: options.forbidden },
  },
)
const { totalCruised, violations } = output.summary
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`)
if (totalCruised < fewest) console.error(`only ${totalCruised} modules were read, not ${fewest}`)
console.log(`${totalCruised} modules, ${violations.length} violations`)
process.exit(violations.length > 0 || totalCruised < fewest ? 1 : 0)
