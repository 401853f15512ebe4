import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/register.ts'

export default {
  title: 'Register an organisation',
  lead: 'Once, for all kinds of trade. Leave at any time: what you filled in stays on this device.',
  signedIn:
    'You act for “{party}” now. Once registered, you are signed in as the new organisation’s administrator.',
  kept: 'What you filled in at {time} is back.',
  clear: 'Start afresh',
  proof: 'Prove it by certificate (best)',
  proofNote:
    'The certificate fills in name and credit code. A bidder so proved may bid at once. Without a certificate you can register as well: pass over this part.',
  proved: 'The certificate of “{holder}” is open; it signs the proof when you submit.',
  provedOther:
    'This certificate’s credit code is {code}, another than the one entered. Check the code, or take another key file.',
  without: 'Without a certificate',
  unit: 'The organisation',
  code: 'Unified social credit code',
  codeHint: 'The 18 characters on the business licence; capitals or not.',
  name: 'Name of the organisation',
  nameHint: 'In full, as on the licence.',
  contact: 'Name of its administrator',
  contactHint:
    'Yourself: the person whom those who approve will ask. Other members can be added later.',
  roles: 'What it will do here',
  rolesHint: 'One or several. A trading centre or regulator holds no other role.',
  'role.bidder': 'Bids. At once if proved by certificate, else once approved.',
  'role.purchaser': 'Buys: approves documents, decides awards. Once approved.',
  'role.agency': 'Runs tenders for others. Once approved.',
  'role.tradingCentre': 'Gives the venue and witnesses. The platform’s administrator approves.',
  'role.regulator': 'Oversees trades. The platform’s administrator approves.',
  send: 'Register',
  sendProof: 'Sign and register',
  codeEmpty: 'Enter the credit code.',
  nameEmpty: 'Enter the name of the organisation.',
  contactEmpty: 'Enter the name of its administrator.',
  rolesEmpty: 'Choose at least one.',
  rolesMixed: 'A trading centre or regulator holds no other role; register them apart.',
  'uscc-length':
    'It has 18 characters; this one has {count}. Complete it, or take away what is too much.',
  'uscc-character':
    '“{char}” is never in a code: digits and capitals without I, O, S, V, Z, which are easily taken for 1, 0, 5, 2.',
  'uscc-registrar': 'The first two, “{text}”, name no registrar. Check these two.',
  'uscc-region': 'Characters 3 to 8, “{text}”, name no region. Check these six.',
  'uscc-organisation-check':
    'Characters 9 to 17 do not fit their own check: one of “{text}” is copied wrongly.',
  'uscc-check':
    'The last character does not fit the rest: one of them is copied wrongly. Check each.',
  codeGood: 'The check character fits.',
  done: '“{party}” is registered',
  doneHeld: 'In force: {roles}. You can begin now.',
  doneWaits:
    'Waiting for approval: {roles}. The result stands under “My organisation”; meanwhile do what follows.',
  passkey: 'Add a passkey',
  passkeyNote:
    'Do it now: you sign in by it from now on. Without a passkey or a bound certificate the platform must send you a new link.',
  passkeyDone: 'The passkey is added; sign in by it from now on.',
  next: 'What comes next',
  nextText: 'Certificates and members are under “My organisation”.',
  toCompany: 'To my organisation',
  toLogin: 'Registered already? Sign in',
} satisfies Translation<typeof zh>
