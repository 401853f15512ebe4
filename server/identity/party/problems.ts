/** Refusals of the party. */
export const problems = {
  'member-already': {
    status: 409,
    zh: '此人已以同一身份登记在本单位，无需重复。',
    en: 'This person is a member in that capacity already; nothing more is needed.',
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
