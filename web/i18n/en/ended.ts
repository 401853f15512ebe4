import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/ended.ts'

export default {
  LotFailed: 'This tender has failed',
  LotTerminated: 'Terminated by law',
  LotSuspended: 'Suspended',
  'why.tooFewBidders': 'Fewer than three had bid at the deadline.',
  'why.tooFewQualified': 'Fewer than three were qualified.',
  'why.allRejected': 'All bids were rejected.',
  'why.competitionLacking': 'Fewer than three valid bids were left: competition was lacking.',
  'why.documentFlawed': 'The tender document is flawed: no result can be had by it.',
  'why.noCandidateLeft': 'No candidate is left to contract with.',
  'why.objection': 'An objection is being dealt with.',
} satisfies Translation<typeof zh>
