import { expect } from 'vitest'
import type { Someone } from '../../kit/someone.ts'

/** The draw of experts, each contributor at its own device. */
export async function prepareDraw(agency: Someone, no: string): Promise<void> {
  await agency.go(`/t/${no}/draw`)
  await agency.press('保存抽取条件')
  await agency.sees('承诺您的随机数')
}

export async function nameRepresentative(
  purchaser: Someone,
  no: string,
  id: string,
): Promise<void> {
  await purchaser.go(`/t/${no}/draw`)
  await purchaser.fill({ 'representative-0': id, 'mandate-0': '演示授权函 2026-018 号' })
  await purchaser.press('指定代表')
  await purchaser.sees('已指定 1 人')
}

/** Each makes its nonce in its own browser; only digests are there until the moment named. */
export async function commitDraw(
  contributors: readonly Someone[],
  agency: Someone,
  no: string,
): Promise<void> {
  for (const one of contributors) {
    await one.go(`/t/${no}/draw`)
    await one.press('生成随机数并承诺')
    await one.button('生成随机数并承诺').waitFor({ state: 'detached' })
  }
  await agency.press('承诺抽取')
  await agency.sees('等待时刻 T 之后的检查点')
}

export async function revealNonces(contributors: readonly Someone[]): Promise<void> {
  for (const one of contributors) {
    await one.press('公开我的随机数')
    await one.button('公开我的随机数').waitFor({ state: 'detached' })
  }
  const [first] = contributors
  await first.sees('种子已产生。投标人名单开标后才公开，届时计算回避并抽取。')
}

/** The person who was drawn answers from its own list of duties. */
export async function acceptCall(expert: Someone): Promise<void> {
  await expert.takeUp('答复评审邀请')
  await expert.press('接受')
  await expert.sees('您已接受，请按时到评标场所签到')
}

/** The centre checks everybody in: card, face. */
export async function checkIn(centre: Someone, no: string, seats: number): Promise<void> {
  await centre.go(`/t/${no}/draw`)
  for (let i = 0; i < seats; i++) {
    await centre.press('办理签到', 0)
    await centre.choose('已核验身份证件')
    await centre.choose('人证一致')
    await centre.press('确认签到')
    await centre.button('确认签到').waitFor({ state: 'detached' })
  }
  await centre.sees('抽取和签到已经完成')
  expect(await centre.page.getByText('已签到', { exact: true }).count()).toBe(seats)
}

/** Anyone makes the draw again in its own browser. */
export async function recompute(visitor: Someone, no: string): Promise<void> {
  await visitor.go(`/t/${no}/draw`)
  await visitor.press('在我的设备上重算')
  await visitor.sees('一致')
  await visitor.sees(/步一致，/)
}
