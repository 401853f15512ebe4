/**
 * Who may call what, written by hand from `domain.md` §2 and read by the walk of every operation: the
 * code's own table is what is tested, so nothing here is taken from it. A role by itself: in any
 * capacity; behind a stroke the capacities that may act in it.
 */
export const rolesOfPeople = [
  'Pub', // everybody
  'Any', // signed in
  'Bidder', // acts for an organisation that may bid
  'Bown', // has joined this lot
  'Pu', // this trade's purchaser
  'Ag', // its agency
  'Ce', // its trading centre
  'Drawn', // called to its committee
  'Ex', // sits in it
  'Ch', // chairs it
  'Re',
  'Ad',
  'Agency', // of any trade
  'Purchaser',
  'Centre',
] as const
export type RoleOfPeople = (typeof rolesOfPeople)[number]

/** Whom an organisation sends, and for what. */
const capacities: Readonly<Record<string, readonly string[]>> = {
  // What binds it: a signed act.
  signer: ['legalRepresentative', 'authorisedSigner'],
  // Its daily business.
  officer: ['legalRepresentative', 'authorisedSigner', 'operator'],
  // Money, beside those.
  payer: ['legalRepresentative', 'authorisedSigner', 'operator', 'financeOfficer'],
  // Its own members.
  head: ['orgAdmin', 'legalRepresentative'],
  // Officers of centre and administrator who decide about others.
  clerk: ['orgAdmin', 'legalRepresentative', 'authorisedSigner', 'operator'],
  // A pool expert or a representative: himself.
  expert: ['expert'],
}

const byResource: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'what the platform says of itself': {
    'platform.health': 'Pub',
    'platform.readTrust': 'Pub',
    'platform.readTrustList': 'Pub',
    'platform.listCalendars': 'Pub',
    'platform.listOutages': 'Pub',
    'platform.readOutage': 'Pub',
  },
  'the public ledger: opaque leaves; live streams say to each what he may hear': {
    'log.checkpoint': 'Pub',
    'log.vkey': 'Pub',
    'log.rhythm': 'Pub',
    'log.tile': 'Pub',
    'live.poll': 'Pub',
    'live.stream': 'Pub',
  },
  'the platform’s own settings: its administrator, who sees no business': {
    'platform.loadTrustList': 'Ad/clerk',
    'platform.loadCalendar': 'Ad/clerk',
    'platform.recordOutage': 'Ad/clerk',
  },
  'ways in; then what one may be': {
    'session.read': 'Pub',
    'session.challenge': 'Pub',
    'session.signIn': 'Pub',
    'session.useLink': 'Pub',
    'passkey.challenge': 'Pub',
    'passkey.signIn': 'Pub',
    'session.end': 'Any',
    'session.readCapacities': 'Any',
    'session.chooseCapacity': 'Any',
    'session.acceptInvitation': 'Any',
    'passkey.list': 'Any',
    'passkey.options': 'Any',
    'passkey.add': 'Any',
    'passkey.remove': 'Any',
    'my.read': 'Any',
    'my.listMessages': 'Any',
  },
  'an organisation: its head answers for members and certificates': {
    'party.challenge': 'Pub',
    'party.register': 'Pub',
    'party.list': 'Any',
    'party.read': 'Any',
    'party.listSealedBids': 'Any',
    'party.certificateChallenge': 'Any',
    'party.bindCertificate': 'Any',
    'party.askRoles': 'Any/head',
    'party.addMember': 'Any/head',
    'party.removeMember': 'Any/head',
    'party.linkMember': 'Any/head',
    'party.unbindCertificate': 'Any/head',
  },
  'what is decided about others: administrator, or a centre where the role trades': {
    'party.listRequests': 'Ad/clerk Centre/clerk',
    'party.approveRoles': 'Ad/clerk Centre/clerk',
    'party.declineRoles': 'Ad/clerk Centre/clerk',
    'party.enrolExpert': 'Ad/clerk Centre/clerk',
    'party.listExperts': 'Ad/clerk Centre/clerk',
    'party.suspendExpert': 'Ad/clerk Centre/clerk',
  },
  'the demo, where it is one': {
    'demo.identities': 'Pub',
    'demo.signIn': 'Pub',
    'demo.addParty': 'Pub',
    'demo.keyFile': 'Pub',
    'demo.readClock': 'Pub',
    'demo.moveClock': 'Pub',
    'demo.revoke': 'Pub',
    'ca.crl': 'Pub',
    'ca.ocsp': 'Pub',
    'ca.certificate': 'Pub',
    'tsa.stamp': 'Pub',
  },
  'notice, document, amendment: the agency drafts, the purchaser signs; published they are all’s': {
    'project.create': 'Agency/officer',
    'project.saveDocument': 'Ag/officer',
    'project.uploadFile': 'Ag/officer',
    'project.readDraft': 'Ag Pu',
    'project.approveDocument': 'Pu/signer',
    'project.returnDocument': 'Pu/signer',
    'project.publishNotice': 'Ag/signer',
    'project.proposeAnswer': 'Ag/signer',
    'project.proposeAmendment': 'Ag/signer',
    'project.proposeDeadline': 'Ag/signer',
    'project.withdrawProposal': 'Ag/signer',
    'project.countersign': 'Pu/signer',
    'project.declineProposal': 'Pu/signer',
    'project.relink': 'Pu/signer',
    'project.list': 'Pub',
    'project.read': 'Pub',
    'project.readFile': 'Pub',
    'project.readEvents': 'Pub',
    'project.readEvent': 'Pub',
  },
  'question text: agency and purchaser, without the asker': {
    'project.readQuestions': 'Ag Pu',
    'project.answerQuestion': 'Ag/officer',
  },
  'a bid, and whether there is one: the bidder alone': {
    'bid.joinLot': 'Bidder/officer',
    'bid.askQuestion': 'Bown/officer',
    'bid.recordBond': 'Bown/payer',
    'bid.enterHall': 'Bown/officer',
    'bid.read': 'Bown',
    'bid.readReceipt': 'Bown',
    'bid.putBlob': 'Bown/officer',
    'bid.readBlob': 'Bown/officer',
    'bid.readEnvelope': 'Bown/officer',
    'bid.submit': 'Bown/signer',
    'bid.confirmBid': 'Bown/signer',
    'bid.rewrap': 'Bown/signer',
    'bid.withdraw': 'Bown/signer',
    'bid.revoke': 'Bown/signer',
  },
  'the opening: agency hosts, centre witnesses, bidders decrypt; its record is public': {
    'openingSession.read': 'Pub',
    'openingSession.readRecord': 'Pub',
    'openingSession.printRecord': 'Pub',
    'openingSession.signIn': 'Ag/officer Ce/officer Bown/officer',
    'openingSession.releaseKey': 'Bown/officer',
    'openingSession.confirm': 'Bown/signer',
    'openingSession.object': 'Bown/officer',
    'openingSession.answer': 'Ag/officer Ce/officer',
    'openingSession.extendWindow': 'Ag/officer Ce/officer',
    'openingSession.halt': 'Ag/officer Ce/officer',
    'openingSession.resume': 'Ag/officer Ce/officer',
    'openingSession.close': 'Ag/officer Ce/officer',
  },
  'a draw: parameters by purchaser or agency, run by the system, its proof for all': {
    'draw.read': 'Pub',
    'draw.prepareDraw': 'Pu/officer Ag/officer',
    'draw.prepareParameters': 'Pu/officer Ag/officer',
    'draw.nameRepresentatives': 'Pu/signer',
    'draw.commitDraw': 'Pu/officer Ag/officer',
    'draw.commitNonce': 'Pu/officer Ag/officer Ce/officer Re/officer',
    'draw.revealNonce': 'Pu/officer Ag/officer Ce/officer Re/officer',
    'draw.accept': 'Drawn/expert',
    'draw.decline': 'Drawn/expert',
    'draw.checkIn': 'Ce/officer',
  },
  'the evaluation: sheets are the committee’s, the review of qualification is the purchaser’s': {
    'evaluation.read': 'Ex Re Pu Ag Ce Bown',
    'evaluation.readFile': 'Ex Re Pu Ag',
    'evaluation.saveDraft': 'Ex/expert Pu/officer Ag/officer',
    'evaluation.submitQualificationReview': 'Pu/signer Ag/signer',
    'evaluation.signCommitment': 'Ex/expert',
    'evaluation.submitSheet': 'Ex/expert',
    'evaluation.castVote': 'Ex/expert',
    'evaluation.voteToReject': 'Ex/expert',
    'evaluation.confirmScore': 'Ex/expert',
    'evaluation.signReport': 'Ex/expert',
    'evaluation.dissent': 'Ex/expert',
    'evaluation.closePhase': 'Ch/expert',
    'evaluation.submitReport': 'Ch/expert',
    'evaluation.pause': 'Ch/expert Ag/officer Re/officer',
    'evaluation.resume': 'Ch/expert Ag/officer Re/officer',
    'evaluation.recordAbsence': 'Ag/officer',
    'evaluation.answerExplanation': 'Bown/signer',
    'evaluation.answerCorrection': 'Bown/signer',
    'evaluation.printReport': 'Ex Re Pu Ag',
  },
  'the award is the purchaser’s; candidates and result are public, letters their addressee’s': {
    'lot.terminate': 'Pu/signer',
    'lot.publishCandidates': 'Pu/signer',
    'lot.award': 'Pu/signer',
    'lot.publishResult': 'Pu/signer Ag/signer',
    'lot.sendBack': 'Pu/signer',
    'lot.passOver': 'Pu/signer',
    'lot.candidateFails': 'Pu/signer',
    'lot.proposeContract': 'Pu/signer',
    'lot.withdrawProposal': 'Pu/signer',
    'lot.countersign': 'Bown/signer',
    'lot.declineProposal': 'Bown/signer',
    'lot.readAward': 'Pub',
    'lot.readLetter': 'Bown Pu Ag Re',
  },
  'bonds: payer and account from the opening on': {
    'lot.readBonds': 'Ag Ce Re',
    'bid.settleBond': 'Ag/officer',
  },
  'an objection: a bidder or an interested party files, purchaser or agency replies': {
    'objection.list': 'Bidder Pu Ag Re',
    'objection.file': 'Bidder/signer',
    'objection.withdraw': 'Bidder/signer',
    'objection.accept': 'Pu/officer Ag/officer',
    'objection.askCorrection': 'Pu/officer Ag/officer',
    'objection.refuse': 'Pu/signer Ag/signer',
    'objection.reply': 'Pu/signer Ag/signer',
  },
  'bags: the full one for purchaser, agency, regulator, the public one for all': {
    'lot.exportBag': 'Pu Ag Re',
    'lot.readPublicBag': 'Pub',
    'lot.archive': 'Ag/officer',
  },
  'the regulator’s wall': { 'wall.read': 'Re' },
}

const expectations = new Map(
  Object.values(byResource).flatMap((resource) => Object.entries(resource)),
)

/** Every operation that somebody wrote down who may call. */
export const writtenDown = [...expectations.keys()]

/** The roles of an operation, without capacities. */
export const rolesFor = (operation: string): string[] =>
  (expectations.get(operation) ?? '').split(' ').map((one) => one.split('/')[0])

/** Whether somebody of these roles, in this capacity, may call an operation. */
export function mayBy(
  operation: string,
  roles: readonly RoleOfPeople[],
  capacity: string | null,
): boolean {
  return (expectations.get(operation) ?? '').split(' ').some((one) => {
    const [role, sort] = one.split('/')
    if (!roles.includes(role as RoleOfPeople)) return false
    return sort === undefined || (capacity !== null && capacities[sort].includes(capacity))
  })
}
