import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of the draw of experts. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'lot-suspended': {
    status: 409,
    zh: '本标段（包）已暂停，未执行。恢复后可继续。',
    en: 'This lot is suspended; nothing was done. Go on once it is resumed.',
  },
  'composition-unlawful': {
    status: 422,
    zh: '评标委员会组成不合法：应为 {least} 人以上单数，采购人代表不超过三分之一。未保存。',
    en: 'Unlawful composition: {least} or more, odd, representatives a third at most. Not saved.',
    source: '招标投标法 art. 37; 财政部令第87号 art. 47',
  },
  'no-such-lot': {
    status: 404,
    zh: '没有找到这个标段（包），未保存。',
    en: 'There is no such lot; not saved.',
  },
  'strata-repeated': {
    status: 422,
    zh: '同一专业与地区的抽取条件重复，请合并。未保存。',
    en: 'A specialty and region is there twice; join them. Not saved.',
  },
  'pool-too-small': {
    status: 409,
    zh: '抽取条件 {stratum} 在库专家只有 {found} 人，需 {wanted} 人，未执行。请放宽地区或专业。',
    en: 'The pool has {found} for {stratum}, {wanted} are wanted. Widen region or specialty.',
  },
  'representatives-differ': {
    status: 422,
    zh: '采购人代表应为 {wanted} 名，未保存。',
    en: '{wanted} representatives are to be named; not saved.',
    source: '招标投标法 art. 37; 政府采购法实施条例 art. 43',
  },
  'representative-unknown': {
    status: 422,
    zh: '{id} 尚未在平台登记，不能担任采购人代表。未保存。',
    en: '{id} is not registered and cannot be a representative; not saved.',
  },
  'representative-tied': {
    status: 422,
    zh: '{id} 应当回避，不能担任采购人代表，未执行。请采购人另行指定。',
    en: '{id} has to stand aside and cannot be a representative; nothing was done. Name another.',
    source: '招标投标法 art. 37',
  },
  'representatives-complete': {
    status: 409,
    zh: '采购人代表均已在席，评标委员会组成后不得更换，未执行。',
    en: 'Every representative sits; of a complete committee none is exchanged. Nothing was done.',
    source: '招标投标法实施条例 art. 48',
  },
  'representative-sits': {
    status: 422,
    zh: '{id} 已在席，不得更换，未执行。只能为空缺席位指定代表。',
    en: '{id} sits already and is not exchanged; only a free seat is named for. Nothing was done.',
    source: '招标投标法实施条例 art. 48',
  },
  'committee-stands': {
    status: 409,
    zh: '评标委员会未解散，抽取结果仍然有效。',
    en: 'The committee was not dissolved; the draw stands.',
    source: '招标投标法实施条例 art. 48; 财政部令第87号 art. 49',
  },
  'naming-over': {
    status: 409,
    zh: '本标段（包）评标已结束，不再指定采购人代表，未执行。',
    en: 'The evaluation of this lot is over; no representative is named any more. Nothing was done.',
  },
  'nonce-committed-already': {
    status: 409,
    zh: '您方（采购人、代理机构为一方）已提交随机数摘要，无需重复。',
    en: 'Your side (purchaser and agency are one) committed its nonce already; nothing more is needed.',
  },
  'lists-amended': {
    status: 409,
    zh: '招标文件的备选值已修改，抽取未公布。请按现行文件重新准备。',
    en: 'The lists of the tender document were amended; not committed. Prepare the draw again.',
  },
  'too-few-nonces': {
    status: 409,
    zh: '至少需要两方提交随机数摘要，现有 {found} 方。未执行。',
    en: 'Two parties must commit a nonce, {found} did. Nothing was done.',
  },
  'time-not-ahead': {
    status: 422,
    zh: '抽取时刻须晚于现在，未执行。',
    en: 'The moment of the draw must lie ahead; nothing was done.',
  },
  'time-not-the-deadline': {
    status: 422,
    zh: '参数抽取时刻须为投标截止时间（{deadline}），未执行。',
    en: 'Parameters are drawn at the deadline ({deadline}); nothing was done.',
  },
  'nothing-to-draw-from': {
    status: 409,
    zh: '招标文件没有需要抽取的参数。',
    en: 'The document has no parameter to draw.',
  },
  'not-outdated': {
    status: 409,
    zh: '截止时间未变更，抽取仍然有效。',
    en: 'The deadline has not moved; the draw stands.',
  },
  'nonce-unknown': {
    status: 403,
    zh: '您没有提交过随机数摘要，不能公开随机数。',
    en: 'You committed no nonce, so there is none to reveal.',
  },
  'nonce-differs': {
    status: 422,
    zh: '随机数与先前提交的摘要不符，未公开。请使用当时生成的随机数。',
    en: 'The nonce does not fit what you committed; not revealed. Use the one made then.',
  },
  'nonce-revealed-already': {
    status: 409,
    zh: '您的随机数已公开，无需重复。',
    en: 'Your nonce is revealed already; nothing more is needed.',
  },
  'reveal-over': {
    status: 409,
    zh: '公开随机数的时限已过，未计入。',
    en: 'The time to reveal is over; the nonce does not count.',
  },
  'not-opened-yet': {
    status: 409,
    zh: '开标尚未结束，投标人名单未知，不能抽取专家。',
    en: 'The opening is not closed; bidders are unknown, so experts cannot be drawn.',
  },
  'not-called': {
    status: 403,
    zh: '您未被通知参加本项目评审，或已答复。',
    en: 'You are not called to this evaluation, or have answered already.',
  },
  'answer-over': {
    status: 409,
    zh: '答复时限已过，已通知下一位专家。',
    en: 'The time to answer is over; the next expert has been called.',
  },
  'seats-not-filled': {
    status: 409,
    zh: '尚有席位未确认，或采购人代表未指定。',
    en: 'A seat is not confirmed yet, or representatives are not named.',
  },
  'nothing-to-widen': {
    status: 409,
    zh: '没有空缺席位需要放宽条件。',
    en: 'No seat is vacant; there is nothing to widen.',
  },
  'not-a-member': {
    status: 422,
    zh: '{member} 不是本评标委员会成员，未签到。请核对身份。',
    en: '{member} is no member of this committee; not checked in. Check the identity.',
  },
  'checked-in-already': {
    status: 409,
    zh: '该成员已签到，无需重复。',
    en: 'This member is checked in already; nothing more is needed.',
  },
  'identity-not-shown': {
    status: 422,
    zh: '须核验身份证件并比对人脸，未签到。',
    en: 'Identity card and face must both be checked; not checked in.',
  },
  'replacement-differs': {
    status: 409,
    zh: '递补人选与抽取顺序不符，未执行。',
    en: 'The replacement does not follow the drawn order; nothing was done.',
  },
} as const
