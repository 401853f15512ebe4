import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/questions.ts'

export default {
  title: 'Questions and answers',
  answered: 'Answered',
  none: 'No answers yet',
  noneHint: 'Once a bidder asks, the agency answers here for everyone, the asker unnamed.',
  answeredAt: 'Answered {time}',
  ask: 'Ask a question',
  lateTender:
    'Bidding closed at {time}; no more questions. Object to the opening in the hall, to the result within the publicity period.',
  lateGp:
    'Bidding closed at {time}; no more questions. A challenge may be filed within 7 working days of knowing of a harm.',
  received: 'The platform received your question at {time}; the agency cannot see who asked.',
  lot: 'About which lot',
  text: 'Question',
  hint: 'Do not name your firm: the words are published with the answer.',
  send: 'Submit the question',
  empty: 'Write something first',
  waiting: 'To be answered',
  waitingNote: 'The platform tells nobody who asked.',
  noneWaiting: 'No question waits',
  answer: 'Answer',
  bears: 'Does it bear on how bids are made?',
  bearsNo: 'No: publish to all at once',
  bearsYes: 'Perhaps: the purchaser confirms, and a deadline less than 15 days away moves',
  publish: 'Publish the answer to all',
  propose: 'Sign and ask for confirmation',
} satisfies Translation<typeof zh>
