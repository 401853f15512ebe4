import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of a party in a lot; those of the sealed bytes are in `server/sealing`. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'bid-too-late': {
    status: 409,
    zh: '迟到 {late}，未接收。文件仍在本机。请联系代理机构。',
    en: '{late} late; not accepted. Your files are still here. Contact the agency.',
    source: '招标投标法 art. 28; 招标投标法实施条例 art. 36',
  },
  'document-period-over': {
    status: 409,
    zh: '招标文件获取期已结束，未登记。请联系代理机构。',
    en: 'The time to obtain the document is over; not joined. Contact the agency.',
    source: '招标投标法实施条例 art. 16; 政府采购法实施条例 art. 31',
  },
  'not-published': {
    status: 404,
    zh: '没有找到这个标段（包）。',
    en: 'There is no such lot.',
  },
  'lot-not-tendering': {
    status: 409,
    zh: '本标段（包）当前不接收投标，未接收。文件仍在本机。',
    en: 'This lot takes no bids now; not accepted. Your files are still here.',
  },
  'lot-suspended': {
    status: 409,
    zh: '本标段（包）已暂停，未执行。恢复后可继续，文件仍在本机。',
    en: 'This lot is suspended; nothing was done. Go on once it is resumed.',
  },
  'deadline-held': {
    status: 409,
    zh: '招标活动已暂停，截止时间将顺延，未执行。恢复后按新的截止时间办理，文件仍在本机。',
    en: 'Bidding is suspended and the deadline is going to move; nothing was done. Go on afterwards.',
    source: '招标投标法实施条例 art. 22, 35',
  },
  'person-not-eligible': {
    status: 403,
    zh: '您不能为本单位办理这个标段的投标，未接收。请由单位的其他人员办理。',
    en: 'You may not act for this organisation in this lot; nothing was taken. Let a colleague act.',
    source: '招标投标法实施条例 art. 40(2)',
  },
  'role-incompatible': {
    status: 403,
    zh: '采购人、代理机构、交易中心不得在本项目投标，未登记。',
    en: 'Purchaser, agency and trading centre may not bid in their own trade; not joined.',
    source: '招标投标法实施条例 art. 13, 34',
  },
  'document-version-stale': {
    status: 409,
    zh: '投标文件按第 {given} 版编制，现行为第 {current} 版，未接收。请确认变更后重新封装。',
    en: 'Sealed for version {given}; version {current} is in force. Read the change, then seal again.',
  },
  'revision-stale': {
    status: 409,
    zh: '您已有较新的投标，此次未接收。请刷新后以第 {expected} 次递交。',
    en: 'A newer bid of yours is in; not accepted. Reload and submit as revision {expected}.',
  },
  'not-this-bid': {
    status: 409,
    zh: '所指的不是您现在有效的投标，未执行。请刷新后重试。',
    en: 'That is not your live bid; nothing was done. Reload and try again.',
  },
  'wrap-altered': {
    status: 422,
    zh: '封装的密钥与所签的不一致，未执行。请重新操作。',
    en: 'The wrapped key is not the one that was signed; nothing was done. Do it again.',
  },
  'wrap-for-another': {
    status: 422,
    zh: '封装的密钥不是给贵单位已绑定的加密证书的，未执行。请先绑定新证书。',
    en: 'The key is not wrapped for an encryption certificate bound to you. Bind the new one first.',
  },
  'confirmed-already': {
    status: 409,
    zh: '您已确认过这一版文件，无需重复。',
    en: 'You confirmed this version already; nothing more is needed.',
  },
  'question-asked-already': {
    status: 409,
    zh: '这个问题已提交，无需重复。',
    en: 'This question is in already; nothing more is needed.',
  },
  'too-many-questions': {
    status: 429,
    zh: '提问数量已达上限，未提交。请合并问题。',
    en: 'The bound of questions is reached; not submitted. Please combine them.',
  },
  'bond-recorded-already': {
    status: 409,
    zh: '保证金已登记，无需重复。',
    en: 'A bid bond is recorded already; nothing more is needed.',
  },
  'bond-amount-differs': {
    status: 422,
    zh: '保证金低于招标文件要求的金额，未登记。',
    en: 'The bond is below the amount of the tender document; not recorded.',
    source: '招标投标法实施条例 art. 26; 政府采购法实施条例 art. 33',
  },
  'no-such-bond': {
    status: 409,
    zh: '没有待处理的这笔保证金。',
    en: 'There is no such open bond.',
  },
  'bond-not-at-risk': {
    status: 409,
    zh: '没有不予退还保证金的法定事由，未记录。投标人未撤销投标，也未拒绝签约，应当退还。',
    en: 'No ground of law forfeits this bond; nothing was recorded. It is to be returned.',
    source: '招标投标法实施条例 art. 35, 57, 74; 政府采购法实施条例 art. 33',
  },
  'nothing-to-revoke': {
    status: 409,
    zh: '投标已退回，或合同已签订，无需撤销，状态未变。',
    en: 'The bid went back sealed, or the contract is signed; there is nothing to revoke.',
    source: '招标投标法实施条例 art. 35',
  },
  'hall-not-open': {
    status: 409,
    zh: '开标大厅尚未开放，请于 {limit} 之后再来。',
    en: 'The hall is not open yet; come back after {limit}.',
  },
  'opening-began': {
    status: 409,
    zh: '开标已开始，请直接签到。',
    en: 'The opening has begun; please sign in there.',
  },
  'hall-entered-already': {
    status: 409,
    zh: '您已进入开标大厅。',
    en: 'You have entered the hall already.',
  },
  'refusals-bounded': {
    status: 429,
    zh: '失败记录已达上限；本次仍有签名的拒收通知。',
    en: 'The bound of recorded refusals is reached; a signed note is still given.',
  },
  'settled-already': {
    status: 409,
    zh: '该签名的吊销状态已核实。',
    en: 'The revocation status of this signature is settled already.',
  },
} as const
