import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/verify.ts'

export default {
  title: 'Check a receipt',
  lead: 'Choose a bid receipt or a refusal. Your own browser checks it; the file is not sent.',
  key: 'Public key of the log',
  'key.hint': 'Taken from this site unless you change it; compare it with a copy you kept.',
  'key.wrong': 'This is no key of a log',
  drop: 'Drop the receipt (.json) here',
  choose: 'Choose a receipt',
  unreadable: 'This file is neither a receipt nor a refusal',
  ok: 'Everything holds',
  failed: 'It does not hold. Keep this file and turn to the supervising authority',
  kind: 'Kind',
  'kind.receipt': 'Receipt',
  'kind.refusal': 'Refusal',
  signed: 'Signature of the platform',
  act: 'Agrees with what was submitted',
  proof: 'Entered in the log',
  place: 'Place in the log',
  'place.of': 'entry {index} of {size}',
  passed: 'holds',
  wrong: 'does not hold',
  none: 'not in the file',
  whole: 'Check a whole trade',
  'whole.text':
    'Download its archive bag and run npm run verify on any computer with Node: opening, scores and result are checked from the beginning.',
} satisfies Translation<typeof zh>
