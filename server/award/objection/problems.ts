import { commonProblems } from '../../kernel/problem.ts'

/** Refusals of objections and challenges. */
export const problems = {
  'not-yet': commonProblems['not-yet'],
  'wrong-kind': {
    status: 422,
    zh: '本项目应当提出{right}，未提交。内容已保留。',
    en: 'The law that governs this trade has the other kind: {right}. Not filed; entries kept.',
    source: '招标投标法实施条例 art. 22, 44, 54; 政府采购法 art. 52',
  },
  'nothing-to-object': {
    status: 409,
    zh: '所针对的文件、开标或结果尚未公布，或其异议阶段不在此处，未提交。',
    en: 'What it is about is not published yet, or is objected to elsewhere; not filed.',
  },
  'objection-too-late': {
    status: 409,
    zh: '已超过法定期限（{limit}），未提交。可依法向监督部门反映。',
    en: 'The time allowed by law ended at {limit}; not filed. The regulator may be told.',
    source: '招标投标法实施条例 art. 22, 54; 政府采购法 art. 52',
  },
  'correction-asked-already': {
    status: 409,
    zh: '补正已要求过一次，缺陷应当一次告知，未执行。请受理或说明不予受理的理由。',
    en: 'Corrections were asked for once, and defects are named at once. Accept it, or refuse it.',
  },
  'not-the-filer': {
    status: 403,
    zh: '只有提出人可以进行此操作，未执行。',
    en: 'Only the one who filed may do this; nothing was done.',
  },
} as const
