import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/seal.ts'

export default {
  'failure.seal-failed':
    'Not finished; files and draft are unchanged. Try again, or use another device.',
  'failure.session-expired': 'Signed out. Your draft is kept; sign in to return.',
  'failure.unreachable':
    'The platform cannot be reached; nothing was done. All is kept; press again once online.',
  'failure.upload-broken': 'Connection lost. What was sent is kept and will resume.',
  'failure.cancelled': 'Cancelled. Sealed parts that were sent are no bid; the draft is kept.',
  'failure.file-changed':
    'A chosen file was moved or changed since; not sealed. The draft is kept; choose the file again.',
  'failure.bid-too-large':
    'A file is over 2 GB (a bid: 8 GB, or over 256 files); not sealed. Split or compress it.',
  'failure.header-too-large': 'Too many files; not sealed. Join some and try again.',
  'failure.test-wrap':
    'Self-test failed: your encryption certificate does not give the secret back. Nothing was submitted. Seal again, or use another certificate.',
  'failure.test-text':
    'Self-test failed: the price list or file list opened differently. Nothing was submitted. Seal again.',
  'failure.test-file':
    'Self-test failed: what came back from the platform is not your file. Nothing was submitted. Seal again.',
  'failure.not-sealed':
    'What was sealed is no longer in this page. The draft is kept; seal again, sent files need no second sending.',
  'failure.not-open': 'The bid is no longer open in this page. Open it again.',
  'failure.no-wrap': 'No secret was kept for a certificate; not opened. Use the recovery file.',
  'failure.key-not-this-bid':
    'The key is not of this bid; not opened. The bid is unchanged. Use the certificate that sealed it, or the recovery file.',
  'failure.envelope-altered':
    'The platform gave other sealed bytes than you signed; not opened. Save your receipt and tell the regulator.',
  'failure.certificate-wrong-usage':
    'This certificate cannot encrypt. The draft is kept; use an encryption certificate.',
  'failure.algorithm-not-accepted':
    'This kind of certificate cannot decrypt in a browser. Rely on the recovery file.',
  'failure.recovery-unrecognised':
    'This is no recovery file of the platform; not used. Choose a file ending in .ygkeep.',
  'failure.recovery-truncated': 'The recovery file is cut off; not used. Use another copy.',
  'failure.recovery-commitment-differs':
    'Wrong pass phrase; not opened. Check capitals and input method, then try again.',
  'failure.recovery-chunk-altered': 'The recovery file was altered; not used. Use another copy.',
  'failure.recovery-not-canonical':
    'The recovery file cannot be understood; not used. Use another copy.',
  'failure.bid-commitment-differs':
    'The key does not fit what the bid commits to; not opened. Contact the agency.',
  'keep.file': 'Recovery file (.ygkeep)',
  'keep.passPhrase': 'Pass phrase of the recovery file',
} satisfies Translation<typeof zh>
