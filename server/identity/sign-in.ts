import { setCookie } from 'hono/cookie'
import type { AppCall } from '../app-call.ts'
import { sessionCookie } from '../kernel/sessions.ts'
import type { Viewer } from '../kernel/viewer.ts'
import type { Services } from '../services.ts'

/** Signs a viewer in on this answer: the cookie, and the token that changes must carry. */
export async function signIn(
  call: AppCall,
  services: Services,
  viewer: Viewer,
): Promise<{ csrf: string }> {
  const { cookie, csrf } = await services.sessions.make(viewer)
  setCookie(call.http, sessionCookie, cookie, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: call.platform.origin.startsWith('https:'),
    path: '/',
  })
  return { csrf }
}
