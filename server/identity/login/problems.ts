/** Refusals of the log-in. */
export const problems = {
  'challenge-used': {
    status: 409,
    zh: '登录请求已过期或已使用，未登录。请重新开始；账户不受影响。',
    en: 'The challenge is used or has run out; you are not signed in. Start again; the account is not affected.',
  },
  'passkey-unknown': {
    status: 401,
    zh: '没有登记过这个通行密钥，未登录。请换一个，或用证书登录。',
    en: 'This passkey is not registered; you are not signed in. Try another, or a certificate.',
  },
  'passkey-invalid': {
    status: 401,
    zh: '通行密钥核验失败，未登录。请重试，或用证书登录。',
    en: 'The passkey did not verify; you are not signed in. Try again, or use a certificate.',
  },
  'passkey-cross-origin': {
    status: 403,
    zh: '请求来自嵌入的其他网站，未执行。请直接打开本平台登录。',
    en: 'The request came from within another site; nothing was done. Open this platform itself.',
  },
  'passkey-copied': {
    status: 401,
    zh: '该通行密钥的计数倒退，可能被复制，未登录。请用其他方式登录并移除它。',
    en: 'This passkey’s count fell back: it may be a copy. Sign in otherwise and remove it.',
  },
  'certificate-not-registered': {
    status: 401,
    zh: '该证书未绑定任何单位，未登录。请先登记单位并绑定证书。',
    en: 'The certificate is bound to no party; you are not signed in. Register and bind it first.',
  },
  'member-unclear': {
    status: 409,
    zh: '无法确定由谁使用该证书，未登录。请用通行密钥登录，或由单位管理员指定持有人。',
    en: 'It is unclear in whose hand the certificate is. Use a passkey, or have its holder named.',
  },
  'no-membership': {
    status: 403,
    zh: '您目前不代表任何单位，未登录。请由单位管理员添加您。',
    en: 'You act for no organisation at present. Ask its administrator to add you.',
  },
  'capacity-not-held': {
    status: 403,
    zh: '您在该单位没有这个身份，未切换。请另选。',
    en: 'You do not hold that capacity there; nothing was switched. Choose another.',
  },
  'invitation-of-another': {
    status: 403,
    zh: '此链接邀请的是已在其他单位办理业务的一位人员，不能凭链接登录。请本人先用自己的通行密钥登录，再打开此链接。',
    en: 'This link invites someone who acts for another organisation already; it signs nobody in. Sign in by your own passkey, then open it again.',
  },
  'invitation-to-accept': {
    status: 409,
    zh: '“{party}”邀请您为其办理业务。接受前不会有任何变化；是否接受由您本人决定。',
    en: '“{party}” invites you to act for it. Nothing changes until you accept; that is yours to decide.',
  },
  'log-in-of-own-needed': {
    status: 403,
    zh: '您还代表或曾代表其他单位，凭本单位的证书或链接登录时不能办理投标事项，未执行。请用本人的通行密钥登录后再办。',
    en: 'You act or have acted for others, too, so a log-in that one organisation vouches for cannot bid; nothing was done. Sign in by your own passkey.',
    source: 'TR 40(2); domain §2',
  },
  'link-used': {
    status: 410,
    zh: '此链接已使用或已过期。请让发出者重新生成。',
    en: 'This link is used or has run out. Ask for a new one.',
  },
} as const
