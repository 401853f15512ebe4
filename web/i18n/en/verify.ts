import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/verify.ts'

export default {
  title: 'Verify',
  lead: 'Put in a trade’s archive or a receipt: your own browser checks it from the ground up. Nothing is sent; it works offline.',
  drop: 'Drop a public or full bag (.zip), a receipt or a refusal (.json) here',
  choose: 'Choose a file',
  chooseOther: 'Another file',
  stays: 'It is not sent; it is read on this device alone.',
  what: 'What can be checked',
  whatText:
    'Public bag: every price against the sealed bytes, scores and ranking computed again, without the bidders’ files. Full bag: with the files, for regulator, purchaser, agency and court. Receipts and refusals: the platform’s signature and the place in the log.',
  gone: 'The file can’t be read: moved, deleted or changed since. Choose it again.',
  unreadable: 'This archive cannot be read; nothing was checked. Download it again. ({why})',
  unknownFile:
    'Neither a bag nor a receipt nor a refusal; nothing was checked. Choose a .zip or .json file.',
  noKey: 'No key of the log at hand; nothing was checked. Choose a key file, or go online.',
  'step.reading': 'Reading…',
  'step.checking': 'Checking…',
  'step.of': '{name}, {size}',
  trust: 'Whose keys',
  'trust.why':
    'An archive brings keys of its own, but who forges one forges the keys with it. Use a key file that you saved before.',
  'trust.none': 'No key file chosen: even if all agrees, the verdict is “not confirmed”.',
  'trust.picked': 'Using the keys of {name}',
  'trust.without': 'Do without it',
  'trust.drop': 'Key file (.trust.json)',
  'trust.choose': 'Choose a key file',
  'trust.wrong': 'This is no key file; not used. Choose a .trust.json that you saved before.',
  'trust.unusable': 'The key file cannot be used; nothing was checked. Use another. ({why})',
  'trust.save':
    'No key file yet? Save this platform’s keys now, and compare them with notices, other cities or the press before you rely on them.',
  'trust.saveVerb': 'Save this platform’s keys',
} satisfies Translation<typeof zh>
