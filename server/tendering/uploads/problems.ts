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
  'blob-there': {
    status: 409,
    zh: '此编号的文件已完整上传，无需再传，可直接递交。',
    en: 'The file of this id has arrived whole already; there is nothing more to send.',
  },
  // Of the moment alone, like a full queue: who sends waits and tries again.
  'upload-under-way': {
    status: 503,
    zh: '此编号的文件正在另一连接上传，未重复接收。请等它完成，或断开后再试。',
    en: 'The file of this id is being received on another connection; not taken twice. Wait for it, or end it and try again.',
  },
  'bid-too-large': {
    status: 413,
    zh: '单个文件超过 2 GB，或投标总量超过 8 GB，未接收。请拆分或压缩。',
    en: 'A file is over 2 GB or the bid over 8 GB; not accepted. Split or compress.',
  },
  'upload-quota-used': {
    status: 413,
    zh: '您为这个标段上传的总量已到 32 GB 或 1024 个文件，未接收。已上传的内容都在，可照此递交；确需更多请联系代理机构。',
    en: 'You have uploaded 32 GB or 1,024 files for this lot; not accepted. What is there is kept and can be submitted. Ask the agency if you need more.',
  },
} as const
