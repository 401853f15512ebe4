import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/ledger.ts'

export default {
  title: 'Record',
  lead: 'Each step is in a log that only grows. What is secret for now appears here once the law opens it.',
  none: 'Nothing here that you may see yet',
  what: 'What',
  when: 'When (Beijing time)',
  digest: 'Digest',
  proof: 'Proof',
  event: 'Event, salt and proof',
  part: 'The part that is meant',
  missing: 'This is not in the record, or not public by law yet',
  missingText: 'Below is all of the record that you may see now.',
  good: 'Checked on this device: it agrees',
  goodText:
    'Event and salt give the digest of the list; it is in entry {index} of the log, which had {size} when it was signed. The public key came from this platform; to do without it, check on the Verify page with a key file of your own.',
  bad: 'Checked on this device: it does not agree',
  badText:
    'Event, salt and proof do not fit each other. Keep what this page shows and tell the regulator.',
} satisfies Translation<typeof zh>
