import { commonProblems } from '../../kernel/problem.ts'
import { leavingProblems } from './problems-leaving.ts'

/** Refusals of the evaluation. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'lot-suspended': {
    status: 409,
    zh: '本标段（包）已暂停，未执行。草稿仍可保存，恢复后继续。',
    en: 'This lot is suspended; nothing was done. Drafts can be kept; go on once it is resumed.',
  },
  'lot-over': {
    status: 409,
    zh: '本标段（包）已终止或失败，评标不再进行，未执行。',
    en: 'This lot was terminated or has failed; it is not evaluated any more. Nothing was done.',
    source: '招标投标法实施条例 art. 31; 政府采购法 art. 36',
  },
  'wrong-regime': {
    status: 409,
    zh: '资格审查由评标委员会进行，采购人、代理机构没有这一步骤。',
    en: 'The committee checks qualification here; purchaser and agency have no such step.',
    source: '财政部令第87号 art. 44',
  },
  'not-qualifying': {
    status: 409,
    zh: '尚未开标或资格审查已结束，未提交。',
    en: 'The opening is not closed, or the review is over; not submitted.',
  },
  'review-signed-already': {
    status: 409,
    zh: '资格审查已签署，不能更改。',
    en: 'The qualification review is signed; it cannot be changed.',
  },
  'committee-incomplete': {
    status: 409,
    zh: '评标委员会成员尚未全部签到。',
    en: 'Not every member of the committee has checked in.',
    source: '招标投标法 art. 37',
  },
  'not-a-member': {
    status: 403,
    zh: '您不是本评标委员会成员，未执行。',
    en: 'You are no member of this committee; nothing was done.',
  },
  'not-chair': {
    status: 403,
    zh: '只有评标委员会组长可以进行此操作，未执行。',
    en: 'Only the committee’s chair may do this; nothing was done.',
  },
  'not-checked-in': {
    status: 409,
    zh: '请先到场所签到，再签署承诺。',
    en: 'Check in at the venue first, then sign the undertaking.',
  },
  'commitment-signed-already': {
    status: 409,
    zh: '您已签署承诺，无需重复。',
    en: 'You signed the undertaking already; nothing more is needed.',
  },
  'commitment-missing': {
    status: 409,
    zh: '请先签署评标承诺，内容已保留。',
    en: 'Sign the undertaking first; your entries are kept.',
  },
  'motion-unknown': {
    status: 409,
    zh: '没有这项表决，可能已结束。请刷新。',
    en: 'There is no such motion; it may be over. Reload.',
  },
  'motion-closed': {
    status: 409,
    zh: '这项表决已有结果，您的票未计入。',
    en: 'This motion is decided; your vote does not count.',
  },
  'voted-already': {
    status: 409,
    zh: '您已对此项表决，不能更改。',
    en: 'You voted on this motion; a vote cannot be changed.',
  },
  'motion-not-now': {
    status: 409,
    zh: '当前阶段不能提出这项表决。',
    en: 'This motion cannot be put at this stage.',
  },
  'chair-ineligible': {
    status: 422,
    zh: '政府采购中采购人代表不得担任组长，未计入。请推选其他成员。',
    en: 'In government procurement a purchaser’s representative may not chair. Choose another.',
    source: '财政部令第87号 art. 47',
  },
  'bid-not-in': {
    status: 422,
    zh: '该投标不在本阶段评审范围内。',
    en: 'That bid is not under review at this stage.',
  },
  'ground-not-lawful': {
    status: 422,
    zh: '该理由不在法定否决（无效）情形内，未计入。',
    en: 'That is no lawful ground of rejection here; the vote does not count.',
    source: '招标投标法实施条例 art. 51; 财政部令第87号 art. 63',
  },
  'low-price-not-asked': {
    status: 409,
    zh: '以报价过低否决，须先要求投标人说明，待其答复或时限届满，未计入。',
    en: 'Before a price is rejected as too low its bidder is asked, and answers or lets the time pass.',
    source: '财库〔2026〕2号; 评标委员会和评标方法暂行规定 art. 21',
  },
  'failure-unlawful': {
    status: 422,
    zh: '尚有 {left} 家有效投标，不具备终止评标的法定情形。',
    en: '{left} bids are still in; the law gives no ground to fail the evaluation.',
    source: '招标投标法实施条例 art. 51; 财政部令第87号 art. 43',
  },
  'request-unknown': {
    status: 409,
    zh: '没有这份待答复的澄清要求。',
    en: 'There is no such open request.',
  },
  'explanation-too-short': {
    status: 422,
    zh: '异常低价说明时间不得少于 {least} 分钟。',
    en: 'At least {least} minutes must be given to explain a low price.',
    source: '财库〔2026〕2号',
  },
  'explanation-late': {
    status: 409,
    zh: '说明时限已过，未接收。',
    en: 'The time to explain is over; not accepted.',
  },
  'explained-already': {
    status: 409,
    zh: '说明已提交，不能更改。',
    en: 'The explanation is in; it cannot be changed.',
  },
  'explanation-open': {
    status: 409,
    zh: '尚有澄清要求未答复，暂不能结束本阶段。',
    en: 'A request to explain is open; the phase cannot be closed yet.',
  },
  'low-price-unjudged': {
    status: 409,
    zh: '{bidder} 报价触发异常低价审查，须要求说明并表决后再继续。',
    en: 'The price of {bidder} is abnormally low: ask for an explanation and decide first.',
    source: '财库〔2026〕2号',
  },
  'wrong-phase': {
    status: 409,
    zh: '评审已进入其他阶段，未提交。请刷新。',
    en: 'The evaluation is at another phase; not submitted. Reload.',
  },
  'sheet-locked': {
    status: 409,
    zh: '评审表已签名提交，不能更改。',
    en: 'The sheet is signed and locked; it cannot be changed.',
    source: '财政部令第87号 art. 64',
  },
  'sheet-incomplete': {
    status: 422,
    zh: '还差 {missing} 项未评（如 {bidder} 的 {item}），未提交。草稿已保留。',
    en: '{missing} items are missing (for one, {item} of {bidder}); not submitted. Draft kept.',
  },
  'sheet-foreign-row': {
    status: 422,
    zh: '{bidder} 的 {item} 不在本阶段评审表内或重复，未提交。',
    en: '{item} of {bidder} is not on this sheet or is there twice; not submitted.',
  },
  'score-range': {
    status: 422,
    zh: '{bidder} 的 {item} 应为 0 至 {max} 分、步长 {step}，未提交。草稿已保留。',
    en: '{item} of {bidder} takes 0 to {max} in steps of {step}; not submitted. Draft kept.',
  },
  'reason-missing': {
    status: 422,
    zh: '{bidder} 的 {item} 不通过须写明理由，未提交。草稿已保留。',
    en: '{item} of {bidder} fails without a reason; not submitted. Draft kept.',
  },
  'sheets-missing': {
    status: 409,
    zh: '尚有 {count} 名成员未提交评审表，不能结束本阶段。',
    en: '{count} members have not handed in their sheets; the phase cannot be closed.',
  },
  'too-few-left': {
    status: 409,
    zh: '有效投标不足，须表决终止评标。',
    en: 'Too few bids are left: the committee must decide to fail the evaluation.',
    source: '招标投标法实施条例 art. 51; 财政部令第87号 art. 43',
  },
  ...leavingProblems,
  'no-such-alarm': {
    status: 409,
    zh: '没有这项待确认的评分提示。',
    en: 'There is no such open alarm.',
  },
  'not-your-alarm': {
    status: 403,
    zh: '只有评分的成员本人可以确认，未执行。',
    en: 'Only the member who scored may confirm; nothing was done.',
  },
  'objective-differs': {
    status: 409,
    zh: '客观分须一致，不能确认。请表决重开评审表后更正。',
    en: 'Objective scores must agree and cannot be confirmed. Vote to reopen the sheet.',
    source: '财政部令第87号 art. 64',
  },
  'alarms-open': {
    status: 409,
    zh: '尚有 {count} 项评分提示未处理，不能排名。',
    en: '{count} alarms are open; the bids cannot be ranked yet.',
  },
  'not-rankable': {
    status: 409,
    zh: '按招标文件无法得出排名（{reason}）。',
    en: 'The document gives no ranking here ({reason}).',
  },
  'report-differs': {
    status: 409,
    zh: '您签署的报告与现行报告不同，未签名。请重新打开核对。',
    en: 'That is not the present report; not signed. Open it again.',
  },
  'signed-already': {
    status: 409,
    zh: '您已对评标报告签名，不能更改。',
    en: 'You signed the report already; it cannot be changed.',
  },
  'signatures-missing': {
    status: 409,
    zh: '尚有成员未签署评标报告，{until} 前不能提交。',
    en: 'A member has not signed the report; it cannot be submitted before {until}.',
    source: '招标投标法实施条例 art. 53; 财政部令第87号 art. 61',
  },
  'majority-dissents': {
    status: 409,
    zh: '多数成员不同意评标报告，须先复议。复议后结果没有变化的，写明不同意见提交。',
    en: 'A majority dissents: the result is discussed first; if it stays, it goes with the dissents.',
    source: '招标投标法实施条例 art. 53',
  },
  'revocation-noted': {
    status: 409,
    zh: '该投标的撤销已经记录。',
    en: 'That the bid was revoked is recorded already.',
  },
  'confirmation-too-short': {
    status: 422,
    zh: '投标人确认修正的时间不得少于 {least} 分钟。',
    en: 'A bidder has at least {least} minutes to confirm a correction.',
  },
  'correction-none': {
    status: 422,
    zh: '按所列数据，报价无须修正。请核对各项数量、单价和合计。',
    en: 'By these figures nothing is to be corrected. Check quantities, unit prices and totals.',
    source: '财政部令第87号 art. 59; 评标委员会和评标方法暂行规定 art. 19',
  },
  'corrected-already': {
    status: 409,
    zh: '该投标的报价已经修正过，不能再次修正。',
    en: 'The price of this bid was corrected already.',
  },
  'correction-open': {
    status: 409,
    zh: '报价修正尚待投标人确认，请等待答复或时限届满。',
    en: 'A bidder has yet to confirm a corrected price; wait for the answer or the end of its time.',
    source: '财政部令第87号 art. 59',
  },
  'correction-unknown': {
    status: 404,
    zh: '没有等待您确认的报价修正。',
    en: 'No corrected price waits for your confirmation.',
  },
  'correction-differs': {
    status: 422,
    zh: '您确认的金额与委员会提出的不同，未提交。请重新打开核对。',
    en: 'That is not the amount the committee found; not sent. Open it again.',
  },
  'correction-waits': {
    status: 409,
    zh: '投标人确认的时限未到。',
    en: 'The bidder still has time to confirm.',
  },
  'result-discussed': {
    status: 409,
    zh: '评审结果正在复议，{limit} 前由委员会表决后方可重新排名。',
    en: 'The result is under discussion; it is ranked again at {limit}, or once the committee votes so.',
    source: '招标投标法实施条例 art. 53; 财政部令第87号 art. 64',
  },
  'no-majority-dissent': {
    status: 409,
    zh: '没有过半数成员不同意评标报告，不需要复议。',
    en: 'No majority dissents from the report; it does not go back.',
  },
  'report-discussed': {
    status: 409,
    zh: '该结果已经复议且没有变化，不同意见写入报告后提交。',
    en: 'This result was discussed and stayed the same; it is submitted with the dissents in it.',
    source: '招标投标法实施条例 art. 53',
  },
} as const
