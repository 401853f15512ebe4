import { madeUscc } from '../../kernel/uscc.ts'
import type { OrganisationRole, Viewer } from '../../kernel/viewer.ts'
import type { Family } from './authority.ts'

/** A one-click identity of the demo: a person acting for a demo party, plainly named as one. */
export interface DemoIdentity {
  readonly id: string
  readonly name: string
  readonly role: OrganisationRole | 'mallSupplier' | 'mallBuyer'
  readonly party: { readonly id: string; readonly name: string; readonly uscc: string | null }
  readonly person: string
  readonly capacity: Viewer['capacity']
  readonly family: Family
  readonly expert?: {
    readonly region: string
    readonly employer: string
    readonly specialties: readonly string[]
  }
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1–99 in Chinese, for names of demo parties. */
export function chineseNumber(n: number): string {
  if (n < 10) return digits[n]
  const tens = n >= 20 ? `${digits[Math.floor(n / 10)]}十` : '十'
  return n % 10 === 0 ? tens : `${tens}${digits[n % 10]}`
}

export const venues = ['371300', '370100', '370200']

export function organisation(
  id: string,
  name: string,
  role: DemoIdentity['role'],
  n: number,
  capacity: Viewer['capacity'] = 'authorisedSigner',
): DemoIdentity {
  const uscc = madeUscc(n, role === 'purchaser' || role === 'regulator' ? '12' : '91')
  return {
    id,
    name: `${name} 经办人`,
    role,
    party: { id: uscc, name, uscc },
    person: `person-${id}`,
    capacity,
    family: n % 3 === 2 ? 'rsa' : 'p256',
  }
}

export function expert(n: number): DemoIdentity {
  const id = `expert-${n}`
  return {
    id,
    name: `演示专家${chineseNumber(n)}`,
    role: 'expert',
    party: { id, name: `演示专家${chineseNumber(n)}`, uscc: null },
    person: id,
    capacity: 'expert',
    family: 'p256',
    expert: {
      region: venues[n % venues.length],
      employer: `演示单位${chineseNumber(n)}`,
      specialties: ['A08', 'C01'],
    },
  }
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

/** The identities that every demo has from the start. */
export const fixedIdentities: readonly DemoIdentity[] = [
  ...range(2).map((n) =>
    organisation(`agency-${n}`, `演示代理机构${chineseNumber(n)}`, 'agency', 100 + n),
  ),
  organisation('purchaser-1', '演示采购人（第三实验小学）', 'purchaser', 201),
  organisation('purchaser-2', '演示招标人（市政工程处）', 'purchaser', 202),
  ...range(12).map((n) =>
    organisation(`bidder-${n}`, `演示投标人${chineseNumber(n)}`, 'bidder', 300 + n),
  ),
  ...range(30).map(expert),
  organisation('centre-1', '演示交易中心（主场）', 'tradingCentre', 401, 'operator'),
  organisation('regulator-1', '演示监督部门一', 'regulator', 501, 'operator'),
  organisation('admin-1', '演示平台管理员一', 'platformAdmin', 601, 'operator'),
  organisation('supplier-1', '演示商城供应商一', 'mallSupplier', 701),
  organisation('buyer-1', '演示商城采购单位一', 'mallBuyer', 801),
]
