import type { Problems } from '../../kernel/decider.ts'
import { problems as upload } from '../uploads/problems.ts'

/** Ends every refusal of sealed bytes: what happened to the files, and what to do. */
const kept = {
  zh: '未接收，文件仍在本机。请重新封装后再提交。',
  en: 'Not accepted; your files are still here. Seal again, then submit.',
}
const text = (zh: string, en: string, status = 422) => ({
  status,
  zh: `${zh}${kept.zh}`,
  en: `${en} ${kept.en}`,
})

/** Refusals of a sealed submission, in the order of `server/sealing/problem.ts`. */
export const sealedProblems = {
  'envelope-unrecognised': text('这不是本平台的密封文件。', 'This is no sealed bid.'),
  'envelope-truncated': text('密封文件不完整。', 'The sealed bid is cut off.'),
  'envelope-trailing-bytes': text(
    '密封文件带有多余内容。',
    'The sealed bid has bytes after its end.',
  ),
  'header-too-large': text('文件数量过多。', 'The bid lists too many files.', 413),
  'header-not-canonical': text(
    '密封文件的结构不符合格式。',
    'The head of the sealed bid has another form.',
  ),
  'suite-not-allowed': text(
    '加密算法与招标文件规定不同。',
    'Sealed by other algorithms than the document says.',
  ),
  'wrong-platform': text('此投标是为另一平台封装的。', 'This bid was sealed for another platform.'),
  'wrong-tender': text('此投标是为另一项目封装的。', 'This bid was sealed for another tender.'),
  'wrong-lot': text('此投标是为另一标段（包）封装的。', 'This bid was sealed for another lot.'),
  'wrong-part': text('此投标是为另一部分封装的。', 'This bid was sealed for another part.'),
  'wrong-bidder': text(
    '此投标是以另一单位或另一证书封装的。',
    'Sealed for another bidder or certificate.',
  ),
  'wrong-board': text(
    '此投标的开启方式与招标文件不同。',
    'Sealed for another opening board than the tender’s.',
  ),
  'point-invalid': text('密封文件中的密钥点无效。', 'A key of the sealed bid is no valid point.'),
  'openability-proof-wrong': text(
    '无法证明此投标可被开启。',
    'There is no proof that this bid can be opened.',
  ),
  'point-reused': text('此密钥已用于另一投标。', 'This key was used by another bid.', 409),
  'quotation-altered': text('报价部分的密文被改动。', 'The sealed quotation was altered.'),
  'files-altered': text('文件目录的密文被改动。', 'The sealed file list was altered.'),
  'blob-missing': text('有文件尚未传完。', 'A file has not arrived whole.'),
  'blob-altered': text('有文件与签名内容不符。', 'A file differs from what was signed.'),
  'size-unpadded': text(
    '密封文件大小未按规定填充。',
    'The sealed sizes are not padded as they must be.',
  ),
  'blob-foreign': text('有文件属于另一标段（包）。', 'A file was sent for another lot.'),
  'bid-too-large': upload['bid-too-large'],
  'signature-invalid': text(
    '签名内容与密封文件不一致。',
    'What was signed is not this sealed bid.',
  ),
} as const satisfies Problems
