/** Refusals of the party. */
export const problems = {
  'member-already': {
    status: 409,
    zh: '此人已以同一身份登记在本单位，无需重复。',
    en: 'This person is a member in that capacity already; nothing more is needed.',
  },
  'member-elsewhere': {
    status: 409,
    zh: '此人还代表或曾代表其他单位，凭本单位的链接或证书登录时不能新建通行密钥，未新建。请本人用已有的通行密钥登录后再添加。',
    en: 'This person acts or has acted for others, too, so no passkey can be made after signing in by one organisation’s link or certificate. Sign in by a passkey first.',
  },
  'not-invited': {
    status: 403,
    zh: '没有给您的这项邀请，或已撤销，未加入。请让对方单位重新邀请。',
    en: 'There is no such invitation for you, or it was withdrawn; nothing changed. Ask to be invited again.',
  },
  'expert-acts-for-no-one': {
    status: 422,
    zh: '入库专家只以本人身份评审，不代表任何单位，未邀请。',
    en: 'A pool expert acts for no one but himself; nobody was invited.',
    source: 'domain §2',
  },
  'key-guessable': {
    status: 422,
    zh: '本次提交的幂等键太短或太简单，未登记。请刷新页面后重新提交。',
    en: 'The idempotency key is too short or too plain; nothing was registered. Reload the page and send again.',
  },
  'no-such-member': { status: 404, zh: '本单位没有此成员。', en: 'There is no such member.' },
  'certificate-bound-already': {
    status: 409,
    zh: '该证书已绑定，无需重复。',
    en: 'This certificate is bound already; nothing more is needed.',
  },
  'certificate-not-bound': {
    status: 404,
    zh: '没有绑定这张证书。',
    en: 'This certificate is not bound.',
  },
  'passkey-added-already': {
    status: 409,
    zh: '该通行密钥已登记。',
    en: 'This passkey is registered already.',
  },
  'party-registered-already': {
    status: 409,
    zh: '该统一社会信用代码已登记，未重复登记。请由本单位管理员添加您，或联系交易中心。',
    en: 'This credit code is registered; nothing was added. Ask its administrator to add you, or the centre.',
  },
  'uscc-invalid': {
    status: 422,
    zh: '统一社会信用代码有误（{problem}），未登记。请对照营业执照核对18位代码。',
    en: 'The credit code is wrong ({problem}); nothing was registered. Check its 18 characters.',
    source: 'GB 32100-2015',
  },
  'proof-differs': {
    status: 422,
    zh: '证书的持有证明不符，未绑定。请重新开始绑定。',
    en: 'The proof of holding the certificate does not fit; nothing was bound. Start again.',
  },
  'expert-enrolled-already': {
    status: 409,
    zh: '此人已入库，未重复入库。',
    en: 'This person is enrolled already; nothing was added.',
  },
  'roles-incompatible': {
    status: 422,
    zh: '交易中心、监督部门、平台管理单位不得兼任其他角色，未登记。请分开登记。',
    en: 'A trading centre, a regulator and the platform’s administrator hold no other role; nothing was saved. Register them apart.',
    source: 'TR 46; domain §2',
  },
  'roles-held-already': {
    status: 409,
    zh: '本单位已有所申请的角色，无需重复申请。',
    en: 'The organisation holds these roles already; nothing more is needed.',
  },
  'roles-not-asked': {
    status: 409,
    zh: '该单位没有申请此角色，未批准。请刷新后核对。',
    en: 'The organisation has not asked for this role; nothing was approved. Reload and check.',
  },
  'own-party': {
    status: 403,
    zh: '不能批准本单位的申请，申请保持不变。请由另一单位办理。',
    en: 'Nobody approves the own organisation; the request stands. Another must decide.',
  },
  'role-needs-administrator': {
    status: 403,
    zh: '此角色只能由平台管理员批准，申请保持不变。',
    en: 'Only the platform’s administrator approves this role; the request stands.',
  },
  'capacity-of-experts': {
    status: 422,
    zh: '专家身份只用于入库专家本人，未添加。请选择其他身份。',
    en: 'The capacity “expert” is for pool experts themselves; nobody was added. Choose another.',
  },
  'last-administrator': {
    status: 409,
    zh: '这是本单位唯一的管理员，未移除。请先添加另一位管理员。',
    en: 'This is the only administrator; nobody was removed. Add another one first.',
  },
  'expert-of-overseer': {
    status: 422,
    zh: '监督部门、交易中心的人员不得担任评审专家，未入库。',
    en: 'Staff of a regulator or trading centre may not be experts; nobody was enrolled.',
    source: '评标委员会和评标方法暂行规定 art. 12; TR 46',
  },
  'no-such-passkey': { status: 404, zh: '没有这个通行密钥。', en: 'There is no such passkey.' },
  'not-a-person': {
    status: 422,
    zh: '只有自然人可以入库为评审专家。',
    en: 'Only a person can be enrolled as an expert.',
  },
  'not-an-expert': {
    status: 409,
    zh: '此人不是在库专家。',
    en: 'This person is not an active expert.',
  },
} as const
