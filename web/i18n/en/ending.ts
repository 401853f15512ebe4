import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/ending.ts'

export default {
  signersOnly: 'For the legal representative or an authorised signer',
  'terminate.tender': 'Terminate the tender',
  'terminate.governmentProcurement': 'Terminate the procurement',
  'terminate.when.tender':
    'Who ends a tender gives notice at once and returns what was taken (Tendering Regulation art. 31).',
  'terminate.when.governmentProcurement':
    'Allowed only where a grave change has cancelled the purchase (MOF Order 87 art. 29).',
  'terminate.bids': 'Bids',
  'terminate.bidsText': 'Bids that were not opened never are, and go back sealed.',
  'terminate.money': 'Money',
  'terminate.money.tender':
    'Document fees and bid bonds go back without delay, with the bank’s interest.',
  'terminate.money.governmentProcurement':
    'Document fees and bid bonds go back within five working days, with interest; the finance authority is told what happened and why.',
  'terminate.told': 'Notice',
  'terminate.toldText':
    'The reason is public at once; the platform tells agency, trading centre, those who obtained the document, and the experts. By law a notice is published and they are told in writing, too.',
  'terminate.final': 'Afterwards',
  'terminate.finalText': 'It cannot be undone. To tender again, make a new trade.',
  'terminate.lot': 'Lot',
  'terminate.lotHint': 'Only the chosen one ends; the others go on.',
  'terminate.choose': 'Choose',
  'terminate.lotFirst': 'Choose the lot that ends.',
  'terminate.only': 'Only “{lot}” ends; the other lots are not touched.',
  'terminate.reason': 'Why it ends',
  'terminate.reasonHint': 'Facts and grounds; everybody can read it.',
  'terminate.reasonFirst': 'Write why it ends.',
  'terminate.sign': 'Sign to terminate',
  'terminate.verb': 'Sign and terminate',
  'revoke.title': 'Revoke the bid',
  'revoke.note':
    'After the deadline a bid is revoked, not withdrawn: it is opened, judged and ranked no more; a candidate counts as having given up. It cannot be undone.',
  'revoke.bond.tender': 'The purchaser may keep the bid bond (Tendering Regulation art. 35).',
  'revoke.bond.governmentProcurement':
    'The purchaser or its agency may keep the bid bond (MOF Order 87 art. 23).',
  'revoke.reason': 'Why it is revoked',
  'revoke.reasonHint':
    'It stands in what you sign. If the bid was opened, committee, regulator and purchaser can read it.',
  'revoke.reasonFirst': 'Write why it is revoked.',
  'revoke.sure': 'Revoke this bid? It cannot be undone, and the bond may be kept.',
  'revoke.sign': 'Sign and revoke',
  'revoke.stay': 'Keep the bid',
} satisfies Translation<typeof zh>
