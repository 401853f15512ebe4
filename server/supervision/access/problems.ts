/** Refusals of looks at what was sealed. */
export const problems = {
  'views-bounded': {
    status: 429,
    zh: '今日查阅次数已达上限，未打开。请明日再试或联系平台。',
    en: 'The bound of looks a day is reached; not opened. Come back tomorrow.',
  },
} as const
