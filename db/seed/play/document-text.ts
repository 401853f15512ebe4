import { formatYuan } from '../../../server/kernel/money.ts'
import { toWords } from '../../../server/kernel/money-words.ts'
import type { TenderDocument } from '../../../server/tendering/project/document.ts'

/** 招标文件.md of a demo: the structured document as a text that people read. */
export function tenderDocumentText(document: TenderDocument, project: string): string {
  const { title, lots, qualification, responsiveness, scoring } = document
  const list = (items: readonly { id: string; zh: string; en: string }[]) =>
    items.map((i) => `- ${i.id} ${i.zh} / ${i.en}`).join('\n')
  return [
    `# ${title.zh}`,
    title.en,
    `项目编号 ${project}（演示数据）`,
    `## 预算\n\n${formatYuan(document.budgetFen)} 元（${toWords(document.budgetFen)}）`,
    '## 标段（包）',
    ...lots.map(
      (lot) =>
        `- ${lot.title.zh} / ${lot.title.en}：最高限价 ${
          lot.ceilingPriceFen === undefined ? '无' : `${formatYuan(lot.ceilingPriceFen)} 元`
        }，交货期 ${lot.deliveryDays} 日，投标有效期 ${lot.validityDays} 日，保证金 ${formatYuan(lot.bondFen)} 元`,
    ),
    `## 资格要求\n\n${list(qualification)}`,
    `## 实质性要求\n\n${list(responsiveness)}`,
    `## 评分\n\n价格 ${scoring.price.weight} 分，公式 ${scoring.price.formula}`,
    scoring.items.map((i) => `- ${i.id} ${i.zh} / ${i.en}：${i.max} 分，步长 ${i.step}`).join('\n'),
    `同分依次比较：${scoring.tieBreak.join('、')}；推荐候选人 ${scoring.candidates} 名。`,
  ].join('\n\n')
}
