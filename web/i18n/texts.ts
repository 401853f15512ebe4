import type edit from './zh-CN/edit.ts'
import type kit from './zh-CN/kit.ts'
import type my from './zh-CN/my.ts'
import type portal from './zh-CN/portal.ts'
import type shell from './zh-CN/shell.ts'
import type trade from './zh-CN/trade.ts'

/** All texts by folder; zh-CN names the keys, and a language that lacks one does not compile. */
export interface Texts {
  edit: typeof edit
  kit: typeof kit
  my: typeof my
  portal: typeof portal
  shell: typeof shell
  trade: typeof trade
}

export type Folder = keyof Texts

/** What another language must hold: the same keys. */
export type Translation<T> = { readonly [K in keyof T]: string }

/** `folder.thing.part`. */
export type TextKey = {
  [F in Folder]: `${F}.${keyof Texts[F] & string}`
}[Folder]
