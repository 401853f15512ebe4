import { problems as logInProblems } from './identity/login/problems.ts'
import type { Problems } from './kernel/decider.ts'
import { commonProblems } from './kernel/problem.ts'
import { findings as openingFindings } from './opening/opening-session/findings.ts'
import { deciders } from './streams.ts'
import { sealedProblems } from './tendering/bid/sealed-problems.ts'
import { problems as uploadProblems } from './tendering/uploads/problems.ts'
import { problems as trustTexts } from './trust/problems.ts'

/** A signature that does not count: nothing was done, whatever was wrong with it. */
const trustProblems: Problems = Object.fromEntries(
  Object.entries(trustTexts).map(([slug, text]) => [
    slug,
    {
      status: 422,
      zh: `${text.zh.replaceAll(',', '，')}。未签署，内容已保留，请重新签名。`,
      en: `${text.en}. Nothing was signed; your entries are kept. Sign again.`,
    },
  ]),
)

/** Refusals of the edge: files and identities. */
const edgeProblems = {
  'trust-list-missing': {
    status: 503,
    zh: '尚未载入信任列表，暂不能签署。请系统管理员载入。',
    en: 'No trust list is loaded, so nothing can be signed. A system administrator must load one.',
  },
  'party-other': {
    status: 422,
    zh: '此证书属于另一单位，未签名。内容已保留，请换证书。',
    en: "Another party's certificate; nothing signed. Draft kept. Use yours.",
  },
  'signer-other-certificate': {
    status: 422,
    zh: '签名所用证书与内容所指的不同，未签署。请重新签名。',
    en: 'Signed by another certificate than the act names; nothing was done. Sign again.',
  },
  'file-too-large': {
    status: 413,
    zh: '文件超过 2 GB，未保存。请拆分。',
    en: 'The file is over 2 GB; not saved. Split it.',
  },
  'document-file-missing': {
    status: 422,
    zh: '附件“{name}”在平台上不存在，或大小不符，未保存。请重新上传后再保存。',
    en: 'The file {name} is not on the platform, or its size differs; nothing was saved. Upload it again, then save.',
  },
  'document-files-full': {
    status: 413,
    zh: '本项目上传的附件已到 8 GB 或 2000 个，未保存。未被招标文件引用的附件一周后清除，届时可再上传。',
    en: 'The files sent up for this project have reached 8 GB or 2,000; not saved. Those that no document names are removed after a week.',
  },
  'upload-broken': {
    status: 400,
    zh: '网络中断，已传部分已保留，恢复后续传。',
    en: 'Connection lost. What was sent is kept and will resume.',
  },
} as const satisfies Problems

/** Every refusal of the platform by its slug: rooms, libraries and common ones. */
export const problemTexts: Problems = Object.assign(
  {},
  trustProblems,
  edgeProblems,
  sealedProblems,
  logInProblems,
  uploadProblems,
  openingFindings,
  commonProblems,
  ...Object.values(deciders).map((d) => d.problems),
)
