import type account from './zh-CN/account.ts'
import type admin from './zh-CN/admin.ts'
import type attending from './zh-CN/attending.ts'
import type award from './zh-CN/award.ts'
import type awarding from './zh-CN/awarding.ts'
import type bid from './zh-CN/bid.ts'
import type desk from './zh-CN/desk.ts'
import type doc from './zh-CN/doc.ts'
import type document from './zh-CN/document.ts'
import type draw from './zh-CN/draw.ts'
import type drawing from './zh-CN/drawing.ts'
import type edit from './zh-CN/edit.ts'
import type ended from './zh-CN/ended.ts'
import type ending from './zh-CN/ending.ts'
import type event from './zh-CN/event.ts'
import type hall from './zh-CN/hall.ts'
import type keys from './zh-CN/keys.ts'
import type kit from './zh-CN/kit.ts'
import type ledger from './zh-CN/ledger.ts'
import type my from './zh-CN/my.ts'
import type notice from './zh-CN/notice.ts'
import type overview from './zh-CN/overview.ts'
import type portal from './zh-CN/portal.ts'
import type proposal from './zh-CN/proposal.ts'
import type questions from './zh-CN/questions.ts'
import type recompute from './zh-CN/recompute.ts'
import type register from './zh-CN/register.ts'
import type report from './zh-CN/report.ts'
import type seal from './zh-CN/seal.ts'
import type shell from './zh-CN/shell.ts'
import type table from './zh-CN/table.ts'
import type trade from './zh-CN/trade.ts'
import type verify from './zh-CN/verify.ts'
import type watch from './zh-CN/watch.ts'

/** All texts by folder; zh-CN names the keys, and a language that lacks one does not compile. */
export interface Texts {
  account: typeof account
  admin: typeof admin
  attending: typeof attending
  award: typeof award
  awarding: typeof awarding
  bid: typeof bid
  desk: typeof desk
  document: typeof document
  doc: typeof doc
  draw: typeof draw
  drawing: typeof drawing
  edit: typeof edit
  ended: typeof ended
  ending: typeof ending
  event: typeof event
  hall: typeof hall
  keys: typeof keys
  kit: typeof kit
  ledger: typeof ledger
  my: typeof my
  notice: typeof notice
  overview: typeof overview
  portal: typeof portal
  proposal: typeof proposal
  questions: typeof questions
  recompute: typeof recompute
  register: typeof register
  report: typeof report
  seal: typeof seal
  shell: typeof shell
  table: typeof table
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
