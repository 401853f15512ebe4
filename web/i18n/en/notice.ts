import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/notice.ts'

export default {
  'approve.title': 'Approve the tender document',
  'approve.lead': 'Read document and times, then sign, or return it with a reason.',
  'approve.none': 'No document is saved yet, so there is nothing to approve.',
  'approve.done': 'The document is approved; the agency publishes the notice next.',
  'approve.act': 'Sign and approve',
  'approve.return': 'Return for change',
  'approve.reason': 'Reason',
  'approve.reasonHint': 'The agency reads this.',
  'approve.waive': 'Reason for waiving it',
  'approve.waiveHint':
    'With a reason this rule may be waived; the reason is part of what you sign.',
  'approve.must': '{count} of these cannot be waived; return the document.',
  'approve.reasonFirst': 'Give a reason for each, or return the document.',
  'approve.returned': 'Returned: {reason}',
  findings: 'To be settled {count}',
  'findings.none': 'Nothing found that breaks a rule',
  'findings.earliest': 'Earliest lawful: {time}',
  times: 'Times, if published now',
  'times.notice': 'Notice',
  'times.document': 'Document available until',
  'times.deadline': 'Deadline and opening',
  'times.validity': 'Bids valid until',
  'publish.title': 'Publish the notice',
  'publish.lead':
    'The purchaser has approved. Times run from the real publication; after it the law alone amends.',
  'publish.wait': 'The purchaser must approve the document first.',
  'publish.done': 'The notice is published.',
  'publish.act': 'Sign and publish',
  'publish.deadline': 'Deadline (Beijing time)',
  'publish.deadlineHint':
    'As it follows from the days of the document; a later one may be chosen, an unlawful one is refused.',
  'publish.see': 'See the notice',
} satisfies Translation<typeof zh>
