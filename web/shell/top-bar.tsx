import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { changeLanguage, language, t } from '../i18n/i18n.ts'
import { Icon, SunMark } from '../kit/icons.tsx'
import { Identity, IdentityItems } from './identity-menu.tsx'
import { Menu } from './menu.tsx'
import { viewer } from './session.ts'
import { chooseSize, size } from './theme.ts'
import { refreshWaiting, waitingCount, watchWaiting } from './waiting.ts'

const phone = '(max-width: 959px)'

/** Pages with a field to search in of their own. */
const searches = ['/', '/search']

/** Brand, search, what waits, who I act for, language, elder mode, help; on phones behind one menu. */
export function TopBar(): JSX.Element {
  const location = useLocation()
  const [isPhone, setPhone] = createSignal(matchMedia(phone).matches)
  onMount(() => {
    const query = matchMedia(phone)
    const change = () => setPhone(query.matches)
    query.addEventListener('change', change)
    onCleanup(() => query.removeEventListener('change', change))
  })
  return (
    <header class="yg-bar">
      <div class="yg-bar-inner">
        <a class="yg-bar-brand" href="/">
          <SunMark />
          {t('shell.brand')}
          <span class="yg-bar-name">{t('shell.brand.name')}</span>
        </a>
        <Show when={!isPhone() && size() === 'normal'} fallback={<PhoneItems />}>
          <Show when={!searches.includes(location.pathname)}>
            <SearchForm />
          </Show>
          <div class="yg-bar-more">
            <Waiting />
            <Identity />
            <Switches />
          </div>
        </Show>
      </div>
    </header>
  )
}

function PhoneItems(): JSX.Element {
  return (
    <div class="yg-bar-more">
      {/* Beside what waits there is no room for it: then it stands in the menu. */}
      <Show when={viewer()} fallback={<SearchLink />}>
        <Waiting />
      </Show>
      <Menu
        label={
          <>
            <Icon name="menu" />
            {t('shell.bar.menu')}
          </>
        }
      >
        <Show when={viewer()}>
          <SearchLink />
        </Show>
        <IdentityItems />
        <Switches />
      </Menu>
    </div>
  )
}

function SearchLink(): JSX.Element {
  return (
    <a class="yg-bar-item" href="/search">
      {t('shell.bar.search')}
    </a>
  )
}

function SearchForm(): JSX.Element {
  const navigate = useNavigate()
  return (
    <form
      class="yg-bar-search"
      role="search"
      action="/search"
      onSubmit={(event) => {
        event.preventDefault()
        const words = String(new FormData(event.currentTarget).get('query') ?? '').trim()
        navigate(words ? `/search?query=${encodeURIComponent(words)}` : '/search')
      }}
    >
      <input class="yg-input" type="search" name="query" aria-label={t('shell.bar.searchLabel')} />
      <button class="yg-button" type="submit">
        <Icon name="search" size={16} />
        {t('shell.bar.search')}
      </button>
    </form>
  )
}

/** 待办 with the number of things that wait. */
function Waiting(): JSX.Element {
  const location = useLocation()
  onMount(watchWaiting)
  createEffect(on(() => location.pathname, refreshWaiting, { defer: true }))
  return (
    <Show when={viewer()}>
      <a class="yg-bar-item" href="/my">
        {t('shell.bar.waiting')}
        <Show when={waitingCount() > 0}>
          <span class="yg-bar-count" aria-hidden="true">
            {waitingCount() > 99 ? '99+' : waitingCount()}
          </span>
          <span class="yg-hidden-text">{t('shell.bar.count', { count: waitingCount() })}</span>
        </Show>
      </a>
    </Show>
  )
}

function Switches(): JSX.Element {
  return (
    <>
      <button
        type="button"
        class="yg-bar-item"
        lang={language() === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => void changeLanguage(language() === 'zh' ? 'en' : 'zh')}
      >
        {language() === 'zh' ? 'EN' : '中文'}
      </button>
      <button
        type="button"
        class="yg-bar-item"
        aria-pressed={size() !== 'normal'}
        onClick={() => chooseSize(size() === 'normal' ? 'large' : 'normal')}
      >
        {t('shell.bar.elder')}
      </button>
      <a class="yg-bar-item" href="/help">
        {t('shell.bar.help')}
      </a>
    </>
  )
}
