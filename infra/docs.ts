import fs from 'node:fs'
import path from 'node:path'
import { access } from '../server/access.ts'
import { forms } from '../server/acts/forms.ts'
import { addressees } from '../server/addressees.ts'
import { faultPoints } from '../server/kernel/fault.ts'
import { operationsOf } from '../server/operations.ts'
import { policies } from '../server/policies.ts'
import { problemTexts } from '../server/problems.ts'
import { eventRules } from '../server/readable.ts'
import type { Services } from '../server/services.ts'
import { deciders } from '../server/streams.ts'
import { limits } from '../server/tendering/project/limits-data.ts'

/**
 * `npm run docs` writes `docs/generated/` from the code's own tables; with `--check` it only says
 * whether they are fresh.
 */
const folder = path.join(process.env.YANGGUANG_PROJECT ?? process.cwd(), 'docs', 'generated')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((r) => `| ${r.map((c) => c.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`)
    .join('\n')

function states(): string {
  const parts = Object.values(deciders).map((decider) => {
    const rows = Object.entries(decider.table).flatMap(([stage, cells]) =>
      Object.entries(cells as Record<string, Record<string, object>>).map(([command, cell]) => [
        stage,
        command,
        Object.keys(cell.after ?? {}).join(', '),
        Object.keys(cell.before ?? {}).join(', '),
        Object.keys(cell.unless ?? {}).join(', '),
        Object.keys(cell.then ?? {}).join(', '),
      ]),
    )
    return `## ${decider.kind}\n\n${table(['stage', 'command', 'after', 'before', 'unless', 'then'], rows)}`
  })
  return `# State tables\n\nWhat a table lacks is refused as \`not-at-this-stage\`.\n\n${parts.join('\n\n')}\n`
}

function problems(): string {
  const rows = Object.entries(problemTexts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slug, p]) => [`\`${slug}\``, String(p.status), p.zh, p.en, p.source ?? ''])
  return `# Refusals\n\n\`type\` is \`/problems/<slug>\`; slugs are never renamed.\n\n${table(['slug', 'status', '中文', 'English', 'source'], rows)}\n`
}

function lawLimits(): string {
  const rows = limits.map((l) => {
    const one: Record<string, unknown> = { ...l }
    return [
      l.id,
      ...['value', 'unit', 'regime', 'startsFrom', 'source', 'change'].map((k) =>
        String(one[k] ?? ''),
      ),
    ]
  })
  return `# Limits of the law\n\n${table(['rule', 'value', 'unit', 'regime', 'starts from', 'source', 'change'], rows)}\n`
}

function operations() {
  const none = {} as Services
  return (['demo', 'production'] as const).map((mode) => operationsOf(mode, none))
}

function accessTable(): string {
  const [demo] = operations()
  const rows = demo.map((o) => [
    o.id,
    `${o.method.toUpperCase()} ${o.path}`,
    (access[o.id]?.roles ?? []).join(' '),
    (access[o.id]?.capacities ?? []).join(' '),
    access[o.id]?.own ? 'own' : '',
    o.signed ?? '',
  ])
  const toldTo = (type: string) => {
    const one = addressees[type]
    if (!one) return ''
    return one.reads ? `${one.who} (reads it from ${one.reads})` : one.who
  }
  const objections = Object.keys(addressees).filter((type) => /^(Objection|Challenge)/.test(type))
  const events = Object.entries({
    ...eventRules,
    ...Object.fromEntries(objections.map((type) => [type, { always: ['Pu', 'Ag', 'Re'] }])),
  }).map(([type, rule]) => [
    type,
    Object.entries(rule)
      .map(
        ([from, roles]) => `${from === 'always' ? '' : `from ${from}: `}${(roles ?? []).join(' ')}`,
      )
      .join('; '),
    toldTo(type),
  ])
  return `# Who may do what\n\nDeny by default. Roles: \`server/access.ts\`. Log-in \`own\`: who acts or has acted for several organisations does it only in a log-in by his own proof, never in one that a single organisation vouches for.\n\n${table(['operation', 'address', 'roles', 'capacities', 'log-in', 'signed act'], rows)}\n\n# Who may read an event\n\n${table(['event', 'readers', 'addressed to'], events)}\n`
}

function acts(): string {
  const rows = Object.entries(forms).map(([purpose, form]) => [
    purpose,
    Object.keys((form as { shape: object }).shape).join(', '),
  ])
  return `# Forms of signed acts\n\nOwn fields beside the common ones of \`ca-interop.md\` §5.\n\n${table(['purpose', 'fields'], rows)}\n`
}

const policyTable = (): string =>
  `# What happens by itself\n\n${table(
    ['when', 'then'],
    policies.map((p) => [p.when, p.then]),
  )}\n`
const faults = (): string =>
  `# Fault points\n\n\`YANGGUANG_FAULT=<point>[:n]\`, demo and tests only.\n\n${table(
    ['point', 'where'],
    Object.entries(faultPoints).map(([p, w]) => [p, w]),
  )}\n`

/** The client's pages, read from its table: importing it would load every page. */
function routes(): string {
  const file = path.join(folder, '..', '..', 'web', 'shell', 'routes.ts')
  const text = fs.readFileSync(file, 'utf8')
  const rows = [...text.matchAll(/row\(\s*'([^']+)',\s*('[^']+'|\[[^\]]*\])/g)]
  const list = rows.map(([, at, who]) => ({ path: at, who: who.replace(/['[\]]/g, '') }))
  return `${JSON.stringify(list, null, 2)}\n`
}

async function main(): Promise<number> {
  const files: Record<string, string> = {
    'states.md': states(),
    'problems.md': problems(),
    'limits.md': lawLimits(),
    'access.md': accessTable(),
    'acts.md': acts(),
    'policies.md': policyTable(),
    'faults.md': faults(),
    'routes.json': routes(),
  }
  const check = process.argv.includes('--check')
  let stale = 0
  fs.mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null
    if (old === text) continue
    stale += 1
    if (check) console.error(`docs/generated/${name} is stale: run npm run docs`)
    else fs.writeFileSync(file, text)
  }
  return check && stale > 0 ? 1 : 0
}

main().then((code) => process.exit(code))
