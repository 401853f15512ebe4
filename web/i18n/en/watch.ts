import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/watch.ts'

export default {
  title: 'Watch',
  lead: 'Sessions and trades that run now. Read only: you see what the law lets you, unseen by those inside.',
  alarms: 'Alarms {count} (first)',
  'alarms.none': 'No alarms now',
  sessions: 'Sessions and trades {count}',
  'sessions.none': 'No session runs now',
  what: 'Trade',
  stage: 'Step',
  now: 'Trade time',
  next: 'Next limit',
  progress: 'Progress',
  timeline: 'Timeline',
  'kind.opening': 'Opening',
  'kind.evaluation': 'Evaluation',
  'kind.other': 'Trade',
  'stage.signIn': 'Sign-in',
  'stage.drawing': 'Parameters drawn',
  'stage.decrypting': 'Keys released',
  'stage.readingOut': 'Read out',
  'stage.confirming': 'Confirmation',
  'stage.closing': 'Record signed',
  'stage.halted': 'Halted',
} satisfies Translation<typeof zh>
