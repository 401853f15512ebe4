import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of the lot. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'not-entitled': commonProblems['not-entitled'],
  'lot-suspended': {
    status: 409,
    zh: '本标段（包）已暂停，未执行。恢复后可继续，已填内容保留。',
    en: 'This lot is suspended; nothing was done. Go on once it is resumed; entries are kept.',
    source: '招标投标法实施条例 art. 22, 54',
  },
  'suspended-already': {
    status: 409,
    zh: '此事由已使本标段（包）暂停，状态未变。',
    en: 'The lot is suspended for this cause already; nothing changed.',
  },
  'not-suspended': {
    status: 409,
    zh: '本标段（包）未因此事由暂停，状态未变。',
    en: 'The lot is not suspended for this cause; nothing changed.',
  },
  'wrong-regime': {
    status: 409,
    zh: '本项目适用的法律没有这一步骤，未执行。',
    en: 'The law that governs this trade has no such step; nothing was done.',
    source: '招标投标法实施条例 art. 54; 财政部令第87号 art. 44, 69',
  },
  'publicity-too-short': {
    status: 422,
    zh: '公示（公告）期短于法定期限，未发布。最早可于 {earliest} 截止。',
    en: 'The period is shorter than the law allows; not published. Earliest end: {earliest}.',
    source: '招标投标法实施条例 art. 54; 财政部令第87号 art. 69',
  },
  'year-not-loaded': commonProblems['year-not-loaded'],
  'ends-on-day-off': {
    status: 422,
    zh: '公示截止日为法定休息日，未发布。应顺延至 {earliest}。',
    en: 'The period would end on a day off; not published. It ends at {earliest} instead.',
    source: '民法典 art. 203',
  },
  'objection-open': {
    status: 409,
    zh: '尚有异议（质疑）未答复，公示未结束。',
    en: 'An objection is not answered yet; the publicity goes on.',
    source: '招标投标法实施条例 art. 54',
  },
  'not-first-candidate': {
    status: 409,
    zh: '应确定排名第一的中标候选人，未定标。',
    en: 'The first-ranked candidate must be chosen; no award was made.',
    source: '招标投标法实施条例 art. 55; 财政部令第87号 art. 68',
  },
  'signatures-unsettled': {
    status: 409,
    zh: '尚有签名的吊销状态未核实，核实后方可定标。',
    en: 'The revocation status of a signature is not settled; award once it is.',
  },
  'signature-revoked': {
    status: 409,
    zh: '该候选人的投标签名经核实其证书在签名时已被吊销，不能确定为中标人。请依法不予确定，由下一候选人递补。',
    en: 'The bid was signed with a revoked certificate; not awarded. Pass it over for the next candidate.',
    source: '电子签名法 art. 13; 招标投标法实施条例 art. 51, 55',
  },
  'signature-not-revoked': {
    status: 422,
    zh: '该候选人的投标签名没有核实为无效，不能以此为由不予确定，未执行。',
    en: 'The signature of that bid was not found invalid; nothing was done on that ground.',
    source: '招标投标法实施条例 art. 55',
  },
  'result-published': {
    status: 409,
    zh: '结果已公告，公告内容不能更改。',
    en: 'The result is published already; a published text is never changed.',
  },
  'result-not-published': {
    status: 409,
    zh: '结果尚未公告，未执行。公告发布后即可办理。',
    en: 'The result is not published yet; nothing was done. It is open once the notice is out.',
    source: '政府采购法实施条例 art. 43; 财政部令第87号 art. 69',
  },
  'result-period-fixed': {
    status: 422,
    zh: '中标结果公告期限为1个工作日，不能另定，未发布。应至 {end}。',
    en: 'A result notice runs for one working day, no longer; not published. It ends at {end}.',
    source: '财政部令第87号 art. 69',
  },
  'contract-period-over': {
    status: 409,
    zh: '中标通知书发出之日起30日内应当订立合同，期限已过，未执行。',
    en: 'The thirty days from the award letter to sign the contract are over; nothing was done.',
    source: '招标投标法 art. 46; 政府采购法 art. 46',
  },
  'proposal-open': {
    status: 409,
    zh: '已有一份待对方确认的提议，请先等待或撤回。',
    en: 'A proposal already waits for the other side; wait for it or withdraw it.',
  },
  'no-open-proposal': {
    status: 409,
    zh: '没有这份待确认的提议，可能已撤回或失效。',
    en: 'There is no such open proposal; it may have been withdrawn or lapsed.',
  },
  'proposal-differs': {
    status: 409,
    zh: '您确认的内容与对方签署的内容不一致，未生效。请重新打开核对。',
    en: 'What you confirm differs from what the other side signed; no effect. Open it again.',
  },
  'price-differs': {
    status: 422,
    zh: '价格与中标候选人的投标价不一致，未执行。应按投标文件确定。',
    en: 'The price differs from the bid; nothing was done. The bid price counts.',
    source: '招标投标法 art. 46',
  },
  'candidates-differ': {
    status: 422,
    zh: '所列候选人或顺序与评标报告不一致，未发布。',
    en: 'Candidates or their order differ from the evaluation report; not published.',
    source: '招标投标法实施条例 art. 53',
  },
  'not-the-winner': {
    status: 422,
    zh: '所列单位不是中标人，未发布。',
    en: 'That is not the winner; not published.',
  },
  'bonds-open': {
    status: 409,
    zh: '尚有 {count} 笔保证金未退还或处理，暂不能归档。',
    en: '{count} bid bonds are not settled; archive once they are.',
    source: '招标投标法实施条例 art. 57',
  },
  'not-a-candidate': {
    status: 409,
    zh: '该单位不是尚可确定的中标候选人。',
    en: 'That is no candidate who may still be awarded.',
  },
  'report-not-current': {
    status: 409,
    zh: '所指的评标报告不是现行报告，未退回。请重新打开核对。',
    en: 'That is not the present report; nothing was sent back. Open it again.',
  },
  'report-rechecked': {
    status: 409,
    zh: '该评标报告已经复核且没有变化，不能再次退回。应当依法定标，或向监督部门反映。',
    en: 'This report was taken up again and stayed the same. Decide the award, or tell the regulator.',
    source: '财政部令第87号 art. 64',
  },
} as const
