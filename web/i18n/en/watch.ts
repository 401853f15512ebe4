import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/watch.ts'

export default {
  title: 'Watch',
  lead: 'Sessions and trades that run now. Read only: you see what the law lets you, unseen by those inside.',
  alarms: 'Alarms {count} (first)',
  'alarms.none': 'No alarms now',
  'alarms.noneHint':
    'Halts, bids that did not open and suspensions appear here. An alarm asks for a look; it is no verdict.',
  'alarms.of': '{time}, by {source}',
  alarmCount: 'Alarms {count}',
  byKind: 'Step',
  byRegion: 'Region',
  allRegions: 'All regions',
  released: '{done} of {of} released',
  confirmed: '{done} of {of} confirmed',
  nowIs: 'Trade time {time}',
  nextIs: 'Next limit {time}',
  'kind.all': 'All steps',
  sessions: 'Sessions and trades {count}',
  'sessions.none': 'No session runs now',
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
