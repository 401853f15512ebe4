import type account from './zh-CN/account.ts'
import type award from './zh-CN/award.ts'
import type bid from './zh-CN/bid.ts'
import type desk from './zh-CN/desk.ts'
import type draw from './zh-CN/draw.ts'
import type edit from './zh-CN/edit.ts'
import type event from './zh-CN/event.ts'
import type hall from './zh-CN/hall.ts'
import type kit from './zh-CN/kit.ts'
import type my from './zh-CN/my.ts'
import type notice from './zh-CN/notice.ts'
import type portal from './zh-CN/portal.ts'
import type proposal from './zh-CN/proposal.ts'
import type seal from './zh-CN/seal.ts'
import type shell from './zh-CN/shell.ts'
import type trade from './zh-CN/trade.ts'
import type verify from './zh-CN/verify.ts'
import type watch from './zh-CN/watch.ts'

/** All texts by folder; zh-CN names the keys, and a language that lacks one does not compile. */
export interface Texts {
  account: typeof account
  award: typeof award
  bid: typeof bid
  desk: typeof desk
  draw: typeof draw
  edit: typeof edit
  event: typeof event
  hall: typeof hall
  kit: typeof kit
  my: typeof my
  notice: typeof notice
  portal: typeof portal
  proposal: typeof proposal
  seal: typeof seal
  shell: typeof shell
  trade: typeof trade
  verify: typeof verify
  watch: typeof watch
}

export type Folder = keyof Texts

/** What another language must hold: the same keys. */
export type Translation<T> = { readonly [K in keyof T]: string }

/** `folder.thing.part`. */
export type TextKey = {
  [F in Folder]: `${F}.${keyof Texts[F] & string}`
}[Folder]
