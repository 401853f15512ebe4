/** The record of a trade, event by event, and the check of one. */
export default {
  title: '过程记录',
  lead: '每一步都写入只增不改的存证日志。暂时保密的事项，依法公开后出现在这里。',
  none: '还没有您可以看到的记录',
  what: '事项',
  when: '时间（北京时间）',
  digest: '摘要',
  proof: '存证',
  event: '事项、随机数与存证证明',
  part: '与此有关的部分',
  missing: '记录里没有这一条，或者依法尚未公开',
  missingText: '下面是您现在可以看到的全部记录。',
  good: '在本机核对：一致',
  goodText:
    '摘要由事项和随机数算出，与上表相同；事项在存证日志第 {index} 条，日志签名时共 {size} 条。所用公钥由本平台给出；要不依赖本平台，请在核验页用自己保存的密钥文件核对。',
  bad: '在本机核对：不符',
  badText: '事项、随机数与存证证明对不上。请保存本页内容，并联系监督部门。',
}
