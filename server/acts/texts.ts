import { formatBeijing } from '../kernel/calendar.ts'
import { formatYuan } from '../kernel/money.ts'
import { toWords } from '../kernel/money-words.ts'
import type { ActForm, Purpose } from './forms.ts'

/**
 * What a signer reads before signing, made from the act's own fields and nothing else: server,
 * browser and verifier make it again from the signed bytes. First line: the act; last lines: what
 * follows from it.
 */
interface Shown {
  readonly zh: readonly string[]
  readonly en: readonly string[]
}
type Texts = { readonly [P in Purpose]: (f: ActForm<P>) => Shown }

const money = (fen: number | null) =>
  fen === null
    ? { zh: '无（未开启）', en: 'none (not opened)' }
    : { zh: `${formatYuan(fen)} 元（${toWords(fen)}）`, en: `CNY ${formatYuan(fen)}` }
const at = (instant: string) => ({
  zh: `${formatBeijing(instant)}（北京时间）`,
  en: `${formatBeijing(instant)} Beijing time (UTC+8)`,
})
/** The act's name, what it is about, then its own lines. */
function shown(
  act: { zh: string; en: string },
  subject: { zh: string; en: string },
  zh: readonly string[] = [],
  en: readonly string[] = [],
): Shown {
  return { zh: [act.zh, subject.zh, ...zh], en: [act.en, subject.en, ...en] }
}
const reopenNames = {
  sumError: { zh: '分值汇总计算错误', en: 'Points were added up wrongly' },
  scoreOutOfRange: { zh: '分项评分超出评分标准范围', en: 'Points out of an item’s range' },
  objectiveScoresUnequal: { zh: '客观评分不一致', en: 'Objective items scored differently' },
  abnormallyHighOrLow: { zh: '评分畸高、畸低', en: 'Points abnormally high or low' },
} as const
const failNames = {
  gaveUp: { zh: '放弃中标', en: 'It gave up' },
  forceMajeure: { zh: '因不可抗力不能履行合同', en: 'Force majeure' },
  noPerformanceBond: { zh: '未按要求提交履约保证金', en: 'No performance bond' },
  offence: { zh: '被查实存在影响中标结果的违法行为', en: 'A proven offence bearing on the result' },
  signatureInvalid: { zh: '投标签名经核实无效', en: 'The bid is not validly signed' },
} as const
const digest = (sha256: string) => sha256.slice(0, 12)
const lines = (text: string) => text.split('\n')

export const texts: Texts = {
  'log-in': () => ({
    zh: ['登录本平台', '此签名只用于证明身份，不产生其他效力。'],
    en: ['Sign in to this platform', 'This signature proves who you are and has no other effect.'],
  }),
  'bind-certificate': (f) => ({
    zh: [
      '绑定证书到本单位',
      f.use === 'sign' ? '用途：签名' : '用途：加密（投标文件的解密）',
      `证书摘要 ${digest(f.certificateSha256)}`,
      '此后用该证书签署的内容由本单位负责。',
    ],
    en: [
      'Bind a certificate to this organisation',
      f.use === 'sign' ? 'Use: signing' : 'Use: encryption, to open sealed bids',
      `Certificate digest ${digest(f.certificateSha256)}`,
      'What is signed with it from now on is the organisation’s own.',
    ],
  }),
  'approve-document': (f) =>
    shown(
      { zh: '确认招标文件', en: 'Approve the tender document' },
      f.subject,
      [
        `文件摘要 ${digest(f.documentSha256)}`,
        ...f.waivers.map((w) => `不适用 ${w.rule}：${w.reason}`),
        '确认后代理机构可以发布公告。',
      ],
      [
        `Document digest ${digest(f.documentSha256)}`,
        ...f.waivers.map((w) => `Waived ${w.rule}: ${w.reason}`),
        'The agency may then publish the notice.',
      ],
    ),
  'publish-notice': (f) =>
    shown(
      { zh: '发布公告', en: 'Publish the notice' },
      f.subject,
      [
        `文件摘要 ${digest(f.documentSha256)}`,
        f.submissionDeadline
          ? `投标截止 ${at(f.submissionDeadline).zh}`
          : '投标截止按招标文件的天数推算',
        '发布后不能修改，只能依法澄清、修改。',
      ],
      [
        `Document digest ${digest(f.documentSha256)}`,
        f.submissionDeadline
          ? `Deadline ${at(f.submissionDeadline).en}`
          : 'The deadline follows from the days in the document',
        'Once published it is amended by law only, never edited.',
      ],
    ),
  'propose-answer': (f) =>
    shown(
      { zh: '提议答疑（影响投标，须双方确认）', en: 'Propose an answer that bears on bids' },
      f.subject,
      lines(f.text),
      lines(f.text),
    ),
  'propose-amendment': (f) =>
    shown(
      { zh: '提议修改招标文件', en: 'Propose an amendment' },
      f.subject,
      [...lines(f.text), f.affectsBids ? '可能影响投标文件编制。' : '不影响投标文件编制。'],
      [...lines(f.text), f.affectsBids ? 'It may bear on bids.' : 'It does not bear on bids.'],
    ),
  'propose-deadline': (f) =>
    shown(
      { zh: '提议推迟投标截止时间', en: 'Propose a later deadline' },
      f.subject,
      [`推迟至 ${at(f.deadline).zh}`, f.reason],
      [`Moved to ${at(f.deadline).en}`, f.reason],
    ),
  countersign: (f) =>
    shown(
      { zh: '确认对方的提议', en: 'Countersign a proposal' },
      f.subject,
      [...f.proposalText.zh, '确认后立即生效。'],
      [...f.proposalText.en, 'It takes effect at once.'],
    ),
  'terminate-lot': (f) =>
    shown({ zh: '终止采购活动', en: 'Terminate the lot' }, f.subject, [f.reason], [f.reason]),
  'submit-bid': (f) =>
    shown(
      { zh: '提交投标', en: 'Submit the bid' },
      f.subject,
      [
        `第 ${f.revision} 次递交${f.replaces ? '，替换此前的投标' : ''}`,
        `密文摘要 ${f.parts.map((p) => digest(p.headerHash)).join('、')}`,
        `投标截止 ${at(f.deadline).zh}`,
        '截止前可替换或撤回，截止后不可更改。',
      ],
      [
        `Submission ${f.revision}${f.replaces ? ', replacing the earlier bid' : ''}`,
        `Digest of the sealed bid ${f.parts.map((p) => digest(p.headerHash)).join(', ')}`,
        `Deadline ${at(f.deadline).en}`,
        'Until the deadline it may be replaced or withdrawn; after it nothing changes.',
      ],
    ),
  'confirm-bid': (f) =>
    shown(
      { zh: '确认投标对新版招标文件有效', en: 'Confirm the bid for the new version' },
      f.subject,
      [`招标文件第 ${f.document.version} 版`, `密文摘要 ${digest(f.headerHash)}`],
      [
        `Document version ${f.document.version}`,
        `Digest of the sealed bid ${digest(f.headerHash)}`,
      ],
    ),
  'rewrap-bid': (f) =>
    shown(
      { zh: '投标改由新证书开启', en: 'Let the renewed certificate open the bid' },
      f.subject,
      [
        `密文摘要 ${digest(f.headerHash)}`,
        `新加密证书 ${digest(f.certificateSha256)}`,
        '投标内容和文件不变，不重新上传；开标时用新证书的密钥解密。',
      ],
      [
        `Digest of the sealed bid ${digest(f.headerHash)}`,
        `New encryption certificate ${digest(f.certificateSha256)}`,
        'Content and files stay, nothing is uploaded; at the opening the new key opens the bid.',
      ],
    ),
  'withdraw-bid': (f) =>
    shown(
      { zh: '撤回投标', en: 'Withdraw the bid' },
      f.subject,
      ['视为未投标，保证金依规退还。'],
      ['As if no bid had been made; the bond is returned as the rules say.'],
    ),
  'revoke-bid': (f) =>
    shown(
      { zh: '撤销投标', en: 'Revoke the bid' },
      f.subject,
      [f.reason, '截止后撤销，保证金可能不予退还。'],
      [f.reason, 'After the deadline the bond may be forfeited.'],
    ),
  'confirm-row': (f) =>
    shown(
      { zh: '确认开标记录中本单位一行', en: 'Confirm my row of the opening record' },
      f.subject,
      [`报价 ${money(f.priceFen).zh}`],
      [`Price ${money(f.priceFen).en}`],
    ),
  'close-opening': (f) =>
    shown(
      { zh: '签署开标记录并结束开标', en: 'Sign the opening record and close' },
      f.subject,
      [`记录摘要 ${digest(f.recordSha256)}`],
      [`Digest of the record ${digest(f.recordSha256)}`],
    ),
  'submit-qualification-review': (f) =>
    review({ zh: '签署资格审查', en: 'Sign the qualification review' }, f),
  'sign-commitment': (f) =>
    shown(
      { zh: '签署评标承诺', en: 'Sign the undertaking' },
      f.subject,
      [
        '本人与投标人无利害关系，遵守评标纪律，独立评审，对评审意见依法承担责任。',
        ...f.recusals.map((r) => `申明：${r}`),
      ],
      [
        'I have no interest in any bidder, keep the rules of the evaluation, judge on my own and answer for it by law.',
        ...f.recusals.map((r) => `Declared: ${r}`),
      ],
    ),
  'submit-sheet': (f) => review({ zh: '提交评审表', en: 'Submit the evaluation sheet' }, f),
  'give-explanation': (f) =>
    shown(
      { zh: '提交澄清说明', en: 'Give the explanation' },
      f.subject,
      lines(f.text),
      lines(f.text),
    ),
  'sign-report': (f) =>
    shown(
      { zh: '签署评标报告：同意', en: 'Sign the evaluation report: agreed' },
      f.subject,
      [`报告摘要 ${digest(f.reportSha256)}`],
      [`Digest of the report ${digest(f.reportSha256)}`],
    ),
  dissent: (f) =>
    shown(
      { zh: '签署评标报告：不同意', en: 'Sign the evaluation report: dissent' },
      f.subject,
      [`报告摘要 ${digest(f.reportSha256)}`, f.reason],
      [`Digest of the report ${digest(f.reportSha256)}`, f.reason],
    ),
  'publish-candidates': (f) =>
    shown(
      { zh: '公示中标候选人', en: 'Publish the award candidates' },
      f.subject,
      [`候选人 ${f.candidates.join('、')}`, `公示至 ${at(f.until).zh}`],
      [`Candidates ${f.candidates.join(', ')}`, `Until ${at(f.until).en}`],
    ),
  award: (f) =>
    shown(
      { zh: '定标', en: 'Decide the award' },
      f.subject,
      [`中标人 ${f.bidder}`, `中标价 ${money(f.priceFen).zh}`, ...(f.reason ? [f.reason] : [])],
      [`Awarded to ${f.bidder}`, `Price ${money(f.priceFen).en}`, ...(f.reason ? [f.reason] : [])],
    ),
  'publish-result': (f) =>
    shown(
      { zh: '发布中标结果公告', en: 'Publish the result' },
      f.subject,
      [`中标人 ${f.bidder}`, `公告至 ${at(f.until).zh}`],
      [`Awarded to ${f.bidder}`, `Until ${at(f.until).en}`],
    ),
  'cancel-award': (f) =>
    shown({ zh: '取消中标资格', en: 'Cancel the award' }, f.subject, [f.reason], [f.reason]),
  'propose-contract': (f) =>
    shown(
      { zh: '提出合同', en: 'Propose the contract' },
      f.subject,
      [`合同编号 ${f.number}`, `合同价 ${money(f.priceFen).zh}`, ...lines(f.terms)],
      [`Contract ${f.number}`, `Price ${money(f.priceFen).en}`, ...lines(f.terms)],
    ),
  'file-objection': (f) =>
    shown(
      f.kind === 'objection'
        ? { zh: '提出异议', en: 'File an objection' }
        : { zh: '提出质疑', en: 'File a challenge' },
      f.subject,
      [...lines(f.facts), `请求：${f.request}`, ...(f.law ? [`依据：${f.law}`] : [])],
      [...lines(f.facts), `Request: ${f.request}`, ...(f.law ? [`Law: ${f.law}`] : [])],
    ),
  'reply-objection': (f) =>
    shown(
      { zh: '答复异议（质疑）', en: 'Reply to the objection' },
      f.subject,
      [f.upheld ? '成立' : '不成立', ...lines(f.text)],
      [f.upheld ? 'Upheld' : 'Not upheld', ...lines(f.text)],
    ),
  'issue-directive': (f) =>
    shown(
      { zh: '发出监督意见', en: 'Issue a directive' },
      f.subject,
      [`依据 ${f.article}`, ...lines(f.text)],
      [`Under ${f.article}`, ...lines(f.text)],
    ),
  'confirm-correction': (f) =>
    shown(
      f.isConfirmed
        ? { zh: '确认修正后的报价', en: 'Confirm the corrected price' }
        : { zh: '不确认修正后的报价', en: 'Refuse the corrected price' },
      f.subject,
      [
        `修正后的报价 ${money(f.correctedFen).zh}`,
        f.isConfirmed ? '确认后按此报价评审和签订合同。' : '不确认的，投标无效。',
      ],
      [
        `Corrected price ${money(f.correctedFen).en}`,
        f.isConfirmed
          ? 'Once confirmed it is the price that is judged and contracted.'
          : 'A bid whose corrected price is refused is invalid.',
      ],
    ),
  'send-back-report': (f) =>
    shown(
      { zh: '退回评标报告复核', en: 'Send the report back for a re-check' },
      f.subject,
      [`报告摘要 ${digest(f.report)}`, reopenNames[f.ground].zh, f.reason, '由原评标委员会复核。'],
      [
        `Digest of the report ${digest(f.report)}`,
        reopenNames[f.ground].en,
        f.reason,
        'The same committee takes it up again.',
      ],
    ),
  'pass-over-candidate': (f) =>
    shown(
      { zh: '认定候选人不能中标', en: 'Pass over a candidate' },
      f.subject,
      [f.bidder, failNames[f.ground].zh, f.reason, `证明文件：${f.evidence}`],
      [f.bidder, failNames[f.ground].en, f.reason, `Evidence: ${f.evidence}`],
    ),
  'reject-bid': (f) =>
    shown(
      { zh: '否决投标', en: 'Reject the bid' },
      f.subject,
      [f.bidder, f.ground, f.reason],
      [f.bidder, f.ground, f.reason],
    ),
}

function review(
  act: { zh: string; en: string },
  f: { subject: { zh: string; en: string }; rows: ActForm<'submit-sheet'>['rows'] },
): Shown {
  const bidders = new Set(f.rows.map((r) => r.bidder)).size
  const against = f.rows.filter((r) => r.pass === false)
  return shown(
    act,
    f.subject,
    [
      `${bidders} 个投标人，${f.rows.length} 项意见，其中不通过 ${against.length} 项`,
      ...against.map((r) => `${r.bidder} ${r.item} 不通过：${r.reason ?? ''}`),
      ...f.rows
        .filter((r) => r.points !== undefined)
        .map((r) => `${r.bidder} ${r.item} ${r.points} 分`),
      '签名后不可更改，依法负责。',
    ],
    [
      `${bidders} bidders, ${f.rows.length} findings, ${against.length} of them against`,
      ...against.map((r) => `${r.bidder} ${r.item} against: ${r.reason ?? ''}`),
      ...f.rows
        .filter((r) => r.points !== undefined)
        .map((r) => `${r.bidder} ${r.item} ${r.points} points`),
      'Once signed nothing changes; the signer answers for it by law.',
    ],
  )
}
