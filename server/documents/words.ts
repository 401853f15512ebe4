import { findings } from '../opening/opening-session/findings.ts'
import type { RejectionGround } from '../tendering/project/document.ts'

/** Names of the record in the words of the law, for paper; a name that has none stands as it is. */
const grounds: Readonly<Record<RejectionGround, string>> = {
  unsignedUnsealed: '投标文件未签字盖章',
  noJointAgreement: '联合体没有提交共同投标协议',
  unqualified: '不符合资格条件',
  severalBids: '同一投标人提交两份以上不同投标',
  belowCost: '报价低于成本',
  aboveCeiling: '报价高于最高限价',
  notResponsive: '没有响应实质性要求',
  collusionFraudBribery: '串通投标、弄虚作假、行贿',
  bondMissing: '未按规定提交投标保证金',
  signatureMissing: '未按要求签署、盖章',
  aboveBudgetOrCeiling: '报价超过预算或最高限价',
  unacceptableCondition: '含有采购人不能接受的附加条件',
  otherByDocument: '招标文件规定的其他无效情形',
  sameControl: '单位负责人为同一人或存在控股、管理关系',
  abnormallyLow: '报价明显过低且不能说明合理性',
}
const phases: Readonly<Record<string, string>> = {
  qualification: '资格审查',
  responsiveness: '符合性审查',
  scoring: '评分',
  price: '报价',
}

export const groundText = (ground: string): string =>
  (grounds as Readonly<Record<string, string>>)[ground] ?? ground
export const phaseText = (phase: string): string => phases[phase] ?? phase

/** Why a bid did not open: the first sentence of what the hall said. */
export function causeText(problem: string): string {
  const text = findings[problem]?.zh
  return text ? (text.split('。')[0] ?? text) : problem
}
