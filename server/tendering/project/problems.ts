import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of the project. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  stale: commonProblems.stale,
  'year-not-loaded': commonProblems['year-not-loaded'],
  'clock-not-movable': {
    status: 404,
    zh: '没有找到。',
    en: 'Not found.',
  },
  'parties-not-distinct': {
    status: 422,
    zh: '采购人（招标人）、代理机构、交易中心应当是三个不同的单位，未建立项目。',
    en: 'Purchaser, agency and trading centre must be three organisations; nothing was created.',
    source: '招标投标法 art. 14; 招标投标法实施条例 art. 5; 政府采购法 art. 18',
  },
  'party-not-purchaser': {
    status: 422,
    zh: '所填单位没有登记为采购人（招标人），未建立项目。请核对，或请其先登记并取得该角色。',
    en: 'That organisation is not registered as a purchaser; nothing was created. Let it register.',
    source: '招标投标法 art. 8; 政府采购法 art. 15',
  },
  'party-not-centre': {
    status: 422,
    zh: '所填单位没有登记为交易中心，未建立项目。请核对。',
    en: 'That organisation is not registered as a trading centre; nothing was created. Check it.',
    source: '招标投标法实施条例 art. 5',
  },
  'document-missing': {
    status: 409,
    zh: '招标文件还没有保存，未执行。请先编制并保存。',
    en: 'No tender document is saved yet; nothing was done. Write and save it first.',
  },
  'document-differs': {
    status: 409,
    zh: '招标文件已改动，与您所看的不一致，未签署。请重新打开核对。',
    en: 'The document has changed since you read it; not signed. Open it again.',
  },
  'document-unlawful': {
    status: 422,
    zh: '招标文件有不符合规定之处：{first}。草稿已保留，请修改或说明理由。',
    en: 'The document breaks a rule ({rules}). The draft is kept; change it or state a lawful reason.',
    source: '招标投标法 art. 19; 招标投标法实施条例 art. 32; 财政部令第87号 art. 55',
  },
  'times-unlawful': {
    status: 422,
    zh: '时间安排不符合规定：{first}。草稿已保留，请按提示的最早合法时间调整。',
    en: 'The times break a rule ({rules}). The draft is kept; take the earliest lawful time offered.',
    source: '招标投标法 art. 24; 招标投标法实施条例 art. 16; 政府采购法 art. 35',
  },
  'bidding-is-over': {
    status: 409,
    zh: '投标已截止，不能再答疑或修改。内容已保留在本机。',
    en: 'Bidding is over; no more answers or changes. Your text is kept on this device.',
    source: '招标投标法 art. 23',
  },
  'answered-already': {
    status: 409,
    zh: '这个问题已答复，答复对全体公开。',
    en: 'This question is answered already, to all.',
  },
  'proposal-open': {
    status: 409,
    zh: '同一事项已有一份待确认的提议，请先等待或撤回。',
    en: 'A proposal on this already waits for the other side; wait for it or withdraw it.',
  },
  'no-open-proposal': {
    status: 409,
    zh: '没有这份待确认的提议，可能已撤回、谢绝或失效。',
    en: 'There is no such open proposal; it may have been withdrawn, declined or lapsed.',
  },
  'proposal-differs': {
    status: 409,
    zh: '您确认的内容与对方签署的内容不一致，未生效。请重新打开核对。',
    en: 'What you confirm differs from what the other side signed; no effect. Open it again.',
  },
  'deadline-only-later': {
    status: 422,
    zh: '截止时间只能推后，且须在原截止时间之前作出。原定时间不变。',
    en: 'A deadline only moves later, and before the old one has passed. It stays as it was.',
    source: '招标投标法 art. 23; 招标投标法实施条例 art. 21',
  },
  'deadline-moved-already': {
    status: 409,
    zh: '已按这次暂停推迟截止时间，状态未变。',
    en: 'The deadline was moved for this suspension already; nothing changed.',
  },
  'lots-changed': {
    status: 422,
    zh: '公告后不能增减标段（包）。请终止后重新招标。',
    en: 'Lots cannot be added or removed after the notice. Terminate and tender again.',
  },
  'regime-changed': {
    status: 422,
    zh: '公告后不能更改项目类别或招标方式。请终止后重新招标。',
    en: 'Category and method cannot change after the notice. Terminate and tender again.',
    source: '招标投标法 art. 23',
  },
  'terms-counted-from-notice': {
    status: 422,
    zh: '文件获取天数和开标天数自公告起计算，不能以修改招标文件改变，未提交。需要推后截止时间的，请提出推后截止时间。',
    en: 'Days counted from the notice cannot be amended; not proposed. Propose a later deadline instead.',
    source: '招标投标法 art. 23; 招标投标法实施条例 art. 16, 21',
  },
  'bears-on-bids': {
    status: 422,
    zh: '修改涉及报价、评审或合同条件，可能影响投标文件编制，未提交。请按影响投标的修改提出，不足15日的截止时间随之顺延。',
    en: 'The change bears on quotation, review or terms; not proposed. Propose it as one that affects bids.',
    source: '招标投标法实施条例 art. 21; 政府采购法实施条例 art. 31',
  },
  'no-failed-lot': {
    status: 409,
    zh: '这个标段（包）没有失败，无需重新招标。',
    en: 'That lot has not failed; there is nothing to tender again.',
  },
  'relinked-already': {
    status: 409,
    zh: '这个标段（包）已关联重新招标的项目。',
    en: 'A new project is linked to that lot already.',
  },
  'successor-not-published': {
    status: 422,
    zh: '没有找到已发布公告的这个项目，未关联。请在重新招标公告发布后再关联。',
    en: 'No published project has that number; not linked. Link it once its notice is out.',
  },
  'successor-not-own': {
    status: 422,
    zh: '重新招标的项目不是同一采购人（招标人）的，未关联。',
    en: 'The new project is another purchaser’s; not linked.',
  },
} as const
