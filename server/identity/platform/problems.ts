/** Refusals of the platform's own stream. */
export const problems = {
  'trust-list-out-of-order': {
    status: 409,
    zh: '信任列表不是当前列表的下一份（应为第 {expected} 份），未载入。当前列表继续有效。',
    en: 'The trust list is not the next one (number {expected} is due); the present one stays in force.',
  },
  'trust-list-demo': {
    status: 422,
    zh: '信任列表含演示机构，生产环境不载入。当前列表继续有效。',
    en: 'The trust list names a demo authority; production does not load it. The present one stays.',
  },
  'trust-list-other-platform': {
    status: 422,
    zh: '信任列表没有列出本平台（{platform}），未载入。',
    en: 'The trust list does not name this platform ({platform}); it was not loaded.',
  },
  'trust-list-first-by-console': {
    status: 409,
    zh: '首份信任列表须在服务器上载入（yangguang admin trust-list）。',
    en: 'The first trust list is loaded on the server itself (yangguang admin trust-list).',
  },
  'calendar-loaded-already': {
    status: 409,
    zh: '{year} 年历已按同样内容载入，无需重复。',
    en: 'The calendar of {year} is loaded with the same days already.',
  },
  'calendar-invalid': {
    status: 422,
    zh: '年历中有不存在的日期，未载入。请核对来源公告。',
    en: 'The calendar names a day that does not exist; nothing was loaded. Check the notice.',
  },
  'outage-backwards': {
    status: 422,
    zh: '故障结束早于开始，未登记。请核对时间。',
    en: 'The outage ends before it begins; nothing was recorded. Check the times.',
  },
  'outage-not-over': {
    status: 422,
    zh: '故障结束时间在将来，未登记。请等故障结束后再登记。',
    en: 'The outage ends in the future; nothing was recorded. Record it once it is over.',
  },
  'outage-recorded-already': {
    status: 409,
    zh: '该故障已登记，不可更改。',
    en: 'This outage is recorded already and does not change.',
  },
} as const
