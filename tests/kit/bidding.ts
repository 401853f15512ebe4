import type { Someone } from './someone.ts'

/** A bidder's way before the deadline, by the pages: price list, files, sealing, signature. */
export interface BidToType {
  readonly price: string
  readonly days: string
  readonly warranty: string
  readonly isSmall: boolean
  /** Paths of the files, added in this order. */
  readonly files: readonly string[]
}

export const bidPage = (no: string, lot = `${no}-1`) => `/t/${no}/lots/${lot}/bid`

export async function fillQuotation(who: Someone, bid: BidToType): Promise<void> {
  const { page } = who
  await page.getByLabel('投标总报价').fill(bid.price)
  await page.getByLabel('交货期（工期）').fill(bid.days)
  await page.getByLabel('质保期').fill(bid.warranty)
  await who.choose(bid.isSmall ? '是' : '否')
}

export async function seal(who: Someone): Promise<void> {
  await who.follow(/^4 封装/)
  await who.press('开始封装')
  await who.sees('用您的加密证书取回了内容密钥')
}

/** Makes the recovery file, saves it, and opens it once as the page asks. @returns where it is */
export async function keepRecovery(
  who: Someone,
  passPhrase: string,
  folder: string,
): Promise<string> {
  await who.follow('下一步：恢复文件')
  await who.page.getByLabel('设一个口令').fill(passPhrase)
  await who.page.getByLabel('再输一次').fill(passPhrase)
  const kept = await who.save('生成并保存恢复文件', folder)
  await who.attach('选择恢复文件', kept)
  await who.page.getByLabel('恢复文件的口令').fill(passPhrase)
  await who.press('打开试试')
  await who.sees('恢复文件已试开，与这份投标一致。')
  await who.follow('下一步：签名')
  return kept
}

export async function skipRecovery(who: Someone): Promise<void> {
  await who.follow('下一步：恢复文件')
  await who.choose('跳过，不存恢复文件')
  await who.follow('不存恢复文件，继续')
}

/** The bid is signed; it counts from the receipt on. */
export async function submit(who: Someone, ...says: (string | RegExp)[]): Promise<void> {
  await who.press('签名并提交投标')
  await who.sign('签名并提交', ...says)
  await who.sees('事件已在公开存证日志中')
}
