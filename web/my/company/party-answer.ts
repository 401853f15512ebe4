import type { OrganisationRole } from '../../../server/kernel/viewer.ts'
import { t } from '../../i18n/i18n.ts'
import type { Live } from '../../shell/create-live.ts'
import type { Capacity } from '../../shell/session.ts'

/** One's own organisation, as `GET /api/party` gives it to its members. */
export interface PartyPage {
  readonly id: string
  readonly kind: 'organisation' | 'person'
  readonly name: string | null
  readonly region: string | null
  readonly roles: readonly OrganisationRole[]
  readonly rolesAsked: readonly OrganisationRole[]
  readonly askedAt: string | null
  readonly declined: {
    readonly roles: readonly OrganisationRole[]
    readonly reason: string
    readonly at: string
  } | null
  readonly members: readonly Member[]
  readonly invitations: readonly Invitation[]
  readonly certificates: readonly Certificate[]
}
export interface Member {
  readonly person: string
  readonly capacity: Capacity
  readonly name: string | null
  readonly passkeys: number
}
/** Asked to act for the organisation, and not decided yet: it gives nobody anything. */
export interface Invitation {
  readonly person: string
  readonly capacity: Capacity
  readonly name: string | null
}
export interface Certificate {
  readonly sha256: string
  readonly use: 'sign' | 'encrypt'
  readonly notAfter: string
}

/** What every part of the page gets. */
export interface PartyProps {
  readonly party: PartyPage
  readonly live: Live<PartyPage>
  /** Acts as its administrator or legal representative, who answer for members and roles. */
  readonly isHead: boolean
}

/** Roles that an organisation may ask for. */
export const rolesToAsk = ['bidder', 'purchaser', 'agency', 'tradingCentre', 'regulator'] as const

/** Roles as a list in words. */
export const roleList = (roles: readonly OrganisationRole[]): string =>
  roles.map((role) => t(`shell.role.${role}`)).join(t('shell.role.and'))
