import './kit/kit.css'
import { render } from 'solid-js/web'
import { loadTexts, showLanguage } from './i18n/i18n.ts'
import { App } from './shell/app.tsx'
import { bringFont } from './shell/font.ts'
import { preloadPage } from './shell/pages.tsx'
import { loadSession } from './shell/session.ts'
import { showTheme } from './shell/theme.ts'

/** The first HTML holds the page's text; it is replaced only once the page can be drawn. */
async function main(): Promise<void> {
  showTheme()
  showLanguage()
  bringFont()
  await Promise.all([
    loadTexts('shell', 'kit'),
    loadSession().catch(() => {}), // without the server pages say so themselves
    preloadPage(location.pathname),
  ])
  const root = document.getElementById('app')
  if (!root) throw new Error('index.html has no #app')
  root.textContent = ''
  render(() => <App />, root)
}

void main()
