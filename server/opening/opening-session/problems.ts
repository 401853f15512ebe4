import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of the opening session. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'not-entitled': commonProblems['not-entitled'],
  'lots-still-tendering': {
    status: 409,
    zh: '尚有标段（包）未到截止或已暂停，开标未开始。',
    en: 'A lot still takes bids or is suspended; the opening has not begun.',
  },
  'lots-still-open': {
    status: 409,
    zh: '尚有标段（包）正在开标，会议未取消。',
    en: 'A lot is still being opened; the session goes on.',
  },
  'signed-in-already': {
    status: 409,
    zh: '您已签到，无需重复。',
    en: 'You have signed in already; nothing more is needed.',
  },
  'not-listed': {
    status: 403,
    zh: '您不在本次开标的投标人名单中，未执行。',
    en: 'You are not on the list of bidders of this opening; nothing was done.',
  },
  'lot-not-opening': {
    status: 409,
    zh: '该标段（包）已终止，不再开标。投标仍为密封状态。',
    en: 'This lot was terminated and is not opened. The bid stays sealed.',
  },
  'parameters-drawn': {
    status: 409,
    zh: '该标段（包）的参数已抽取，结果不变。',
    en: 'The parameters of this lot are drawn already; the result stands.',
  },
  'nothing-to-draw': {
    status: 409,
    zh: '该标段（包）没有需要抽取的参数。',
    en: 'This lot has no parameter to be drawn.',
  },
  'release-window-over': {
    status: 409,
    zh: '解密时间已于 {limit} 结束，未接收。请联系主持人。',
    en: 'The time to decrypt ended at {limit}; not accepted. Contact the host.',
    source: '电子招标投标办法 art. 30, 31',
  },
  'released-already': {
    status: 409,
    zh: '您的解密请求已收到，请等待统一开启。',
    en: 'Your key is here already; wait until all are opened together.',
  },
  'key-not-this-bid': {
    status: 422,
    zh: '此密钥不属于您截止时有效的投标，未接收。请换用对应的证书或恢复文件后重试。',
    en: 'This key is not of your live bid; not accepted. Retry with the right certificate or file.',
  },
  'release-window-open': {
    status: 409,
    zh: '解密时间未到且尚有投标人未解密，暂不能开启。',
    en: 'Not all have decrypted and the time runs; nothing is opened yet.',
  },
  'rows-incomplete': {
    status: 409,
    zh: '开启结果与名单不一致，未记录，将重新开启。',
    en: 'The opened rows do not match the list; nothing was recorded, it is done again.',
  },
  'row-differs': {
    status: 409,
    zh: '您确认的内容与开标记录不一致，未确认。请刷新核对，或提出异议。',
    en: 'What you confirm differs from the record; not confirmed. Reload, or object.',
  },
  'confirmed-already': {
    status: 409,
    zh: '您已确认开标记录，无需重复。',
    en: 'You have confirmed your row already; nothing more is needed.',
  },
  'confirm-window-over': {
    status: 409,
    zh: '确认时间已于 {limit} 结束，视为无异议。',
    en: 'The time to confirm ended at {limit}; silence counts as agreement.',
  },
  'confirmation-open': {
    status: 409,
    zh: '确认时间未到且尚有投标人未确认。',
    en: 'Not all have confirmed and the time still runs.',
  },
  'objection-filed-already': {
    status: 409,
    zh: '这条异议已提出，无需重复。',
    en: 'This objection is filed already; nothing more is needed.',
  },
  'no-such-objection': {
    status: 409,
    zh: '没有待答复的这条异议。',
    en: 'There is no such open objection.',
  },
  'objection-open': {
    status: 409,
    zh: '尚有开标异议未当场答复，不能结束开标。',
    en: 'An objection is not answered yet; the opening cannot be closed.',
    source: '招标投标法实施条例 art. 44',
  },
  'record-differs': {
    status: 409,
    zh: '您签署的开标记录已有变化，未生效。请刷新核对后重新签署。',
    en: 'The record changed since you signed; no effect. Reload, check and sign again.',
  },
  'record-signed-already': {
    status: 409,
    zh: '主持人已签署，等待见证人签署。',
    en: 'The host has signed; the witness signs next.',
  },
  'host-signs-first': {
    status: 409,
    zh: '主持人尚未签署同一份开标记录，请稍候。',
    en: 'The host has not signed this very record yet; please wait.',
  },
} as const
