import { createSignal } from 'solid-js'
import type { Folder, TextKey } from './texts.ts'

/**
 * The language of the pages. A folder's texts come with its pages, so a first visit loads no more
 * than it shows; whole sentences, never joined.
 */
export type Language = 'zh' | 'en'
type Dictionary = Readonly<Record<string, string>>
type Module = { default: Dictionary }

const files = import.meta.glob<Module>(['./zh-CN/*.ts', './en/*.ts'])
const tagOf = { zh: 'zh-CN', en: 'en' } as const
const storageKey = 'yg-language'

const dictionaries: Record<Language, Partial<Record<Folder, Dictionary>>> = { zh: {}, en: {} }
const [language, setLanguageSignal] = createSignal<Language>(firstLanguage())

function firstLanguage(): Language {
  const chosen = globalThis.localStorage?.getItem(storageKey)
  if (chosen === 'zh' || chosen === 'en') return chosen
  return globalThis.navigator?.language.toLowerCase().startsWith('zh') === false &&
    globalThis.navigator.languages.every((l) => !l.toLowerCase().startsWith('zh'))
    ? 'en'
    : 'zh'
}

export { language }

/** Loads the texts of folders in the present language, before their pages are drawn. */
export async function loadTexts(...folders: Folder[]): Promise<void> {
  await loadFor(language(), folders)
}

async function loadFor(which: Language, folders: readonly Folder[]): Promise<void> {
  await Promise.all(
    folders
      .filter((folder) => !dictionaries[which][folder])
      .map(async (folder) => {
        const load = files[`./${tagOf[which]}/${folder}.ts`]
        if (!load) throw new Error(`no texts ${which} ${folder}`)
        dictionaries[which][folder] = (await load()).default
      }),
  )
}

/** Changes the language of every page that is open, without a reload. */
export async function changeLanguage(to: Language): Promise<void> {
  await loadFor(to, Object.keys(dictionaries[language()]) as Folder[])
  localStorage.setItem(storageKey, to)
  showLanguage(to)
  setLanguageSignal(to)
}

/** Tells browser and screen reader which language the document is in. */
export function showLanguage(which: Language = language()): void {
  document.documentElement.lang = tagOf[which]
}

type Values = Readonly<Record<string, string | number | null | undefined>>

/** The text of a key in the present language, `{name}` filled in. */
export function t(key: TextKey, values?: Values): string {
  const dot = key.indexOf('.')
  const text = dictionaries[language()][key.slice(0, dot) as Folder]?.[key.slice(dot + 1)] ?? key
  if (!values) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The present language's side of a text that data holds in both. */
export function pick(text: { readonly zh: string; readonly en: string }): string {
  return text[language()]
}
