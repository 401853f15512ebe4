/** What a purchaser ends, and a bidder revokes, before its time; nobody else loads it. */
export default {
  signersOnly: '由法定代表人或授权签署人办理',
  'terminate.tender': '终止招标',
  'terminate.governmentProcurement': '终止采购活动',
  'terminate.when.tender':
    '招标人终止招标的，应当及时公告或者书面通知，退还收取的费用（招标投标法实施条例第三十一条）。',
  'terminate.when.governmentProcurement':
    '除因重大变故采购任务取消外，不得擅自终止招标活动（财政部令第87号第二十九条）。',
  'terminate.bids': '投标',
  'terminate.bidsText': '没有开启的投标不再开启，原样密封退回。',
  'terminate.money': '费用',
  'terminate.money.tender': '及时退还文件费、投标保证金和银行同期存款利息。',
  'terminate.money.governmentProcurement':
    '五个工作日内退还文件费、投标保证金及其孳息；把情况和原因报告本级财政部门。',
  'terminate.told': '告知',
  'terminate.toldText':
    '原因随即向所有人公开，本平台通知代理机构、交易中心、获取文件的投标人和评标专家。依法还应当发布公告并书面通知。',
  'terminate.final': '后续',
  'terminate.finalText': '不能恢复。需要再次招标（采购）的，另建项目。',
  'terminate.lot': '标段（包）',
  'terminate.lotHint': '只终止选中的一个，其他照常进行。',
  'terminate.choose': '请选择',
  'terminate.lotFirst': '请选择要终止的标段（包）。',
  'terminate.only': '只终止“{lot}”，其他标段（包）不受影响。',
  'terminate.reason': '终止的原因',
  'terminate.reasonHint': '写明事实和依据，所有人都能看到。',
  'terminate.reasonFirst': '请写明终止的原因。',
  'terminate.sign': '签名终止',
  'terminate.verb': '签名并终止',
  'revoke.title': '撤销投标',
  'revoke.note':
    '截止后是撤销，不是撤回：这份投标不再开启、评审和排名；已是中标候选人的，视为放弃。撤销后不能恢复。',
  'revoke.bond.tender': '招标人可以不退还投标保证金（招标投标法实施条例第三十五条）。',
  'revoke.bond.governmentProcurement':
    '采购人、代理机构可以不退还投标保证金（财政部令第87号第二十三条）。',
  'revoke.reason': '撤销的理由',
  'revoke.reasonHint':
    '写入您签名的文书。开标后撤销的，评标委员会、监督部门和采购人（招标人）能看到。',
  'revoke.reasonFirst': '请写明撤销的理由。',
  'revoke.sure': '确定撤销这份投标？撤销后不能恢复，保证金可能不予退还。',
  'revoke.sign': '签名并撤销',
  'revoke.stay': '不撤销',
} as const
