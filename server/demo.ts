import path from 'node:path'
import { gatherCast } from '../db/seed/play/cast.ts'
import { ServerProblem, Unreachable } from '../db/seed/play/client.ts'
import { BadFolder, readInput } from '../db/seed/play/input.ts'
import { joinAndAsk, publish } from '../db/seed/play/tendering.ts'

async function main(): Promise<number> {
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const input = readInput(path.join(project, 'db/seed/examples/school-canteen'))
  const url = process.argv[2] ?? 'http://127.0.0.1:8080'
  const cast = await gatherCast(url, input)
  const published = await publish(cast, input)
  console.log('published', published)
  await joinAndAsk(cast, input, published)
  console.log('joined')
  return 0
}

main().then(
  (code) => process.exit(code),
  (error) => {
    if (error instanceof BadFolder || error instanceof Unreachable) console.error(error.message)
    else if (error instanceof ServerProblem) console.error(error.message, JSON.stringify(error.body))
    else console.error(error)
    process.exit(error instanceof BadFolder ? 2 : error instanceof Unreachable ? 3 : 1)
  },
)
