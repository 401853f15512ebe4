import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import { language, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { printPage } from './print.ts'
import { chooseSize, chooseTheme, type Size, size, type Theme, theme } from './theme.ts'

const themes: readonly Theme[] = ['auto', 'light', 'dark']
const sizes: readonly Size[] = ['large', 'larger', 'largest']

/** What every page ends with: how it looks, and who answers for what. */
export function Foot(): JSX.Element {
  return (
    <footer class="yg-foot">
      <div class="yg-foot-inner">
        <a href="/help">{t('shell.bar.help')}</a>
        <a href="/status">{t('shell.foot.status')}</a>
        <a href="/accessibility">{t('shell.foot.accessibility')}</a>
        <a href="/openapi.json" rel="external">
          {t('shell.foot.api')}
        </a>
        <label class="yg-row">
          {t('shell.foot.theme')}
          <select
            class="yg-input"
            style={{ width: 'auto' }}
            onChange={(e) => chooseTheme(e.currentTarget.value as Theme)}
          >
            <For each={themes}>
              {(one) => (
                <option value={one} selected={one === theme()}>
                  {t(`shell.theme.${one}`)}
                </option>
              )}
            </For>
          </select>
        </label>
        <Button small onPress={() => void printPage()}>
          {t('shell.foot.print')}
        </Button>
        <span>{t('shell.foot.zone')}</span>
      </div>
    </footer>
  )
}

/** Elder mode's own line: how large, and the page read aloud where a voice is there. */
export function ElderStrip(): JSX.Element {
  return (
    <Show when={size() !== 'normal'}>
      <div class="yg-band" data-tone="plain">
        <span>{t('shell.elder.size')}</span>
        <For each={sizes}>
          {(one) => (
            <Button pressed={one === size()} onPress={() => chooseSize(one)}>
              {t(`shell.elder.${one}`)}
            </Button>
          )}
        </For>
        <ReadAloud />
        <Button onPress={() => chooseSize('normal')}>{t('shell.elder.leave')}</Button>
      </div>
    </Show>
  )
}

function ReadAloud(): JSX.Element {
  const speech = globalThis.speechSynthesis
  const [isReading, setReading] = createSignal(false)
  const [hasVoice, setVoice] = createSignal(false)
  const look = () =>
    setVoice(speech?.getVoices().some((v) => v.lang.startsWith(language())) ?? false)
  look()
  speech?.addEventListener?.('voiceschanged', look) // voices come late
  onCleanup(() => {
    speech?.removeEventListener?.('voiceschanged', look)
    speech?.cancel()
  })
  function read(): void {
    if (isReading()) {
      speech.cancel()
      setReading(false)
      return
    }
    const words = new SpeechSynthesisUtterance(document.getElementById('main')?.textContent ?? '')
    words.lang = language() === 'zh' ? 'zh-CN' : 'en'
    words.onend = () => setReading(false)
    setReading(true)
    speech.speak(words)
  }
  return (
    <Show when={hasVoice()}>
      <Button onPress={read}>{t(isReading() ? 'shell.elder.stop' : 'shell.elder.read')}</Button>
    </Show>
  )
}
