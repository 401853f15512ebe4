/** What sealing and opening one's own bid may be refused for: what happened, what was kept, what to do. */
export default {
  'failure.seal-failed': '没有完成，原文件和草稿未变。请再试一次；仍不行请换一台设备。',
  'failure.session-expired': '登录已过期。草稿已保留，登录后回到此处。',
  'failure.unreachable': '连不上平台，没有完成。内容已保留，联网后请再按一次。',
  'failure.upload-broken': '网络中断，已传部分已保留，恢复后续传。',
  'failure.cancelled': '已取消。已传的密文不构成投标，草稿已保留。',
  'failure.file-changed': '选好的文件后来被移动或改动，未封装。草稿已保留，请重新选择该文件。',
  'failure.bid-too-large':
    '文件超过 2 GB（整份 8 GB，或多于 256 个），未封装。其他不变，请拆分或压缩。',
  'failure.header-too-large': '文件太多，未封装。请合并后再试。',
  'failure.test-wrap': '自检不通过：用您的加密证书取不回内容密钥。未提交。请重新封装，或换证书。',
  'failure.test-text': '自检不通过：重新打开的报价或文件目录与原件不一致。未提交。请重新封装。',
  'failure.test-file': '自检不通过：从平台取回的密文与本机文件不一致。未提交。请重新封装。',
  'failure.not-sealed': '封装的内容已不在本页内存中。草稿已保留，请重新封装；已传的文件不必再传。',
  'failure.not-open': '投标已不在本页打开。请重新打开。',
  'failure.no-wrap': '这份投标没有为证书保存密钥，未打开。请用恢复文件。',
  'failure.key-not-this-bid':
    '密钥与这份投标的承诺不符，未打开。密文未变。请换封装时的证书，或用恢复文件。',
  'failure.envelope-altered': '平台给出的密文与您签名的不一致，未打开。请保存回执并联系监督部门。',
  'failure.certificate-wrong-usage': '所选证书不能用于加密。草稿已保留，请换用加密证书。',
  'failure.algorithm-not-accepted': '所选证书的算法不能在浏览器中解密。请依靠恢复文件。',
  'failure.recovery-unrecognised':
    '这不是本平台的恢复文件，未使用。请选择扩展名为 .ygkeep 的文件。',
  'failure.recovery-truncated': '恢复文件不完整，未使用。请换一份备份。',
  'failure.recovery-commitment-differs': '口令不对，未打开。请核对大小写和输入法后再试。',
  'failure.recovery-chunk-altered': '恢复文件被改动，未使用。请换一份备份。',
  'failure.recovery-not-canonical': '恢复文件的内容读不懂，未使用。请换一份备份。',
  'failure.bid-commitment-differs': '密钥与投标的承诺不符，未打开。请联系代理机构。',
  'keep.file': '恢复文件（.ygkeep）',
  'keep.passPhrase': '恢复文件的口令',
} as const
