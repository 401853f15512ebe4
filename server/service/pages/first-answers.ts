import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'

/**
 * What the page of an address asks the API first, so that its answers can come with the first HTML.
 * The live cursor is taken before the others: the client resumes the stream there, and what happens
 * between this and its first look is told to it and not lost.
 */
const cursor = '/api/live/poll'
const isTrade = /^\/api\/projects\/[^/?]+$/

function askedBy(pathname: string): string[] {
  if (pathname === '/') return ['/api/projects?limit=50']
  if (pathname === '/my') return ['/api/my']
  const trade = /^\/t\/([^/]+)(\/\w+)?/.exec(pathname)
  if (!trade || trade[1] === 'new') return []
  const project = `/api/projects/${trade[1]}`
  return trade[2] === '/opening' ? [project, `${project}/opening`] : [project]
}

/**
 * The answers by address, each given by its own operation to this very caller, so with his rights
 * and no others. What is refused or fails is left out: the page asks for it itself.
 */
async function firstAnswers(
  app: OpenAPIHono,
  c: Context,
): Promise<{ answers: Record<string, unknown>; isMissing: boolean }> {
  const cookie = c.req.header('cookie')
  const headers: Record<string, string> = cookie ? { cookie } : {}
  const answers: Record<string, unknown> = {}
  let isMissing = false
  const ask = async (address: string) => {
    const answer = await app.request(address, { headers }, c.env)
    if (answer.status === 200) answers[address] = await answer.json()
    else if (isTrade.test(address) && [404, 422].includes(answer.status)) isMissing = true
  }
  await ask(cursor)
  const { pathname } = new URL(c.req.url)
  await Promise.allSettled(['/api/session', ...askedBy(pathname)].map(ask))
  return { answers, isMissing }
}

/**
 * The answers as a block of data: no script runs in it, so a strict policy has nothing to refuse,
 * and `<` is written so that no text of a trade can end the block.
 * @returns `isMissing` where what the page is about is not there for this caller
 */
export async function answersBlock(
  app: OpenAPIHono,
  c: Context,
): Promise<{ block: string; isMissing: boolean }> {
  const none = { answers: {}, isMissing: false }
  const { answers, isMissing } = await firstAnswers(app, c).catch(() => none)
  const json = JSON.stringify(answers).replaceAll('<', '\\u003c')
  const block = `<script type="application/json" id="first-answers">${json}</script>`
  return { block, isMissing }
}
