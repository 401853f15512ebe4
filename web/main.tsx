import './kit/kit.css'
import { render } from 'solid-js/web'
import { loadTexts, showLanguage } from './i18n/i18n.ts'
import { App } from './shell/app.tsx'
import { forgetFirstAnswers } from './shell/first-answers.ts'
import { prepareFont } from './shell/font.ts'
import { preloadPage } from './shell/pages.tsx'
import { loadSession } from './shell/session.ts'
import { showTheme } from './shell/theme.ts'

// The forms of the editor try to become code, which our policy refuses and browsers complain of. It
// has to be said before any of them is made, so here and not in the editor's own files.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

/** By now whatever the first page asks for has been asked for. */
const settledMs = 3000

/** The first HTML holds the page's text; it is replaced only once the page can be drawn. */
async function main(): Promise<void> {
  showTheme()
  showLanguage()
  const session = loadSession().catch(() => {}) // without the server pages say so themselves
  const [font] = await Promise.all([
    prepareFont(),
    loadTexts('shell', 'kit'),
    session,
    preloadPage(location.pathname, session),
  ])
  const root = document.getElementById('app')
  if (!root) throw new Error('index.html has no #app')
  font.stand()
  root.textContent = ''
  render(() => <App />, root)
  setTimeout(forgetFirstAnswers, settledMs)
  requestAnimationFrame(() => setTimeout(font.bring)) // after the frame that shows the page
}

void main()
