import type { SignatureRow } from '../evaluation/evaluation/decider.ts'
import type { EvaluationReport } from '../evaluation/evaluation/rules-report.ts'
import { formatYuan } from '../kernel/money.ts'
import { documentOf, facts, heading, type PrintedDocument, paragraph, rows } from './layout.ts'
import { groundText, phaseText } from './words.ts'

const how: Record<SignatureRow['how'], string> = {
  agreed: '同意',
  dissent: '不同意',
  silent: '未签署也未说明理由，视为同意',
}

/** The evaluation report 评标报告 as a document; it names each member's signature. */
export function reportDocument(
  report: EvaluationReport,
  reportSha256: string,
  signatures: readonly SignatureRow[],
  names: ReadonlyMap<string, string>,
  head: { readonly title: string; readonly issuedAt: string; readonly address: string },
): PrintedDocument {
  const name = (party: string) => names.get(party) ?? party
  return documentOf(
    {
      title: '评标报告',
      trade: report.lot,
      name: head.title,
      issuedAt: head.issuedAt,
      digest: reportSha256,
      address: head.address,
    },
    [
      facts([
        ['适用制度', report.regime === 'tender' ? '招标投标' : '政府采购'],
        [
          '评标委员会',
          report.members
            .map((m) => `${name(m.id)}${m.represents === 'purchaser' ? '（采购人代表）' : ''}`)
            .join('、'),
        ],
        ['主任委员', report.chair ? name(report.chair) : '—'],
        [
          '评标基准价',
          report.benchmarkFen === null ? '—' : `${formatYuan(report.benchmarkFen)} 元`,
        ],
      ]),
      heading('开标报价'),
      rows(
        ['投标人', '报价（元）'],
        report.openings.map((o) => [name(o.bidder), formatYuan(o.priceFen)]),
        [1],
        ['*', 'auto'],
      ),
      ...changedPrices(report, name),
      heading('否决投标（无效投标）'),
      report.rejections.length === 0
        ? paragraph('无')
        : rows(
            ['投标人', '阶段', '条款', '理由', '反对/赞成'],
            report.rejections.map((r) => [
              name(r.bidder),
              phaseText(r.phase),
              r.item ?? groundText(r.ground),
              [...new Set(r.reasons)].join('；'),
              r.votes
                ? `${r.votes.against}/${r.votes.for}`
                : r.by === 'purchaser'
                  ? '采购人'
                  : '依规则',
            ]),
            [],
            ['*', 50, 60, '*', 52],
          ),
      heading('排名'),
      rows(
        ['名次', '投标人', '评标价（元）', '价格分', '其他分', '总分'],
        report.ranking.map((r) => [
          String(r.rank),
          name(r.bid),
          r.evaluatedPriceFen === undefined ? '—' : formatYuan(Number(r.evaluatedPriceFen)),
          String(r.priceScore ?? '—'),
          String(r.itemsMean ?? '—'),
          String(r.total ?? '—'),
        ]),
        [2, 3, 4, 5],
        ['auto', '*', 'auto', 'auto', 'auto', 'auto'],
      ),
      paragraph(`推荐中标候选人：${report.candidates.map(name).join('、')}`),
      heading('签署'),
      rows(
        ['成员', '意见', '理由', '签名摘要'],
        signatures.map((s) => [name(s.member), how[s.how], s.reason ?? '', s.act ?? '—']),
      ),
    ],
  )
}

/** Corrected prices and bids revoked after the opening; nothing where there are none. */
function changedPrices(
  report: EvaluationReport,
  name: (party: string) => string,
): ReturnType<typeof paragraph>[] {
  const corrections = report.corrections.map((c) => [
    name(c.bidder),
    formatYuan(c.openedFen),
    formatYuan(c.correctedFen),
    c.isConfirmed ? '已确认' : '未确认',
    c.reason,
  ])
  return [
    ...(corrections.length > 0
      ? [
          heading('报价修正'),
          rows(
            ['投标人', '开标报价（元）', '修正后（元）', '投标人', '理由'],
            corrections,
            [1, 2],
            ['*', 'auto', 'auto', 'auto', '*'],
          ),
        ]
      : []),
    ...(report.revoked ?? []).map((r) =>
      paragraph(`${name(r.bidder)} 在开标后撤销投标，不再评审和排名。理由：${r.reason}`),
    ),
  ]
}
