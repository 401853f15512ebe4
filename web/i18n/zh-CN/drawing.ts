/** What its parties and those who are drawn do in a draw; the public loads none. */
export default {
  'own.called': '请答复是否参加评审',
  'own.calledText':
    '请在 {time} 前答复。不参加不需要理由，也不影响您的信用；逾期未答复的，由候补接替。',
  'own.accepted': '您已接受，请按时到评标场所签到',
  'own.acceptedText': '签到时核验身份证件和本人，并再次询问是否需要回避。',
  'own.checkedIn': '您已签到',
  'own.accept': '接受',
  'own.decline': '不参加',

  'nonce.commit': '生成随机数并承诺',
  'nonce.commitNote':
    '随机数在本机生成，只存在这台设备的浏览器里；现在只提交它的摘要。到公开时请用同一台设备。',
  'nonce.reveal': '公开我的随机数',
  'nonce.notKept': '这个浏览器不能保存随机数（可能是无痕窗口），未承诺。请换一个窗口再试。',
  'nonce.elsewhere': '您的随机数不在这台设备上',
  'nonce.elsewhereText':
    '请用承诺时的设备和浏览器公开。逾期未公开会记录在案；至少两方公开即可继续。',

  'prepare.title': '准备抽取',
  'prepare.again': '修改抽取条件（已承诺的随机数作废）',
  'prepare.parameters': '从招标文件公布的列表中抽取，以投标截止时间为时刻 T，此时报价仍然密封。',
  'prepare.pool': '保存后显示每组条件的候选人数；承诺抽取之前都可以修改。',
  'prepare.regionHint': '写名称或六位代码；留空为不限',
  'prepare.specialtyHint': '专业代码；留空为不限',
  'prepare.countHint': '抽取几人',
  'prepare.remove': '删除',
  'prepare.add': '增加一组条件',
  'prepare.representativesHint': '不超过三分之一',
  'prepare.perEmployerHint': '默认 1 人',
  'prepare.answerHint': '分钟，逾期由候补接替',
  'prepare.send': '保存抽取条件',

  'pool.title': '候选人数',
  'pool.stratum': '抽取条件',
  'pool.found': '在库候选（人）',
  'pool.employers': '来自单位（个）',
  'pool.standing': '是否够用',
  'pool.enough': '够用',
  'pool.few': '偏少',
  'pool.short': '不够坐满',
  'pool.note': '只有人数，没有姓名。开标前不知道谁应当回避，所以没有扣除；实际可抽的可能更少。',
  'pool.warn': '候选太少：谁会被抽中容易猜到，同样的几个人会反复同席',
  'pool.fewText':
    '{stratum}：抽 {seats} 人，候选 {found} 人。建议不少于 {advised} 人（每席 {each} 人）。',
  'pool.shortText':
    '{stratum}：抽 {seats} 人，候选 {found} 人，来自 {employers} 个单位，受同一单位人数限制坐不满。建议不少于 {advised} 人（每席 {each} 人）。',
  'pool.widen':
    '现在可以放宽：地区留空就从全库抽取，或者另加一组邻近地区的条件，或者专业留空。改好再承诺。',
  'pool.byRule':
    '不放宽的，候补用尽时按规则自动扩大：先不限地区，再不限专业；种子不变，任何人都能重算。仍不够的，重新准备抽取。',

  'named.title': '指定采购人代表',
  'named.done': '已指定 {count} 人',
  'named.open': '需指定 {count} 人',
  'named.note': '代表须持授权函，且与投标人没有利害关系。开标后若发现有关系，须更换。',
  'named.person': '代表的人员编号',
  'named.mandate': '授权函',
  'named.empty': '请填写每位代表的人员编号和授权函。',
  'named.send': '指定代表',

  'commit.moment': '时刻 T（北京时间）',
  'commit.momentHint': '必须晚于现在',
  'commit.deadlineHint': '参数抽取以投标截止时间为准',
  'commit.minutes': '公开随机数的时间',
  'commit.minutesHint': '分钟',
  'commit.tooFew': '现有 {count} 方承诺了随机数，至少需要两方',
  'commit.commit': '承诺抽取',

  'desk.title': '签到：{name}',
  'desk.venue': '评标场所',
  'desk.venueHint': '写名称或六位代码',
  'desk.card': '已核验身份证件',
  'desk.face': '人证一致',
  'desk.recused': '本人申请回避',
  'desk.recusedHint': '不问理由；由候补接替。',
  'desk.checkFirst': '请先核验证件和本人',
  'desk.recuse': '记录回避',
  'desk.send': '确认签到',
  'desk.leave': '先不办',
  'desk.checkedIn': '{name} 已签到',
  'desk.aside': '{name} 申请回避，已记录，未签到',
  'desk.turnedAway': '{name} 不能担任本项目评委，未签到',
  'desk.rule':
    '指定代表时投标人还没有公开。现在查明：本人或者所在单位是投标人，或者本人在监督部门任职。与投标人有利害关系的人、监督部门的工作人员不得进入评标委员会（招标投标法第三十七条，招标投标法实施条例第四十六条）。涉及哪一家不公开，不影响本人信用。',
  'desk.next.purchaser':
    '席位已空出，由采购人另行指定代表，采购人的待办中已有此事。新代表签到后才能评标。',
  'desk.next.pool': '候补专家按抽取顺序接替，已经通知。接替的专家签到后才能评标。',
}
