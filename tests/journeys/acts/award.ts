import type { Someone } from '../../kit/someone.ts'

/** From the report to the archive, and what becomes public of it. */
export async function decide(
  purchaser: Someone,
  no: string,
  winner: string,
  price: string,
): Promise<void> {
  await purchaser.go(`/t/${no}`)
  await purchaser.follow('去定标')
  await purchaser.sees('确定中标（成交）人')
  await purchaser.page.getByRole('definition').getByText(winner).first().waitFor()
  await purchaser.press('定标')
  await purchaser.sign('签名并定标', price)
}

export async function publishResult(purchaser: Someone): Promise<void> {
  await purchaser.press('发布结果公告')
  await purchaser.sign('签名并发布')
  await purchaser.sees('提出合同')
}

export const terms = '按招标文件与投标文件签订，实质性内容不变。货到验收合格后三十日内付清。'

export async function proposeContract(purchaser: Someone): Promise<void> {
  await purchaser.fill({ 'contract-number': '演示合同 2026-018', 'contract-terms': terms })
  await purchaser.press('签名并提出合同')
  await purchaser.sign('签名并提交', terms)
  await purchaser.sees('已提出，等待中标（成交）人确认同一份内容。')
}

export async function countersign(winner: Someone): Promise<void> {
  await winner.takeUp('确认合同')
  await winner.sees(terms)
  await winner.press('签名确认合同')
  await winner.sign('签名并提交', terms)
  await winner.sees('已签订')
}

/** Bonds back, then the archive. */
export async function archive(agency: Someone, no: string, bonds: number): Promise<void> {
  await agency.go(`/t/${no}/award`)
  for (let i = bonds; i > 0; i--) {
    await agency.press('已退还', 0)
    await agency.page.waitForFunction(
      (left) =>
        [...document.querySelectorAll('button')].filter((b) => b.textContent?.trim() === '已退还')
          .length === left,
      i - 1,
    )
  }
  await agency.press('归档')
  await agency.sees('已归档')
}

/** 未中标: own total and rank, each step with its rule, and nobody else's points. */
export async function readWhy(loser: Someone, no: string, other: string): Promise<void> {
  await loser.go(`/t/${no}/award`)
  await loser.sees('结果告知：演示投标人一 未中标')
  await loser.sees('投标有效，排名在中标（成交）人之后。')
  await loser.sees(/财政部令第87号第/)
  await loser.seesNot(other)
}

/** The public bag and the platform's keys are saved, and checked by the visitor's own browser. */
export async function verify(visitor: Someone, no: string, folder: string): Promise<void> {
  await visitor.go(`/t/${no}/result`)
  const bag = await visitor.save('下载公开包', folder)
  await visitor.go('/verify')
  const trust = await visitor.save('保存本平台的密钥', folder)
  await visitor.attach('选择密钥文件', trust)
  await visitor.attach('选择文件', bag)
  await visitor.page.getByText('核验通过').first().waitFor({ timeout: 60_000 })
}
