import { useLocation } from '@solidjs/router'
import { type Component, ErrorBoundary, type JSX, lazy, Match, Show, Switch } from 'solid-js'
import { loadTexts, t } from '../i18n/i18n.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Page } from '../kit/page.tsx'
import { Notice } from '../kit/status.tsx'
import { MembershipButtons } from './memberships.tsx'
import { PageFailed } from './page-failed.tsx'
import { type RouteRow, routes, type Who } from './routes.ts'
import { otherMemberships, viewer } from './session.ts'

/** A page of the table, ready for the router. */
export interface LoadedRow {
  readonly path: string
  readonly component: Component
  readonly preload: (session: Promise<void>) => Promise<void>
}

/** The pages with their texts; each comes when it is first gone to, behind its door. */
export const pages: readonly LoadedRow[] = routes.map((row) => {
  let preloadParts = async (): Promise<void> => {}
  const load = () =>
    lazy(async () => {
      const [page] = await Promise.all([row.page(), loadTexts(...row.texts)])
      preloadParts = async () => {
        if (viewer()) await Promise.all((page.parts ?? []).map((part) => part.preload()))
      }
      void preloadParts()
      return page
    })
  let Content = load()
  // A page that could not be fetched is fetched anew when it is gone to again.
  const forget = () => {
    Content = load()
  }
  return {
    path: row.path,
    component: () => (
      <Door who={row.who}>
        <ErrorBoundary
          fallback={(error, reset) => (
            <PageFailed
              error={error}
              onRetry={() => {
                forget()
                reset()
              }}
            />
          )}
        >
          <Content />
        </ErrorBoundary>
      </Door>
    ),
    preload: async (session) => {
      await Promise.all([session, Content.preload().catch(forget)])
      await preloadParts()
    },
  }
})

/**
 * Loads the page of the present address, so that the first HTML stays until it can be drawn: with
 * the parts of who is signed in, since its data came with the HTML and waits for nothing.
 * @param session done when it is known who is signed in
 */
export async function preloadPage(pathname: string, session: Promise<void>): Promise<void> {
  const at = routes.findIndex((row) => isAt(row, pathname))
  await pages[at]?.preload(session)
}

function isAt({ path }: RouteRow, pathname: string): boolean {
  if (path === '*') return true
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`).test(pathname)
}

function mayEnter(who: Who): 'yes' | 'sign-in' | 'switch' {
  if (who === 'public') return 'yes'
  const one = viewer()
  if (!one) return 'sign-in'
  return who === 'signedIn' || who.some((role) => one.roles.includes(role)) ? 'yes' : 'switch'
}

/** Says who a page is for and how to become that, before any of it is asked from the server. */
function Door(props: { who: Who; children: JSX.Element }): JSX.Element {
  const location = useLocation()
  const login = () => `/login?to=${encodeURIComponent(location.pathname + location.search)}`
  const roles = () =>
    typeof props.who === 'string'
      ? ''
      : props.who.map((role) => t(`shell.role.${role}`)).join(t('shell.role.and'))
  return (
    <Switch>
      <Match when={mayEnter(props.who) === 'yes'}>{props.children}</Match>
      <Match when={mayEnter(props.who) === 'sign-in'}>
        <Page title={t('shell.door.title')}>
          <Notice title={t('shell.door.signIn')}>
            <ButtonLink kind="primary" href={login()}>
              {t('shell.bar.signIn')}
            </ButtonLink>
          </Notice>
        </Page>
      </Match>
      <Match when={mayEnter(props.who) === 'switch'}>
        <Page title={t('shell.door.title')}>
          <Notice
            title={t('shell.door.switch', { roles: roles(), party: viewer()?.partyName ?? '' })}
          >
            <Show
              when={otherMemberships().length > 0}
              fallback={
                <ButtonLink kind="primary" href={login()}>
                  {t('shell.bar.switch')}
                </ButtonLink>
              }
            >
              <MembershipButtons items={otherMemberships()} />
            </Show>
          </Notice>
        </Page>
      </Match>
    </Switch>
  )
}
