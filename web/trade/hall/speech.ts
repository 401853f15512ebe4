import { createSignal, onCleanup } from 'solid-js'
import { language } from '../../i18n/i18n.ts'

/**
 * The voice of the hall. It speaks words that we write and never digits; where no voice of the
 * language is there the captions do it alone. Our own timer moves the reading on: some voices fire no
 * events, and browsers drop what is said right after a cancel.
 */
const storageKey = 'yg-hall-muted'
const letterMs = 260
const pauseMs = 1800
const afterCancelMs = 120

export interface SpokenLine {
  readonly id: string
  /** What stands in the line. */
  readonly caption: string
  /** What is said: amounts in words. */
  readonly speech: string
}

export function createReading(lines: () => readonly SpokenLine[]) {
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const [at, setAt] = createSignal<number | null>(null)
  const [isMuted, setMuted] = createSignal(localStorage.getItem(storageKey) === 'yes')
  const [hasVoice, setVoice] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const voiceOf = () =>
    speech?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language()))
  const look = () => setVoice(voiceOf() !== undefined)
  look()
  speech?.addEventListener?.('voiceschanged', look)
  onCleanup(() => {
    speech?.removeEventListener?.('voiceschanged', look)
    stop()
  })

  function stop(): void {
    clearTimeout(timer)
    speech?.cancel()
    setAt(null)
  }

  function say(text: string): void {
    const voice = voiceOf()
    if (!speech || !voice || isMuted()) return
    speech.cancel()
    setTimeout(() => {
      const words = new SpeechSynthesisUtterance(text)
      words.voice = voice
      words.lang = voice.lang
      speech.speak(words)
    }, afterCancelMs)
  }

  function read(index: number): void {
    const line = lines()[index]
    if (!line) {
      setAt(null)
      return
    }
    setAt(index)
    say(line.speech)
    timer = setTimeout(() => read(index + 1), pauseMs + line.speech.length * letterMs)
  }

  return {
    /** The line that is read, null while none is. */
    line: (): SpokenLine | null => {
      const index = at()
      return index === null ? null : (lines()[index] ?? null)
    },
    hasVoice,
    isMuted,
    start: () => {
      stop()
      read(0)
    },
    stop,
    mute: (muted: boolean) => {
      localStorage.setItem(storageKey, muted ? 'yes' : 'no')
      setMuted(muted)
      if (muted) speech?.cancel()
    },
  }
}
