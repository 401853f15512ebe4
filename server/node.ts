import path from 'node:path'
import { serve } from '@hono/node-server'
import { EmbeddedPostgresError } from '../infra/embedded/postgres.ts'
import { makeApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { seedCity } from './seeding.ts'
import { mountPages } from './service/pages/pages.ts'
import { startPlatform } from './start.ts'

/** `npm start`: the platform on Node, until it is told to end. */
async function main(): Promise<void> {
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const config = readConfig(process.env)
  const running = await startPlatform(config, project)
  const { platform, services, log } = running
  const app = makeApp(platform, services, log)
  mountPages(app, platform, path.join(project, 'dist', 'web'))
  let ending = false
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, (info) => {
    const host = ['127.0.0.1', '::1', '0.0.0.0'].includes(config.host) ? 'localhost' : config.host
    platform.origin = config.origin ?? `http://${host}:${info.port}`
    console.log(`Yangguang ready at ${platform.origin}`)
    const filling =
      services.demo && config.seed === 'city'
        ? seedCity(platform, services, `http://127.0.0.1:${info.port}`, project, log)
        : services.demo?.registerAll()
    // Cut off in the middle by the end of the process it goes on at the next start.
    filling?.catch((error) => {
      if (!ending) log.error({ err: error }, 'the demo could not be filled')
    })
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

main().catch((error) => {
  const plain = error instanceof ConfigError || error instanceof EmbeddedPostgresError
  console.error(plain ? error.message : error)
  process.exit(1)
})
