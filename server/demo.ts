import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type Person, ServerProblem, Unreachable } from '../db/seed/play/client.ts'
import { BadFolder, type DemoInput, readInput } from '../db/seed/play/input.ts'
import { differences, type Outcome, readOutcome } from '../db/seed/play/outcome.ts'
import { type Played, playTrade } from '../db/seed/play/play.ts'
import { placeOfRefusal } from '../db/seed/play/refused.ts'
import { openZip } from './archive/bag/zip-files.node.ts'
import { type TrustFile, verifyArchive } from './archive/verify/verify.ts'

/**
 * `npm run demo -- [--input FOLDER] [--url URL] [--out FILE] [--json]`: plays whole trades through
 * the HTTP interface, compares what came out, exports and verifies the bags.
 * Exit 0; 1 the outcome differs or verify fails; 2 a bad folder; 3 the server is unreachable.
 */
const usage = 'npm run demo -- [--input FOLDER] [--url URL] [--out FILE] [--json]'

interface Options {
  readonly inputs: readonly string[]
  readonly url: string
  readonly out: string | null
  readonly json: boolean
}

/** @throws BadFolder for an option that there is not, or one without its value */
function optionsOf(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { input: text, url: text, out: text, json: { type: 'boolean' } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new BadFolder(`${(error as Error).message}\n${usage}`)
  }
}

function readOptions(args: readonly string[]): Options {
  const given = optionsOf(args)
  const value = (name: 'input' | 'url' | 'out') => given[name] ?? null
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const input = value('input')
  const shipped = ['school-canteen', 'road-resurfacing'].map((name) =>
    path.join(project, 'db', 'seed', 'examples', name),
  )
  return {
    inputs: input ? [path.resolve(process.env.INIT_CWD ?? process.cwd(), input)] : shipped,
    url: value('url') ?? 'http://127.0.0.1:8080',
    out: value('out'),
    json: given.json === true,
  }
}

/** Saves a bag where nothing stands yet. */
async function saveBag(person: Person, address: string, file: string): Promise<void> {
  const answer = await person.raw(address)
  await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(file, { flags: 'wx' }))
}

const namesBy = (out: string) => ({
  full: out,
  public: out.replace(/(\.zip)?$/, '.public.zip'),
  trust: `${out}.trust.json`,
})

/** Both bags and the trust file, verified as anyone would. @returns findings, a line each */
async function archive(
  { cast, published }: Played,
  out: string,
  tell: (line: string) => void,
): Promise<string[]> {
  const names = namesBy(out)
  const trust = await cast.regulator.get<TrustFile>('/api/trust')
  writeFileSync(names.trust, `${JSON.stringify(trust, null, 2)}\n`, { flag: 'wx' })
  const failures: string[] = []
  for (const kind of ['full', 'public'] as const) {
    await saveBag(cast.regulator, `/api/lots/${published.lot}/bags/${kind}`, names[kind])
    const bag = await openZip(names[kind])
    const result = await verifyArchive(bag, trust, Date.now())
    bag.close()
    tell(`核验 verify ${kind}: ${result.verdict}`)
    if (result.verdict !== 'passed')
      failures.push(
        `${kind}: ${result.verdict}`,
        ...result.findings
          .slice(0, 20)
          .map((f) => `  ${f.check} ${f.code} ${JSON.stringify(f.place)}`),
      )
  }
  return failures
}

async function playOne(input: DemoInput, options: Options, out: string): Promise<number> {
  const tell = (line: string) => {
    if (!options.json) console.log(line)
  }
  for (const file of Object.values(namesBy(out)))
    if (existsSync(file)) throw new BadFolder(`${file} exists already; nothing is overwritten`)
  const started = performance.now()
  tell(`\n${input.tender.title.zh} ${input.tender.title.en}`)
  const played = await playTrade(options.url, input, 'archived', tell).catch((error) => {
    // The platform refuses what the folder asks for: its form is good, its content is not.
    if (!(error instanceof ServerProblem) || ![409, 413, 422].includes(error.status)) throw error
    const place = placeOfRefusal(error)
    throw new BadFolder(`${path.join(input.folder, place ?? '')}: ${error.message}`)
  })
  const outcome: Outcome = await readOutcome(played.cast, played.published)
  const failures = [
    ...(input.expected ? differences(input.expected, outcome) : []),
    ...(await archive(played, out, tell)),
  ]
  if (failures.length === 0) tell('结果一致 outcome as expected')
  tell(`${Math.round(performance.now() - started)} ms`)
  if (options.json) console.log(JSON.stringify(outcome))
  if (failures.length > 0) console.error(failures.join('\n'))
  return failures.length === 0 ? 0 : 1
}

/** Where several trades are played with one `--out`: `FILE.<folder>.zip` after the first. */
const besideFirst = (out: string, folder: string): string =>
  out.replace(/(\.zip)?$/, `.${path.basename(folder)}.zip`)

/** @throws BadFolder where no file can be put there */
function makeFolderFor(out: string): void {
  try {
    mkdirSync(path.dirname(out), { recursive: true })
    accessSync(path.dirname(out), constants.W_OK)
  } catch (error) {
    throw new BadFolder(`${out}: ${(error as Error).message}`)
  }
}

async function main(): Promise<number> {
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
    console.log(usage)
    return 0
  }
  const options = readOptions(process.argv.slice(2))
  let code = 0
  for (const [i, folder] of options.inputs.entries()) {
    const input = readInput(folder)
    const stamp = new Date().toISOString().replace(/[:.]/g, '-')
    const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
    const fallback = path.join(project, '.cache', `demo-${path.basename(folder)}-${stamp}.zip`)
    const wanted = options.out && (i === 0 ? options.out : besideFirst(options.out, folder))
    const out = wanted ? path.resolve(process.env.INIT_CWD ?? process.cwd(), wanted) : fallback
    makeFolderFor(out)
    code = Math.max(code, await playOne(input, options, out))
  }
  return code
}

main().then(
  (code) => process.exit(code),
  (error) => {
    if (error instanceof BadFolder) console.error(error.message)
    else if (error instanceof Unreachable)
      console.error(
        `${error.message}\n先运行 npm start，或用 --url 指明地址。Run npm start first, or name it by --url.`,
      )
    else if (error instanceof ServerProblem)
      console.error(error.message, JSON.stringify(error.body))
    else console.error((error as Error)?.message || String(error))
    process.exit(error instanceof BadFolder ? 2 : error instanceof Unreachable ? 3 : 1)
  },
)
