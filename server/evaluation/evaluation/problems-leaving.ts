/** Refusals about members who leave, and what waits for their successors. */
export const leavingProblems = {
  'representative-awaited': {
    status: 409,
    zh: '该采购人代表已退出，须由采购人另行指定代表，未重复记录。',
    en: 'This representative is out already; the purchaser has to name another. Nothing was recorded.',
    source: '招标投标法实施条例 art. 48',
  },
  'not-fallen-out': {
    status: 409,
    zh: '该成员仍在席，没有需要更换的情形。',
    en: 'This member sits; there is no ground to replace him.',
    source: '招标投标法实施条例 art. 48',
  },
  'chair-missing': {
    status: 409,
    zh: '评标委员会组长空缺，须先推选组长再汇总排序。',
    en: 'The committee has no chair; one is elected before the bids are ranked.',
  },
  'undertaking-missing': {
    status: 409,
    zh: '尚有 {count} 名成员未签署评标承诺，不能汇总排序。',
    en: '{count} members have not signed the undertaking; the bids are not ranked yet.',
    source: '招标投标法实施条例 art. 48',
  },
} as const
