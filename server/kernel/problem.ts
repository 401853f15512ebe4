import { formatLimit } from './calendar.ts'
import type { Detail, Problems, ProblemText } from './decider.ts'

/** What HTTP answers for a refusal: RFC 9457, `type` = `/problems/<slug>`. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  instance?: string
  [extension: string]: unknown
}

/** A refusal on its way to the caller: nothing was changed. Not a bug, so it carries no stack use. */
export class ProblemError extends Error {
  readonly slug: string
  readonly values: Detail
  /** Further members of the problem document (findings, field errors). */
  readonly extra: Record<string, unknown>
  constructor(slug: string, values: Detail = {}, extra: Record<string, unknown> = {}) {
    super(slug)
    this.slug = slug
    this.values = values
    this.extra = extra
  }
}

/** Problems that belong to no room. Slugs are never renamed. */
export const commonProblems = {
  'not-at-this-stage': {
    status: 409,
    zh: '当前阶段不能进行此操作。内容未改变，请刷新后查看下一步。',
    en: 'Not possible at this stage. Nothing changed; reload to see the next step.',
  },
  'not-found': {
    status: 404,
    zh: '没有找到，或您无权查看。请核对地址或切换身份。',
    en: 'Not found, or not yours to see. Check the address or switch identity.',
  },
  'method-not-allowed': {
    status: 405,
    zh: '此地址不支持该请求方法，未执行。',
    en: 'This address does not take that method; nothing was done.',
  },
  'not-entitled': {
    status: 403,
    zh: '您当前的身份无权进行此操作。内容未改变，请切换身份。',
    en: 'Your present identity may not do this. Nothing changed; switch identity.',
  },
  'not-signed-in': {
    status: 401,
    zh: '请先登录。已填内容保留在本机。',
    en: 'Please sign in. What you entered is kept on this device.',
  },
  'session-expired': {
    status: 401,
    zh: '登录已过期。输入已保留，登录后回到此处。',
    en: 'Signed out. Your entry is kept; sign in to return.',
  },
  'csrf-token-wrong': {
    status: 403,
    zh: '页面凭证不符，未执行。请刷新页面后重试。',
    en: 'The page token does not match; nothing was done. Reload and try again.',
  },
  'input-invalid': {
    status: 422,
    zh: '填写内容有误，未保存。请按提示修改后重试。',
    en: 'Some entries are not valid; nothing was saved. Mend them as shown and try again.',
  },
  'json-malformed': {
    status: 400,
    zh: '请求内容不是有效的 JSON，未处理。',
    en: 'The request is not valid JSON; nothing was done.',
  },
  'json-duplicate-key': {
    status: 400,
    zh: '请求内容有重复的键，未处理。',
    en: 'The request repeats a key; nothing was done.',
  },
  'json-too-deep': {
    status: 400,
    zh: '请求内容嵌套过深，未处理。',
    en: 'The request is nested too deeply; nothing was done.',
  },
  'json-too-large': {
    status: 413,
    zh: '请求内容过大，未处理。',
    en: 'The request is too large; nothing was done.',
  },
  'json-number-unsafe': {
    status: 400,
    zh: '请求中的数字超出可精确表示的范围，未处理。',
    en: 'A number in the request cannot be held exactly; nothing was done.',
  },
  'text-with-nul': {
    status: 422,
    zh: '填写内容含有空字符（U+0000），未保存。请删去后重试。',
    en: 'An entry holds the null character U+0000; nothing was saved. Remove it and try again.',
  },
  stale: {
    status: 409,
    zh: '另一窗口已修改。您的输入已保留，请对照选择。',
    en: 'Changed elsewhere. Your entry is kept; compare and choose.',
  },
  'key-reused': {
    status: 409,
    zh: '同一请求编号已用于另一内容，未执行。首次提交的结果不变。',
    en: 'This request key was used for other content; nothing was done. The first answer stands.',
  },
  'key-missing': {
    status: 400,
    zh: '缺少请求编号（Idempotency-Key），未执行。',
    en: 'The Idempotency-Key header is missing; nothing was done.',
  },
  'rate-limited': {
    status: 429,
    zh: '来自同一来源的请求过多，请稍候再试。账户不受影响。',
    en: 'Too many requests from this source; wait a little. No account is affected.',
  },
  busy: {
    status: 503,
    zh: '系统繁忙，未执行。请按同一编号稍后重试。',
    en: 'Busy; nothing was done. Retry shortly with the same key.',
  },
  'database-away': {
    status: 503,
    zh: '与数据库的连接中断，操作是否完成尚不确定。已填内容保留。请按同一编号重试，不会重复。',
    en: 'The database was out of reach, so it is not known yet whether this was done. Your entry is kept. Retry with the same key: it is never done twice.',
  },
  'ledger-behind-checkpoint': {
    status: 503,
    zh: '存证日志落后于已存的检查点，系统只读，等待恢复。',
    en: 'The ledger is behind its stored checkpoint; reads only until it is recovered.',
  },
  'internal-error': {
    status: 500,
    zh: '系统出错，操作是否完成请按同一编号查询。',
    en: 'Something broke here. Look the act up by its key before repeating it.',
  },
  'clock-backwards': {
    status: 409,
    zh: '交易时钟只能向前拨。时间未改变。',
    en: 'The trade clock moves forward only. The time is unchanged.',
  },
  'clock-too-far': {
    status: 422,
    zh: '交易时钟只能在公元 1970 年至 9000 年之间，起点不晚于 8900 年。时间未改变。',
    en: 'The trade clock runs from 1970 to 9000, and starts by 8900. The time is unchanged.',
  },
  'year-not-loaded': {
    status: 409,
    zh: '{year} 年的工作日历尚未载入，无法确定该日期。请系统管理员先载入年历。',
    en: 'The working-day calendar of {year} is not loaded. A system administrator must load it first.',
  },
  'not-yet': {
    status: 409,
    zh: '时间未到，请于 {limit} 之后再来。',
    en: 'Not yet; come back after {limit}.',
  },
} as const satisfies Problems

/**
 * Fills `{name}` in a problem's text; an unknown name stays as written. Instants are shown as
 * Beijing time, `{late}` as the time that has gone by since the limit.
 */
export function fillText(text: string, values: Detail, language: 'zh' | 'en'): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = name === 'late' ? lateness(values, language) : values[name]
    if (value === undefined || value === null) return whole
    return isInstant(value) ? formatLimit(value) : String(value)
  })
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)

/** To the millisecond within a minute, since that is what is argued about; else in minutes, hours, days. */
function lateness({ limit, now }: Detail, language: 'zh' | 'en'): string | null {
  if (!isInstant(limit) || !isInstant(now)) return null
  const ms = Date.parse(now) - Date.parse(limit)
  const said = (amount: number | string, zh: string, en: string) =>
    `${amount} ${language === 'zh' ? zh : en}`
  if (ms < 60_000) return said((ms / 1000).toFixed(3), '秒', 's')
  if (ms < 3_600_000) return said(Math.floor(ms / 60_000), '分钟', 'min')
  if (ms < 48 * 3_600_000) return said(Math.floor(ms / 3_600_000), '小时', 'h')
  return said(Math.floor(ms / 86_400_000), '天', 'days')
}

/**
 * The document of a refusal in the caller's language.
 * @param texts the registry of all rooms' problems
 */
export function problemDocument(
  error: ProblemError,
  texts: Problems,
  language: 'zh' | 'en',
): ProblemDocument {
  const text: ProblemText = texts[error.slug] ?? commonProblems['internal-error']
  const shown = fillText(language === 'zh' ? text.zh : text.en, error.values, language)
  const sentence = /^.*?[。.](?=\s|$|[^\d])/u.exec(shown)?.[0] ?? shown
  return {
    type: `/problems/${error.slug}`,
    title: sentence,
    status: text.status,
    detail: shown,
    ...(Object.keys(error.values).length > 0 ? { values: error.values } : {}),
    ...error.extra,
  }
}
