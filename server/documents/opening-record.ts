import { formatBeijing } from '../kernel/calendar.ts'
import { formatYuan } from '../kernel/money.ts'
import type { OpeningRecord } from '../opening/opening-session/record.ts'
import { documentOf, facts, heading, type PrintedDocument, paragraph, rows } from './layout.ts'
import { causeText } from './words.ts'

/** Who signed, as the PDF names them. */
export interface PrintedSignature {
  readonly role: string
  readonly name: string
  readonly at: string
  readonly act: string
}

const time = (at: string | null) => (at === null ? '—' : formatBeijing(at))

/** The opening record 开标记录 as a document: what host and witness signed, and their signatures. */
export function openingDocument(
  record: OpeningRecord,
  recordSha256: string | null,
  signatures: readonly PrintedSignature[],
  address: string,
): PrintedDocument {
  return documentOf(
    {
      title: '开标记录',
      trade: record.project,
      name: record.title.zh,
      issuedAt: record.openedAt ?? record.deadline,
      digest: recordSha256 ?? '尚未签署',
      address,
    },
    [
      facts([
        ['投标截止、开标时间', `${time(record.deadline)}（北京时间）`],
        ['开标方式', '不见面开标（在线）'],
        ['开启时间', time(record.openedAt)],
        [
          '主持人',
          record.host ? `${record.host.name}，${time(record.host.signedInAt)} 签到` : '缺席',
        ],
        [
          '见证人',
          record.witness
            ? `${record.witness.name}，${time(record.witness.signedInAt)} 签到`
            : '缺席',
        ],
      ]),
      ...record.lots.flatMap((lot) => [
        heading(lot.title.zh),
        ...(lot.parameters
          ? [
              paragraph(
                `抽取参数 K ${lot.parameters.k ?? '—'}，方法 ${lot.parameters.method ?? '—'}`,
              ),
            ]
          : []),
        rows(
          ['序', '投标人', '递交时间', '版本、解密', '报价（元）', '确认'],
          lot.rows.map((row, i) => [
            String(i + 1),
            row.name,
            time(row.receivedAt),
            [versionOf(row), resultOf(row)].join('\n'),
            priceOf(row),
            row.confirmation === 'signed'
              ? '已签名'
              : row.confirmation === 'silent'
                ? '未回应，视为确认'
                : '—',
          ]),
          [4],
          [18, '*', 54, 58, 116, 42],
        ),
      ]),
      ...(record.returned.length > 0
        ? [paragraph(`投标人不足三个、未开启的标段（包）：${record.returned.join('、')}`)]
        : []),
      ...(record.objections.length > 0
        ? [
            heading('异议与答复'),
            rows(
              ['提出', '内容', '答复'],
              record.objections.map((o) => [time(o.at), o.text, o.answer?.text ?? '']),
            ),
          ]
        : []),
      ...(record.extensions.length > 0
        ? [
            heading('延长'),
            rows(
              ['时间', '分钟', '原因'],
              record.extensions.map((e) => [time(e.at), String(e.minutes), e.reason]),
            ),
          ]
        : []),
      heading('签署'),
      rows(
        ['身份', '姓名', '时间', '签名摘要'],
        signatures.map((s) => [s.role, s.name, time(s.at), s.act]),
      ),
    ],
  )
}

type RecordRow = OpeningRecord['lots'][number]['rows'][number]

const versionOf = (row: RecordRow) =>
  row.confirmedVersion < row.documentVersion
    ? `第 ${row.documentVersion} 版未确认`
    : `第 ${row.confirmedVersion} 版`

const resultOf = ({ result }: RecordRow) =>
  result?.outcome === 'opened'
    ? '已开启'
    : result && 'problem' in result
      ? `不予开启：${causeText(String(result.problem))}`
      : '不予开启'

/** Figures, and the same in words below. */
const priceOf = ({ result }: RecordRow) =>
  result && 'priceFen' in result
    ? [
        formatYuan(Number(result.priceFen)),
        ...('priceWords' in result ? [String(result.priceWords)] : []),
      ].join('\n')
    : '—'
