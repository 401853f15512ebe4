/** Refusals of an upload. They speak of the caller's own blobs alone. */
export const problems = {
  'blob-unrecognised': {
    status: 422,
    zh: '上传内容不是密封文件，未保存。请用本平台封装后再上传。',
    en: 'These bytes are no sealed blob; not kept. Seal with this platform, then upload.',
  },
  'blob-differs': {
    status: 409,
    zh: '此编号已存有另一内容，未覆盖。请重新封装，使用新编号。',
    en: 'This id holds other content already; nothing was replaced. Seal again under a new id.',
  },
  'bid-too-large': {
    status: 413,
    zh: '单个文件超过 2 GB，或投标总量超过 8 GB，未接收。请拆分或压缩。',
    en: 'A file is over 2 GB or the bid over 8 GB; not accepted. Split or compress.',
  },
} as const
