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
  'prepare.pool':
    'Once saved, the candidates of each line are counted; it can be changed until the draw is committed.',
  'prepare.regionHint': 'Name or six-digit code; empty: any',
  'prepare.specialtyHint': 'Code; empty: any',
  'prepare.countHint': 'How many',
  'prepare.remove': 'Remove',
  'prepare.add': 'Add another',
  'prepare.representativesHint': 'A third at most',
  'prepare.perEmployerHint': 'Usually 1',
  'prepare.answerHint': 'Minutes; then a reserve',
  'prepare.send': 'Save',

  'pool.title': 'Candidates',
  'pool.stratum': 'Drawn from',
  'pool.found': 'In the pool',
  'pool.employers': 'Employers',
  'pool.standing': 'Enough',
  'pool.enough': 'Enough',
  'pool.few': 'Few',
  'pool.short': 'Too few to fill',
  'pool.note':
    'Counts alone, no names. Who has to stand aside is not known before the opening and not taken off: fewer may be left.',
  'pool.warn': 'Few candidates: who is drawn can be guessed, and the same few sit together again',
  'pool.fewText':
    '{stratum}: {seats} to be drawn from {found}. At least {advised} are advised, {each} a seat.',
  'pool.shortText':
    '{stratum}: {seats} to be drawn from {found} of {employers} employers; by the limit per employer they cannot all be seated. At least {advised} are advised, {each} a seat.',
  'pool.widen':
    'Widen now: leave the region empty to draw from the whole pool, add a line for a neighbouring region, or leave the specialty empty. Commit after that.',
  'pool.byRule':
    'Else the rule widens once the reserve is used up: any region first, then any specialty, by the same seed, for anyone to recompute. Where that is not enough the draw is prepared again.',

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
  'desk.venueHint': 'Name or six-digit code',
  'desk.card': 'Identity card shown',
  'desk.face': 'Face matches the card',
  'desk.recused': 'Asks to stand aside',
  'desk.recusedHint': 'No reason is asked; a reserve takes the seat.',
  'desk.checkFirst': 'Check card and face first',
  'desk.recuse': 'Record the recusal',
  'desk.send': 'Confirm',
  'desk.leave': 'Not now',
  'desk.checkedIn': '{name} is checked in',
  'desk.aside': '{name} stands aside: recorded, not checked in',
  'desk.turnedAway': '{name} may not sit in this committee and was not checked in',
  'desk.rule':
    'When representatives were named, bidders were not known yet. It is known now that the person or the employer is a bidder, or the person works for a supervising authority. Whoever is tied to a bidder, or supervises the trade, may not sit (Tendering Law art. 37; its Implementing Regulations art. 46). Which bidder is not told, and the person’s credit is not touched.',
  'desk.next.purchaser':
    'The seat is free: the purchaser has it among its duties to name another, who has to check in before the evaluation goes on.',
  'desk.next.pool':
    'The next reserve in drawn order has been called, and has to check in before the evaluation goes on.',
} satisfies Translation<typeof zh>
