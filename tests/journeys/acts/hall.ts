import { expect } from 'vitest'
import type { Someone } from '../../kit/someone.ts'
import { passPhrase } from './bidding.ts'

/** The opening hall: everyone in a window of its own, which changes by itself. */
export async function enterHall(who: Someone, no: string): Promise<void> {
  await who.go(`/t/${no}/opening`)
  await who.press('进入大厅')
  await who.sees(/您已于 .* 进入，在此等候开标。/)
}

export async function signInToHall(officer: Someone, no: string): Promise<void> {
  await officer.go(`/t/${no}/opening`)
  await officer.press('签到')
  await officer
    .button('签到')
    .waitFor({ state: 'detached' })
    .catch(() => {})
}

/** The key of one's own certificate goes out; the private key doesn't. */
export async function release(bidder: Someone): Promise<void> {
  await bidder.press('解密我的投标')
  await bidder.sees('您的密钥已释放，等待统一公布')
}

export async function releaseByFile(bidder: Someone, recovery: string): Promise<void> {
  await bidder.page.getByText('证书用不了').click()
  await bidder.attach('选择恢复文件', recovery)
  await bidder.page.getByLabel('恢复文件的口令').fill(passPhrase)
  await bidder.press('用恢复文件解密')
}

/** Nobody, whoever it is, reads a price; where it will stand, it says that all come together. */
export async function seeNoPrice(
  everyone: readonly Someone[],
  rows: number,
  prices: readonly string[],
): Promise<void> {
  for (const one of everyone) {
    expect(await one.count('同时公布')).toBe(rows)
    await one.seesNot(...prices)
  }
}

/** The regulator's wall shows the session that runs, and no price of it. */
export async function watch(
  regulator: Someone,
  no: string,
  title: string,
  prices: readonly string[],
): Promise<void> {
  await regulator.go('/watch')
  await regulator.page.locator(`a[href^="/t/${no}"]`).first().waitFor()
  await regulator.sees(title)
  await regulator.seesNot(...prices)
}

export async function seeAllPrices(
  everyone: readonly Someone[],
  prices: readonly string[],
): Promise<void> {
  for (const one of everyone) {
    for (const price of prices) await one.page.getByText(price, { exact: true }).first().waitFor()
    expect(await one.count('同时公布')).toBe(0)
  }
}

export async function confirmRow(bidder: Someone, says: string): Promise<void> {
  await bidder.sees(says)
  await bidder.press('签名确认')
  await bidder.sign('签名确认')
  await bidder.sees('您已签名确认')
}

/** An objection raised and answered on the spot. */
export async function objectAndAnswer(bidder: Someone, host: Someone): Promise<void> {
  await bidder.press('提出异议')
  await bidder.page.getByLabel('异议内容').fill('请说明唱标的交货期以哪份文件为准。')
  await bidder.press('提出')
  await host.sees('请说明唱标的交货期以哪份文件为准。')
  await host.page.getByLabel('当场答复').fill('以投标报价表填写的交货期为准。')
  await host.press('答复')
  await bidder.sees(/以投标报价表填写的交货期为准。/)
}

export async function closeOpening(host: Someone, witness: Someone): Promise<void> {
  await host.press('签署开标记录')
  await host.sign('签署')
  await witness.press('签署开标记录')
  await witness.sign('签署')
  for (const one of [host, witness]) {
    await one.sees('开标已结束')
    await one.sees('在本机重算，一致')
  }
}
