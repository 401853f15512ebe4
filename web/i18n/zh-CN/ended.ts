/** Why a trade ended before its time or stands still. */
export default {
  LotFailed: '本次招标失败（废标）',
  LotTerminated: '已依法终止',
  LotSuspended: '已暂停',
  'why.tooFewBidders': '投标截止时投标人不足三家。',
  'why.tooFewQualified': '通过资格审查的不足三家。',
  'why.allRejected': '所有投标都被否决。',
  'why.competitionLacking': '有效投标不足三家，明显缺乏竞争。',
  'why.documentFlawed': '招标文件有重大缺陷，评标无法进行。',
  'why.noCandidateLeft': '中标候选人都不能签订合同。',
  'why.objection': '异议（质疑）正在处理。',
}
