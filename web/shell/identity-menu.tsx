import { useLocation, useNavigate } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon } from '../kit/icons.tsx'
import { Menu } from './menu.tsx'
import {
  actAs,
  hasChosen,
  isDemo,
  type Membership,
  otherMemberships,
  signOut,
  viewer,
} from './session.ts'

/** Who I am and for whom I act, in the bar; on phones its items stand in the one menu. */
export function Identity(): JSX.Element {
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
            <span class="yg-bar-party">
              {hasChosen() ? viewer()?.partyName : t('shell.bar.chooseFirst')}
            </span>
            <Icon name="down" size={14} />
          </>
        }
      >
        <IdentityItems />
      </Menu>
    </Show>
  )
}

/** Who may decide about registrations; the server's access table has the last word. */
const mayDecide = () => {
  const one = viewer()
  return (
    one !== null &&
    one.capacity !== 'financeOfficer' &&
    (one.roles.includes('platformAdmin') || one.roles.includes('tradingCentre'))
  )
}

export function IdentityItems(): JSX.Element {
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
            <Show when={hasChosen()} fallback={t('shell.bar.actsForNobody')}>
              {t('shell.bar.actingFor', {
                party: one().partyName,
                person: one().personName,
                capacity: t(`shell.capacity.${one().capacity}`),
              })}
            </Show>
          </p>
          <For each={otherMemberships()}>{(other) => <ActAs membership={other} />}</For>
          <a class="yg-bar-item" href="/my/account">
            {t('shell.bar.account')}
          </a>
          <Show when={hasChosen()}>
            <a class="yg-bar-item" href="/my/company">
              {t(one().capacity === 'expert' ? 'shell.bar.certificates' : 'shell.bar.company')}
            </a>
          </Show>
          <Show when={mayDecide()}>
            <a class="yg-bar-item" href="/admin/people">
              {t('shell.bar.people')}
            </a>
          </Show>
          <Show when={one().roles.includes('platformAdmin')}>
            <a class="yg-bar-item" href="/admin/platform">
              {t('shell.bar.platform')}
            </a>
          </Show>
          <Show when={isDemo()}>
            <a class="yg-bar-item" href={login()}>
              {t('shell.bar.switch')}
            </a>
          </Show>
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

/** Changes for whom, or as what, one acts; the page that is open is read anew as that. */
function ActAs(props: { membership: Membership }): JSX.Element {
  return (
    <button
      type="button"
      class="yg-bar-item"
      onClick={() => void actAs(props.membership).catch(() => {})}
    >
      {t('shell.bar.actAs', {
        party: props.membership.partyName ?? '',
        capacity: t(`shell.capacity.${props.membership.capacity}`),
      })}
    </button>
  )
}
