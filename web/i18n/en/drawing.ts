import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/drawing.ts'

export default {
  'own.called': 'Please say whether you will serve',
  'own.calledText':
    'Answer by {time}. Declining needs no reason and does you no harm; without an answer a reserve is called.',
  'own.accepted': 'You have accepted; check in at the venue in time',
  'own.acceptedText':
    'Your card and face are checked there, and you are asked once more about recusal.',
  'own.checkedIn': 'You have checked in',
  'own.accept': 'Accept',
  'own.decline': 'Decline',

  'nonce.commit': 'Make a random number and commit it',
  'nonce.commitNote':
    'It is made on this device and stays in this browser alone; only its digest is sent now. Reveal it from the same device.',
  'nonce.reveal': 'Reveal my random number',
  'nonce.notKept':
    'This browser keeps nothing (a private window?), so nothing was committed. Use another window.',
  'nonce.elsewhere': 'Your random number is not on this device',
  'nonce.elsewhereText':
    'Reveal it from the device and browser that committed it. Who does not reveal is recorded; two are enough to go on.',

  'prepare.title': 'Prepare the draw',
  'prepare.again': 'Change what is drawn (committed numbers lapse)',
  'prepare.parameters':
    'Drawn from the list in the tender document; the deadline is moment T, while prices are still sealed.',
  'prepare.regionHint': 'Six-digit code; empty: any',
  'prepare.specialtyHint': 'Code; empty: any',
  'prepare.countHint': 'How many',
  'prepare.remove': 'Remove',
  'prepare.add': 'Add another',
  'prepare.representativesHint': 'A third at most',
  'prepare.perEmployerHint': 'Usually 1',
  'prepare.answerHint': 'Minutes; then a reserve',
  'prepare.send': 'Save',

  'named.title': 'Name the purchaser’s representatives',
  'named.done': '{count} named',
  'named.open': '{count} to name',
  'named.note':
    'Each holds a mandate letter and has no tie to a bidder. One found after the opening means another is named.',
  'named.person': 'Person id',
  'named.mandate': 'Mandate letter',
  'named.empty': 'Give person id and mandate letter of each.',
  'named.send': 'Name them',

  'commit.moment': 'Moment T (Beijing time)',
  'commit.momentHint': 'Later than now',
  'commit.deadlineHint': 'For parameters: the deadline',
  'commit.minutes': 'Time to reveal',
  'commit.minutesHint': 'Minutes',
  'commit.tooFew': '{count} committed so far; two are needed',
  'commit.commit': 'Commit the draw',

  'desk.title': 'Check in: {name}',
  'desk.venue': 'Venue',
  'desk.venueHint': 'Six-digit region code',
  'desk.card': 'Identity card shown',
  'desk.face': 'Face matches the card',
  'desk.recused': 'Asks to stand aside',
  'desk.recusedHint': 'No reason is asked; a reserve takes the seat.',
  'desk.checkFirst': 'Check card and face first',
  'desk.recuse': 'Record the recusal',
  'desk.send': 'Confirm',
  'desk.leave': 'Not now',
} satisfies Translation<typeof zh>
