import type { OrganisationRole } from '../../kernel/viewer.ts'

/**
 * Who may be what at once. A trading centre witnesses and serves, a regulator oversees and the
 * platform's administrator sees no business: none of them may trade. Agency and bidder exclude each
 * other only within one trade, which the bid's own guard judges.
 * @source 招标投标法实施条例 art. 46 ◐; domain §2
 */
const alone: readonly OrganisationRole[] = ['tradingCentre', 'regulator', 'platformAdmin']

export function areCompatible(roles: readonly OrganisationRole[]): boolean {
  return new Set(roles).size <= 1 || !roles.some((role) => alone.includes(role))
}

/** Roles with power over others' trades: given by the administrator, never by a centre. */
export const needsAdministrator = (role: OrganisationRole): boolean => alone.includes(role)

/** The roles that can be asked for, of which a centre decides about those that trade. */
export function rolesDecidedBy(isAdministrator: boolean): OrganisationRole[] {
  const trading: OrganisationRole[] = ['purchaser', 'agency', 'bidder']
  return isAdministrator ? [...trading, 'tradingCentre', 'regulator'] : trading
}
