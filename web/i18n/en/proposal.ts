import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/proposal.ts'

export default {
  title: 'Waiting for the purchaser’s confirmation',
  note: 'The agency has signed. Only once the purchaser signs the same words do they take effect and become public; what is not confirmed by the deadline lapses.',
  answer: 'An answer that bears on bids',
  amendment: 'An amendment of the document',
  deadline: 'A later deadline',
  waits: 'to be confirmed',
  digest: 'Digest of the proposal',
  effect: 'Once confirmed',
  mayMove:
    'Published to all at once, as a new version of the document; a deadline less than 15 days away moves.',
  moves: 'Published to all at once, as a new version of the document; the deadline stays.',
  now: 'Deadline now',
  to: 'Moved to',
  reason: 'Reason',
  change: 'What changes',
  document: 'The document as amended',
  countersign: 'Countersign',
  decline: 'Decline',
  declineReason: 'Why it is declined',
  declineHint: 'The agency is told, and the proposal ends.',
  declineGo: 'Decline and say why',
  reasonFirst: 'Say why it is declined.',
  withdraw: 'Withdraw the proposal',
  signersOnly: 'For the legal representative or an authorised signer',
  'new.title': 'Amend or move',
  'new.note':
    'Signed by the agency, in force and public once the purchaser confirms. A deadline only moves later.',
  'new.changeHint': 'Say what changes, and into what. These words are published once confirmed.',
  'new.changeFirst': 'Say what is changed, and to what.',
  'new.affects':
    'It may: a deadline less than 15 days away moves, and bids must be confirmed or sealed again',
  'new.affectsNot': 'It does not: the deadline stays',
  'new.whole': 'Amend the whole document in the editor',
  'new.toHint': 'Beijing time, later than the present deadline {time}.',
  'new.later': 'Choose a time later than {time}.',
  'new.reasonFirst': 'Say why the deadline moves.',
} satisfies Translation<typeof zh>
