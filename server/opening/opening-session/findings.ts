import type { Problems } from '../../kernel/decider.ts'

/** Why a bid did not open, as the hall says it: `problem` of a row, by the slug of its cause. */
const other = {
  zh: '其他投标继续开启，记录不变。',
  en: 'The other bids go on; the record keeps the cause.',
}
const text = (zh: string, en: string) => ({
  status: 422,
  zh: `${zh}${other.zh}`,
  en: `${en} ${other.en}`,
})
/** Both sealed texts of a bid fail in the same ways. */
const sealedText = (zh: string, en: string) => ({
  'commitment-differs': text(`${zh}的密钥承诺不符。`, `The key does not fit the ${en}.`),
  'chunk-altered': text(`${zh}的密文被改动。`, `The sealed ${en} was altered.`),
  truncated: text(`${zh}的密文不完整。`, `The sealed ${en} is cut off.`),
  'padding-not-zero': text(`${zh}的填充不为零。`, `The padding of the ${en} is not zero.`),
  'not-canonical': text(`${zh}的格式不符。`, `The ${en} has another form.`),
  'wrong-context': text(`${zh}不是为本次投标封装的。`, `The ${en} was sealed for something else.`),
})
const named = <S extends string>(stream: S, texts: ReturnType<typeof sealedText>): Problems =>
  Object.fromEntries(Object.entries(texts).map(([slug, t]) => [`${stream}-${slug}`, t]))

export const findings: Problems = {
  'key-not-released': text('投标人未在规定时间内解密。', 'The bidder released no key in time.'),
  'bid-revoked': text(
    '投标人在截止后撤销了投标。',
    'The bidder revoked the bid after the deadline.',
  ),
  'key-lost': text('平台未能保留已收到的密钥。', 'The platform lost a key that it had received.'),
  'envelope-altered': text(
    '平台保存的密文缺失或被改动。',
    'The platform lost or altered the sealed bid.',
  ),
  'bid-commitment-differs': text(
    '密钥与投标的承诺不符。',
    'The key does not fit what the bid commits to.',
  ),
  ...named('quotation', sealedText('报价', 'quotation')),
  ...named('files', sealedText('文件目录', 'file list')),
  'quotation-invalid': text(
    '报价不符合招标文件的格式。',
    'The quotation does not follow the form.',
  ),
  'files-blobs-differ': text(
    '文件目录与上传的文件不符。',
    'The file list is not of the files sent up.',
  ),
  'file-commitment-differs': text('文件的密钥承诺不符。', 'The key does not fit a file.'),
  'file-chunk-altered': text('文件的密文被改动。', 'A sealed file was altered.'),
  'file-truncated': text('文件的密文不完整。', 'A sealed file is cut off.'),
  'file-digest-differs': text('文件内容与目录不符。', 'A file is not the one that was listed.'),
  'file-padding-not-zero': text('文件的填充不为零。', 'The padding of a file is not zero.'),
}
