import { formatBeijing } from '../../kernel/calendar.ts'
import { formatYuan } from '../../kernel/money.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { listTrades } from '../public/list.ts'

/**
 * The text of public pages in the first HTML: readable without script, by slow lines and by search
 * engines. The client replaces it once its own page is there.
 */
const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

export interface FirstHtml {
  readonly title: string
  readonly body: string
}

export async function homeHtml(platform: Platform): Promise<FirstHtml> {
  const { items } = await listTrades(platform.sql, { limit: 20 })
  const rows = items.map(
    (t) =>
      `<li><a href="/t/${t.id}">${escaped(t.title.zh)}</a> ${escaped(t.purchaserName)}，` +
      `${formatYuan(t.budgetFen)} 元，投标截止 ${formatBeijing(t.deadline)}（北京时间）</li>`,
  )
  return {
    title: '阳光 · 公共资源交易平台',
    body: `<main><h1>公共资源交易</h1><ul>${rows.join('')}</ul></main>`,
  }
}

/** A trade's notice, or null where it is not public. */
export async function tradeHtml(platform: Platform, id: string): Promise<FirstHtml | null> {
  const trade = await loadTrade(platform, id).catch(() => null)
  if (trade?.project.stage !== 'published') return null
  const { document, times, publishedAt, bidDeadline, answers } = trade.project
  const lots = document.lots.map(
    (lot) =>
      `<li>${escaped(lot.title.zh)}${
        lot.ceilingPriceFen === undefined ? '' : `，最高限价 ${formatYuan(lot.ceilingPriceFen)} 元`
      }</li>`,
  )
  const requirements = document.qualification.map((q) => `<li>${escaped(q.zh)}</li>`)
  const asked = answers.map((a) => `<dt>${escaped(a.question)}</dt><dd>${escaped(a.text)}</dd>`)
  const row = (name: string, value: string) =>
    `<tr><th scope="row">${name}</th><td>${value}</td></tr>`
  return {
    title: `${document.title.zh} · 阳光`,
    body: `<main><h1>${escaped(document.title.zh)}</h1><p>${escaped(id)}</p><table>${[
      row('预算', `${formatYuan(document.budgetFen)} 元`),
      row('公告时间', formatBeijing(publishedAt)),
      row('文件获取截止', formatBeijing(times.documentUntil)),
      row('投标截止、开标', `${formatBeijing(bidDeadline)}（北京时间）`),
    ].join(
      '',
    )}</table><h2>标段（包）</h2><ul>${lots.join('')}</ul><h2>资格要求</h2><ul>${requirements.join(
      '',
    )}</ul>${asked.length > 0 ? `<h2>答疑</h2><dl>${asked.join('')}</dl>` : ''}</main>`,
  }
}
