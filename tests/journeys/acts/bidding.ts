import fs from 'node:fs'
import { expect } from 'vitest'
import { Person } from '../../../db/seed/play/client.ts'
import type { BidInput } from '../../../db/seed/play/input.ts'
import { submitBidOf } from '../../../db/seed/play/seal.ts'
import {
  type BidToType,
  bidPage,
  fillQuotation,
  keepRecovery,
  seal,
  skipRecovery,
  submit,
} from '../../kit/bidding.ts'
import type { Someone } from '../../kit/someone.ts'

export const passPhrase = '阳光之下一切公开透明很好'

/** From the trade's page to the workspace: the document is obtained, nobody else learns of it. */
export async function join(bidder: Someone, no: string): Promise<void> {
  await bidder.go(`/t/${no}`)
  await bidder.press('获取文件')
  await bidder.row('厨房设备一批').getByRole('link', { name: '继续投标' }).click()
  await bidder.sees('投标总报价')
}

interface TypedBid extends BidToType {
  readonly guarantee: string
  /** The price as the page echoes it. */
  readonly words: string
}
/** What bidders one and two type. */
export const typed = {
  first: {
    price: '2468800',
    days: '45',
    warranty: '36',
    isSmall: false,
    guarantee: '演示保函 001',
    words: '贰佰肆拾陆万捌仟捌佰元整',
  },
  second: {
    price: '2,315,000元',
    days: '40',
    warranty: '24',
    isSmall: true,
    guarantee: '演示保函 002',
    words: '贰佰叁拾壹万伍仟元整',
  },
}
/** The bids of three and four. */
export const more: readonly BidInput[] = [
  { id: 'bid-3', bidder: '演示投标人三', smallOrMicro: true, priceFen: 252_000_000 },
  { id: 'bid-4', bidder: '演示投标人四', smallOrMicro: false, priceFen: 198_600_000 },
].map((one, seed) => ({
  ...one,
  deliveryDays: 42,
  warrantyMonths: 24,
  files: [{ name: '资格文件.pdf', bytes: 4000, seed }],
}))

/** The whole bid, up to a saved receipt. @returns the recovery file, where one is kept */
export async function bid(
  bidder: Someone,
  no: string,
  one: TypedBid,
  folder: string,
  keeps: boolean,
): Promise<string | null> {
  await bidder.go(bidPage(no))
  await fillQuotation(bidder, one)
  await bidder.sees(one.words)
  await bidder.follow('下一步：文件')
  await bidder.attach('选择文件', ...one.files)
  await bidder.follow('下一步：核对')
  await bidder.fill({ 'bond-reference': one.guarantee })
  await bidder.press('登记保证金')
  await bidder.sees('已登记 50,000.00 元')
  await bidder.sees('签名、加密证书可用')
  await seal(bidder)
  const recovery = keeps ? await keepRecovery(bidder, passPhrase, folder) : null
  if (!keeps) await skipRecovery(bidder)
  await submit(bidder, '第 1 次')
  const receipt = await bidder.save('保存回执', folder)
  expect(JSON.parse(fs.readFileSync(receipt, 'utf8'))).toMatchObject({ kind: 'receipt' })
  return recovery
}

/** What would only repeat: a further bidder joins, lodges its bond and submits over HTTP. */
export async function bidElsewhere(
  url: string,
  identity: string,
  at: { tender: string; lot: string; subject: { zh: string; en: string } },
  one: BidInput,
): Promise<Person> {
  const known = await Person.nobody(url).get<{ id: string }[]>('/api/demo/identities')
  const person = await Person.signIn(url, known.find(({ id }) => id === identity) as never)
  await person.post(`/api/lots/${at.lot}/participation`, {})
  await person.post(`/api/lots/${at.lot}/bond`, {
    id: `bond-${one.id}`,
    amountFen: 5_000_000,
    form: 'guarantee',
    reference: `演示保函 ${one.id}`,
  })
  await submitBidOf(person, at, one)
  return person
}
