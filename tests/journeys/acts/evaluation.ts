import type { Someone } from '../../kit/someone.ts'

/** Reviews and scores at the desk, by click or by key, until the signed report. */
export type Judgement = { readonly pass: boolean; readonly reason?: string } | string

async function judge(who: Someone, one: Judgement): Promise<void> {
  if (typeof one === 'string') await who.field('score').fill(one)
  else {
    await who.choose(one.pass ? '通过' : '不通过')
    if (one.reason) await who.field('reason').fill(one.reason)
  }
}

/** Every item of every bid in the order of the desk. */
export async function judgeAll(who: Someone, all: readonly Judgement[]): Promise<void> {
  for (const one of all) {
    await judge(who, one)
    await who.press('下一项')
  }
  await who.sees(`已评 ${all.length} / ${all.length}`)
}

/** The same without a mouse: 1 passes, J goes on. */
export async function passAllByKeys(who: Someone, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    await who.page.keyboard.press('1')
    await who.page.keyboard.press('j')
  }
  await who.sees(`已评 ${count} / ${count}`)
}

export async function handIn(who: Someone): Promise<void> {
  await who.press('提交本阶段评审')
  await who.sign('签名并提交')
  await who.sees('您本阶段的评审已签名提交')
}

/** 资格审查 of government procurement: by the purchaser, signed. */
export async function reviewQualification(
  purchaser: Someone,
  no: string,
  all: readonly Judgement[],
): Promise<void> {
  await purchaser.go(`/t/${no}`)
  await purchaser.follow('去审查')
  await judgeAll(purchaser, all)
  await purchaser.sees(/已保存 /)
}

export async function signQualification(purchaser: Someone): Promise<void> {
  await purchaser.press('签署资格审查')
  await purchaser.sign('签名并提交')
  await purchaser.sees('资格审查已签名提交')
}

export async function undertake(member: Someone, no: string): Promise<void> {
  await member.go(`/t/${no}`)
  await member.follow('进入评审工作台')
  await member.choose('没有，可以参加评审')
  await member.press('签署承诺书')
  await member.sign('签署')
}

export async function elect(voters: readonly Someone[], chair: string): Promise<void> {
  for (const one of voters) await one.press(`推选${chair}为组长`)
}

export async function closePhase(chair: Someone, no: string, phase: string): Promise<void> {
  await chair.go(`/t/${no}/desk/chair`)
  await chair.sees(`${phase}：可以结束本阶段`)
  await chair.press(`结束${phase}`)
}

/** Scores far from the others': their author confirms each, with a reason. */
export async function confirmScores(member: Someone, count: number, reason: string): Promise<void> {
  for (let left = count; left > 0; left--) {
    await member.page
      .getByText('请确认您的评分')
      .nth(left - 1)
      .waitFor()
    await member.page.getByLabel('确认的理由').first().fill(reason)
    await member.press('确认评分不变', 0)
    await member.page
      .getByText('请确认您的评分')
      .nth(left - 1)
      .waitFor({ state: 'detached' })
  }
}

export async function signReport(member: Someone, dissent?: string): Promise<void> {
  await member.choose(dissent ? '不同意，写明理由' : '同意评标报告')
  if (dissent) await member.field('dissent-reason').fill(dissent)
  await member.press('签署报告')
  await member.sign('签名并提交')
  await member.sees(dissent ? '您已签署：不同意。理由写入报告。' : '您已签署：同意。')
}
