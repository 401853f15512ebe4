import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { changeLanguage, language, t } from '../i18n/i18n.ts'
import { Icon, SunMark } from '../kit/icons.tsx'
import { session, signOut, viewer } from './session.ts'
import { chooseSize, size } from './theme.ts'

const phone = '(max-width: 959px)'

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
          <Show when={location.pathname !== '/'}>
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
      <a class="yg-bar-item" href="/search">
        {t('shell.bar.search')}
      </a>
      <Waiting />
      <Menu
        label={
          <>
            <Icon name="menu" />
            {t('shell.bar.menu')}
          </>
        }
      >
        <IdentityItems />
        <Switches />
      </Menu>
    </div>
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

function Waiting(): JSX.Element {
  return (
    <Show when={viewer()}>
      <a class="yg-bar-item" href="/my">
        {t('shell.bar.waiting')}
      </a>
    </Show>
  )
}

function Identity(): JSX.Element {
  return (
    <Show
      when={viewer()}
      fallback={
        <a class="yg-bar-item" href="/login">
          <Icon name="person" />
          {t('shell.bar.signIn')}
        </a>
      }
    >
      <Menu
        label={
          <>
            <Icon name="person" />
            {viewer()?.partyName}
            <Icon name="down" size={14} />
          </>
        }
      >
        <IdentityItems />
      </Menu>
    </Show>
  )
}

function IdentityItems(): JSX.Element {
  const location = useLocation()
  const navigate = useNavigate()
  const login = () => `/login?to=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <Show
      when={viewer()}
      fallback={
        <a class="yg-bar-item" href={login()}>
          <Icon name="person" />
          {t('shell.bar.signIn')}
        </a>
      }
    >
      {(one) => (
        <>
          <p class="yg-menu-note">
            {t('shell.bar.actingFor', {
              party: one().partyName,
              person: one().personName,
              capacity: t(`shell.capacity.${one().capacity}`),
            })}
          </p>
          <a class="yg-bar-item" href={login()}>
            {t('shell.bar.switch')}
          </a>
          <button
            type="button"
            class="yg-bar-item"
            onClick={() => void signOut().then(() => navigate('/'))}
          >
            {t('shell.bar.signOut')}
          </button>
        </>
      )}
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

/** A disclosure that closes by Escape, by a click elsewhere, and when its page is left. */
function Menu(props: { label: JSX.Element; children: JSX.Element }): JSX.Element {
  let menu: HTMLDetailsElement | undefined
  const location = useLocation()
  const close = () => menu?.removeAttribute('open')
  createEffect(on([() => location.pathname, session], close, { defer: true }))
  onMount(() => {
    const outside = (event: Event) => {
      if (!menu?.contains(event.target as Node)) close()
    }
    document.addEventListener('pointerdown', outside)
    onCleanup(() => document.removeEventListener('pointerdown', outside))
  })
  return (
    <details
      class="yg-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu?.open) return
        close()
        menu.querySelector('summary')?.focus()
      }}
    >
      <summary class="yg-bar-item">{props.label}</summary>
      <div class="yg-menu-panel">{props.children}</div>
    </details>
  )
}
