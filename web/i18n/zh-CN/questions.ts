/** Questions 询问 and answers 答疑 of a trade. */
export default {
  title: '询问与答疑',
  answered: '已答复',
  none: '还没有答复',
  noneHint: '投标人提出询问后，由代理机构在这里向所有人答复，不显示提问人。',
  answeredAt: '答复时间 {time}',
  ask: '提出询问',
  lateTender:
    '投标已于 {time} 截止，不再接受询问。对开标有异议请在开标现场提出，对结果有异议请在公示期内提出。',
  lateGp:
    '投标已于 {time} 截止，不再接受询问。认为权益受损的，请在知道之日起 7 个工作日内提出质疑。',
  received: '平台已于 {time} 收到您的询问，代理机构看不到提问人。',
  lot: '关于哪个包（标段）',
  text: '询问内容',
  hint: '请不要写明您的单位，答复时原文对全体公开。',
  send: '提交询问',
  empty: '请先填写内容',
  waiting: '待答复',
  waitingNote: '平台不告诉任何人提问人是谁。',
  noneWaiting: '没有待答复的询问',
  answer: '答复内容',
  bears: '是否影响投标文件编制',
  bearsNo: '不影响，直接向全体公布',
  bearsYes: '可能影响，须采购人（招标人）确认；不足 15 日的截止时间相应推迟',
  publish: '向全体公布答复',
  propose: '签名并提请确认',
}
