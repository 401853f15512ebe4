import type { Component } from 'solid-js'
import type { OrganisationRole } from '../../server/kernel/viewer.ts'
import type { Folder } from '../i18n/texts.ts'
import type { Later } from './later.tsx'

/** Whoever a page is for: everyone, anyone signed in, or who acts in one of these roles. */
export type Who = 'public' | 'signedIn' | readonly OrganisationRole[]

/** One page: where it is, who it is for, the texts it needs, and its code, loaded when gone to. */
export interface RouteRow {
  readonly path: string
  readonly who: Who
  readonly texts: readonly Folder[]
  readonly page: () => Promise<PageModule>
}

/** A page's file. */
interface PageModule {
  readonly default: Component
  /** What only who is signed in may need: it comes beside the page's data. */
  readonly parts?: readonly Pick<Later<never>, 'preload'>[]
}

const row = (
  path: string,
  who: Who,
  texts: readonly Folder[],
  page: RouteRow['page'],
): RouteRow => ({ path, who, texts, page })

/** The table of all pages; what has rights of its own inside a trade is told by its answer. */
export const routes: readonly RouteRow[] = [
  row('/', 'public', ['portal', 'trade'], () => import('../portal/home-page.tsx')),
  row('/search', 'public', ['portal', 'trade'], () => import('../portal/search-page.tsx')),
  row('/login', 'public', ['portal', 'keys'], () => import('../portal/login-page.tsx')),
  row(
    '/register',
    'public',
    ['register', 'keys'],
    () => import('../portal/register/register-page.tsx'),
  ),
  row('/join', 'public', ['account', 'keys'], () => import('../portal/join-page.tsx')),
  row('/help', 'public', ['portal'], () => import('../portal/help-page.tsx')),
  row('/status', 'public', ['portal'], () => import('../portal/status-page.tsx')),
  row('/accessibility', 'public', ['portal'], () => import('../portal/accessibility-page.tsx')),
  row('/kit', 'public', ['portal', 'keys', 'doc', 'table'], () => import('../portal/kit-page.tsx')),
  row('/verify', 'public', ['verify'], () => import('../verify/verify-page.tsx')),
  row('/my', 'signedIn', ['my', 'trade', 'event'], () => import('../my/my-page.tsx')),
  row('/my/receipts', ['bidder'], ['my', 'bid', 'trade'], () => import('../my/receipts-page.tsx')),
  row('/my/account', 'signedIn', ['account', 'keys'], () => import('../my/account-page.tsx')),
  row(
    '/my/company',
    'signedIn',
    ['account', 'register', 'keys'],
    () => import('../my/company/company-page.tsx'),
  ),
  row(
    '/admin/people',
    ['platformAdmin', 'tradingCentre'],
    ['account', 'register', 'admin'],
    () => import('../admin/people-page.tsx'),
  ),
  row('/admin/platform', ['platformAdmin'], ['admin'], () => import('../admin/platform-page.tsx')),
  row('/watch', ['regulator'], ['watch', 'trade'], () => import('../watch/wall-page.tsx')),
  row('/t/new', ['agency'], ['trade', 'edit'], () => import('../trade/edit/new-page.tsx')),
  row(
    '/t/:no',
    'public',
    ['trade', 'overview', 'document'],
    () => import('../trade/trade-page.tsx'),
  ),
  row(
    '/t/:no/edit',
    ['agency'],
    ['trade', 'edit', 'document'],
    () => import('../trade/edit/edit-page.tsx'),
  ),
  row(
    '/t/:no/approve',
    ['purchaser'],
    ['trade', 'document', 'notice'],
    () => import('../trade/approve-page.tsx'),
  ),
  row(
    '/t/:no/publish',
    ['agency'],
    ['trade', 'document', 'notice'],
    () => import('../trade/publish-page.tsx'),
  ),
  row(
    '/t/:no/questions',
    'public',
    ['trade', 'questions'],
    () => import('../trade/questions-page.tsx'),
  ),
  row(
    '/t/:no/ledger',
    'public',
    ['trade', 'ledger', 'event'],
    () => import('../trade/ledger-page.tsx'),
  ),
  row(
    '/t/:no/lots/:lot/bid',
    ['bidder'],
    ['trade', 'overview', 'bid', 'seal', 'keys'],
    () => import('../trade/bid/bid-page.tsx'),
  ),
  row(
    '/t/:no/qualification',
    'signedIn',
    ['trade', 'desk', 'doc'],
    () => import('../trade/qualification-page.tsx'),
  ),
  row(
    '/t/:no/desk',
    'signedIn',
    ['trade', 'desk', 'doc'],
    () => import('../trade/desk/desk-page.tsx'),
  ),
  row(
    '/t/:no/desk/chair',
    'signedIn',
    ['trade', 'desk', 'doc'],
    () => import('../trade/desk/chair-page.tsx'),
  ),
  row(
    '/t/:no/explanations',
    ['bidder'],
    ['trade', 'desk', 'doc'],
    () => import('../trade/desk/explanations-page.tsx'),
  ),
  row('/t/:no/draw', 'public', ['trade', 'draw'], () => import('../trade/draw/draw-page.tsx')),
  row('/t/:no/award', 'public', ['trade', 'award'], () => import('../trade/award/award-page.tsx')),
  row(
    '/t/:no/result',
    'public',
    ['trade', 'award'],
    () => import('../trade/award/result-page.tsx'),
  ),
  row('/t/:no/opening', 'public', ['trade', 'hall'], () => import('../trade/hall/hall-page.tsx')),
  row('*', 'public', ['portal'], () => import('../portal/missing-page.tsx')),
]
