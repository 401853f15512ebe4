import path from 'node:path'
import { serve } from '@hono/node-server'
import { EmbeddedPostgresError } from '../infra/embedded/postgres.ts'
import { makeApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { UnknownFault } from './kernel/fault.ts'
import { seedCity } from './seeding.ts'
import { answerStarting } from './service/health/starting.ts'
import { mountPages } from './service/pages/pages.ts'
import { startPlatform } from './start.ts'

type Answer = (request: Request, env: object) => Response | Promise<Response>

/** Listens before the platform is there: whoever comes early is told so, and a port in use is. */
function listen(
  fetch: Answer,
  { port, host }: Config,
): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: host }, (info) =>
      resolve({ server, port: info.port }),
    )
    server.once('error', reject)
  })
}

/** `npm start`: the platform on Node, until it is told to end. */
async function main(): Promise<void> {
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const config = readConfig(process.env)
  let answer: Answer = (request) => answerStarting(request, config.mode)
  const { server, port } = await listen((request, env) => answer(request, env), config)
  const running = await startPlatform(config, project)
  const { platform, services, log } = running
  const app = makeApp(platform, services, log)
  mountPages(app, platform, path.join(project, 'dist', 'web'))
  const host = ['127.0.0.1', '::1', '0.0.0.0'].includes(config.host) ? 'localhost' : config.host
  platform.origin = config.origin ?? `http://${host}:${port}`
  answer = app.fetch
  console.log(`Yangguang ready at ${platform.origin}`)
  let ending = false
  const filling =
    services.demo && config.seed === 'city'
      ? seedCity(platform, services, `http://127.0.0.1:${port}`, project, log)
      : services.demo?.registerAll()
  // Cut off in the middle by the end of the process it goes on at the next start.
  filling?.catch((error) => {
    if (!ending) log.error({ err: error }, 'the demo could not be filled')
  })
  const end = async () => {
    if (ending) return
    ending = true
    server.close()
    await running.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}

/** What the system refuses (a port in use, a database that is away) is said in one sentence too. */
function fail(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException
  const isOurs = [ConfigError, EmbeddedPostgresError, UnknownFault].some((k) => error instanceof k)
  const isSystem = typeof code === 'string' && /^E[A-Z_]+$/.test(code)
  console.error(isOurs ? message : isSystem ? `Cannot start: ${message || code}` : error)
  process.exit(1)
}

main().catch(fail)
