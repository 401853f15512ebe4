import { formatBeijing } from '../../kernel/calendar.ts'
import { formatYuan } from '../../kernel/money.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { listTrades } from '../public/list.ts'

export const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/**
 * The text of public pages in the first HTML: readable without script, by slow lines and by search
 * engines. The client replaces it once its own page is there.
 */
export interface FirstHtml {
  readonly title: string
  readonly body: string
}

/** Band, bar and main part where the client will draw them: what is read stays in its place. */
export function frameHtml(body: string, isDemo: boolean): string {
  const band = isDemo
    ? '<aside class="yg-band" aria-label="演示环境"><span>演示环境：内容均为虚构，不产生法律效力。</span>' +
      '<a href="/login">换一个演示身份</a></aside>'
    : ''
  const mark =
    '<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">' +
    '<path d="M4 22a12 12 0 0 1 24 0z" style="fill:var(--sun)"/>' +
    '<path d="M2 26h28" stroke="currentColor" stroke-width="2.5"/></svg>'
  const brand =
    `<a class="yg-bar-brand" href="/">${mark}阳光` +
    '<span class="yg-bar-name">公共资源交易平台</span></a>'
  const bar = `<header class="yg-bar"><div class="yg-bar-inner">${brand}</div></header>`
  return `${band}${bar}<main class="yg-main">${body}</main>`
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
    body:
      '<div class="yg-hero"><h1 class="yg-hero-title">公共资源交易，每一步都能核验</h1></div>' +
      `<ul>${rows.join('')}</ul>`,
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
    body: `<h1 class="yg-page-title">${escaped(document.title.zh)}</h1><p>${escaped(id)}</p><table>${[
      row('预算', `${formatYuan(document.budgetFen)} 元`),
      row('公告时间', formatBeijing(publishedAt)),
      row('文件获取截止', formatBeijing(times.documentUntil)),
      row('投标截止、开标', `${formatBeijing(bidDeadline)}（北京时间）`),
    ].join(
      '',
    )}</table><h2>标段（包）</h2><ul>${lots.join('')}</ul><h2>资格要求</h2><ul>${requirements.join(
      '',
    )}</ul>${asked.length > 0 ? `<h2>答疑</h2><dl>${asked.join('')}</dl>` : ''}`,
  }
}
