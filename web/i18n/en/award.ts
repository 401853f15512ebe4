import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/award.ts'

export default {
  title: 'Award and contract',
  winner: 'Winner',
  price: 'Award price',
  toResult: 'See what is published',
  suspended: 'This lot is suspended',
  suspendedText:
    'An objection or a directive is not settled. Once it is, limits move along and the acts go on.',
  notYet: 'The evaluation report is not submitted yet',
  notYetText: 'After it, ranking, limits and what can be done appear here.',

  'coming.evaluated': 'Awaiting the purchaser',
  'coming.evaluatedText':
    'The evaluation is over; the purchaser publishes candidates or decides within the time of the law.',
  'coming.publicity': 'Candidates are published',
  'coming.publicityText':
    'Objections may be filed meanwhile; while one is not answered, the period does not end.',
  'coming.until': 'Published until {time}',
  'coming.awarding': 'Awaiting the decision',
  'coming.awardingText': 'The publication period is over; the tenderer decides by law.',
  'coming.awarded': 'Awaiting the contract',
  'coming.awardedText':
    'Within thirty days of the award letter a written contract is made, as tender document and bid say.',
  'coming.contracted': 'Awaiting the archive',
  'coming.contractedText':
    'Once bonds are returned and the report is made, the agency archives the lot.',
  'coming.archived': 'Archived',
  'coming.archivedText': 'The whole course can be downloaded and verified offline.',

  opened: 'Opened at {price}; corrected, and confirmed by the bidder',

  'bags.title': 'Download and verify',
  'bags.note':
    'With the public bag anyone checks each price against the sealed bytes; the full one holds all files, for those entitled. Verifying needs no connection to this platform.',
  'bags.public': 'Public bag',
  'bags.full': 'Full bag',
  'bags.report': 'Evaluation report, PDF',
  'bags.trust': 'Trust file',
  'bags.verify': 'Verify',

  'public.titleTender': 'Candidates and result',
  'public.titleGp': 'Result',
  'public.over': 'This lot came to no result',
  'public.overText': 'A new notice follows where it is tendered again.',
  'public.noneTender': 'No candidates are published yet',
  'public.noneGp': 'No result is published yet',
  'public.noneText': 'It appears here the moment it is signed.',
  'public.candidates': 'Award candidates',
  'public.candidatesNote':
    'Bidders and interested parties object to the result within this period.',
  'public.candidate': 'Candidate',
  'public.rank': 'Rank',
  'public.price': 'Bid price',
  'public.proof': 'Check',
  'public.left': 'Left',
  'public.leftNotice': 'Left',
  'public.until': 'Published until {time}',
  'public.result': 'Result',
  'public.at': 'Awarded at',
  'public.period': 'Published until',

  'notice.terms': 'Response',
  'notice.delivery': 'Delivery',
  'notice.days': '{count} days',
  'notice.quality': 'Quality',
  'notice.warranty': 'Warranty',
  'notice.months': '{count} months',
  'notice.qualifications': 'Qualifications met',
  'notice.purchaser': 'Purchaser',
  'notice.agency': 'Agency',
  'notice.channel': 'If you disagree',
  'notice.objection': 'Object on this page while candidates are published',
  'notice.challenge': 'Challenge on this page within seven working days after the notice period',
  'notice.uscc': 'Unified social credit code',
  'notice.goods': 'What was bought',
  'notice.experts': 'Committee',
  'notice.representative': '{name} (purchaser’s representative)',

  'object.titleTender': 'Objections',
  'object.titleGp': 'Challenges',
  'object.whoTender':
    'Bidders and interested parties sign in to object within the time of the law.',
  'object.whoGp': 'Suppliers sign in to challenge within the time of the law.',
} satisfies Translation<typeof zh>
