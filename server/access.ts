import type { Viewer } from './kernel/viewer.ts'
import type { Trade } from './trade.ts'

/**
 * Who may do what: one row an operation, deny by default. `domain.md` §2 is the source; a test
 * walks every operation × role and compares. Which fields an answer then holds goes by `mayRead`.
 * The table says *who*; *when* is in the deciders.
 */
export type Role =
  | 'Pub' // anyone, signed in or not
  | 'Any' // anyone signed in
  | 'Bidder' // acts for an organisation that may bid
  | 'Bown' // has joined this lot: own bid alone
  | 'Pu' // the trade's purchaser
  | 'Ag' // the trade's agency
  | 'Ce' // its trading centre
  | 'Ex' // member of this lot's committee
  | 'Ch' // the committee's chair
  | 'Drawn' // an expert called by the draw, not yet a member
  | 'Re' // regulator
  | 'Agency' // acts for any agency
  | 'Purchaser' // acts for any purchaser
  | 'Centre' // acts for any trading centre
  | 'Ad' // platform administrator

export interface Who {
  readonly roles: readonly Role[]
  /** Where the law wants more than an operator: the capacities that may. */
  readonly capacities?: readonly Viewer['capacity'][]
  /**
   * What counts as the person's own doing in a lot: who acts or has acted for several organisations
   * does it only in a log-in by his own proof, never by one that a single one of them vouches for.
   */
  readonly own?: true
}

const signer = ['legalRepresentative', 'authorisedSigner'] as const
const officer = ['legalRepresentative', 'authorisedSigner', 'operator'] as const
/** Who answers for an organisation's members. */
const head = ['orgAdmin', 'legalRepresentative'] as const
/** Officers of centre and administrator who decide about other organisations. */
const clerk = ['orgAdmin', ...officer] as const
const anyone: Who = { roles: ['Pub'] }
const signedIn: Who = { roles: ['Any'] }

export const access: Readonly<Record<string, Who>> = {
  'platform.health': anyone,
  'my.read': signedIn,
  'my.listMessages': signedIn,
  'wall.read': { roles: ['Re'] },
  'live.poll': anyone,
  'live.stream': anyone,
  'log.checkpoint': anyone,
  'log.vkey': anyone,
  'log.rhythm': anyone,
  'log.tile': anyone,
  'session.read': anyone,
  'session.end': signedIn,
  'session.challenge': anyone,
  'session.signIn': anyone,
  'session.useLink': anyone,
  'session.readCapacities': signedIn,
  'session.chooseCapacity': signedIn,
  'session.acceptInvitation': signedIn,
  'passkey.challenge': anyone,
  'passkey.signIn': anyone,
  'passkey.list': signedIn,
  'passkey.options': signedIn,
  'passkey.add': signedIn,
  'passkey.remove': signedIn,
  'party.list': signedIn,
  'party.challenge': anyone,
  'party.register': anyone,
  'party.read': signedIn,
  'party.listSealedBids': signedIn,
  'party.askRoles': { roles: ['Any'], capacities: head },
  'party.addMember': { roles: ['Any'], capacities: head },
  'party.removeMember': { roles: ['Any'], capacities: head },
  'party.linkMember': { roles: ['Any'], capacities: head },
  'party.certificateChallenge': signedIn,
  'party.bindCertificate': signedIn,
  'party.unbindCertificate': { roles: ['Any'], capacities: head },
  'party.listRequests': { roles: ['Ad', 'Centre'], capacities: clerk },
  'party.approveRoles': { roles: ['Ad', 'Centre'], capacities: clerk },
  'party.declineRoles': { roles: ['Ad', 'Centre'], capacities: clerk },
  'party.enrolExpert': { roles: ['Ad', 'Centre'], capacities: clerk },
  'party.listExperts': { roles: ['Ad', 'Centre'], capacities: clerk },
  'party.suspendExpert': { roles: ['Ad', 'Centre'], capacities: clerk },
  'platform.readTrustList': anyone,
  'platform.loadTrustList': { roles: ['Ad'], capacities: clerk },
  'platform.listCalendars': anyone,
  'platform.loadCalendar': { roles: ['Ad'], capacities: clerk },
  'platform.listOutages': anyone,
  'platform.readOutage': anyone,
  'platform.recordOutage': { roles: ['Ad'], capacities: clerk },
  'demo.identities': anyone,
  'demo.signIn': anyone,
  'demo.addParty': anyone,
  'demo.keyFile': anyone,
  'demo.readClock': anyone,
  'demo.moveClock': anyone,
  'demo.revoke': anyone,
  'ca.crl': anyone,
  'ca.ocsp': anyone,
  'ca.certificate': anyone,
  'tsa.stamp': anyone,
  'project.create': { roles: ['Agency'], capacities: officer },
  'project.saveDocument': { roles: ['Ag'], capacities: officer },
  'project.readDraft': { roles: ['Ag', 'Pu'] },
  'project.approveDocument': { roles: ['Pu'], capacities: signer },
  'project.returnDocument': { roles: ['Pu'], capacities: signer },
  'project.publishNotice': { roles: ['Ag'], capacities: signer },
  'project.answerQuestion': { roles: ['Ag'], capacities: officer },
  'project.proposeAnswer': { roles: ['Ag'], capacities: signer },
  'project.proposeAmendment': { roles: ['Ag'], capacities: signer },
  'project.proposeDeadline': { roles: ['Ag'], capacities: signer },
  'project.countersign': { roles: ['Pu'], capacities: signer },
  'project.withdrawProposal': { roles: ['Ag'], capacities: signer },
  'project.declineProposal': { roles: ['Pu'], capacities: signer },
  'project.relink': { roles: ['Pu'], capacities: signer },
  'project.readQuestions': { roles: ['Ag', 'Pu'] },
  'project.uploadFile': { roles: ['Ag'], capacities: officer },
  'project.readFile': anyone,
  'project.list': anyone,
  'project.read': anyone,
  'project.readEvents': anyone,
  'project.readEvent': anyone,
  'bid.joinLot': { roles: ['Bidder'], capacities: officer, own: true },
  'bid.askQuestion': { roles: ['Bown'], capacities: officer, own: true },
  'bid.recordBond': {
    roles: ['Bown'],
    capacities: ['legalRepresentative', 'authorisedSigner', 'operator', 'financeOfficer'],
    own: true,
  },
  'bid.enterHall': { roles: ['Bown'], capacities: officer, own: true },
  'bid.read': { roles: ['Bown'] },
  'bid.putBlob': { roles: ['Bown'], capacities: officer },
  'bid.readBlob': { roles: ['Bown'], capacities: officer },
  'bid.submit': { roles: ['Bown'], capacities: signer, own: true },
  'bid.confirmBid': { roles: ['Bown'], capacities: signer, own: true },
  'bid.rewrap': { roles: ['Bown'], capacities: signer, own: true },
  'bid.withdraw': { roles: ['Bown'], capacities: signer, own: true },
  'bid.revoke': { roles: ['Bown'], capacities: signer, own: true },
  'bid.readReceipt': { roles: ['Bown'] },
  'bid.readEnvelope': { roles: ['Bown'], capacities: officer },
  'openingSession.read': anyone,
  'openingSession.readRecord': anyone,
  'openingSession.signIn': { roles: ['Ag', 'Ce', 'Bown'], capacities: officer },
  'openingSession.releaseKey': { roles: ['Bown'], capacities: officer },
  'openingSession.extendWindow': { roles: ['Ag', 'Ce'], capacities: officer },
  'openingSession.confirm': { roles: ['Bown'], capacities: signer },
  'openingSession.object': { roles: ['Bown'], capacities: officer },
  'openingSession.answer': { roles: ['Ag', 'Ce'], capacities: officer },
  'openingSession.halt': { roles: ['Ag', 'Ce'], capacities: officer },
  'openingSession.resume': { roles: ['Ag', 'Ce'], capacities: officer },
  'openingSession.close': { roles: ['Ag', 'Ce'], capacities: officer },
  'draw.read': anyone,
  'draw.prepareDraw': { roles: ['Ag', 'Pu'], capacities: officer },
  'draw.prepareParameters': { roles: ['Ag', 'Pu'], capacities: officer },
  'draw.nameRepresentatives': { roles: ['Pu'], capacities: signer },
  'draw.commitNonce': { roles: ['Ag', 'Pu', 'Ce', 'Re'], capacities: officer },
  'draw.commitDraw': { roles: ['Ag', 'Pu'], capacities: officer },
  'draw.revealNonce': { roles: ['Ag', 'Pu', 'Ce', 'Re'], capacities: officer },
  'draw.accept': { roles: ['Drawn'], capacities: ['expert'] },
  'draw.decline': { roles: ['Drawn'], capacities: ['expert'] },
  'draw.checkIn': { roles: ['Ce'], capacities: officer },
  'evaluation.read': { roles: ['Ex', 'Re', 'Pu', 'Ag', 'Ce', 'Bown'] },
  'evaluation.readFile': { roles: ['Ex', 'Re', 'Pu', 'Ag'] },
  'evaluation.saveDraft': { roles: ['Ex', 'Pu', 'Ag'], capacities: [...officer, 'expert'] },
  'evaluation.submitQualificationReview': { roles: ['Pu', 'Ag'], capacities: signer },
  'evaluation.signCommitment': { roles: ['Ex'] },
  'evaluation.submitSheet': { roles: ['Ex'] },
  'evaluation.castVote': { roles: ['Ex'] },
  'evaluation.voteToReject': { roles: ['Ex'] },
  'evaluation.closePhase': { roles: ['Ch'] },
  'evaluation.confirmScore': { roles: ['Ex'] },
  'evaluation.answerExplanation': { roles: ['Bown'], capacities: signer },
  'evaluation.answerCorrection': { roles: ['Bown'], capacities: signer },
  'evaluation.recordAbsence': { roles: ['Ag'], capacities: officer },
  'evaluation.signReport': { roles: ['Ex'] },
  'evaluation.dissent': { roles: ['Ex'] },
  'evaluation.submitReport': { roles: ['Ch'] },
  'evaluation.pause': { roles: ['Ch', 'Ag', 'Re'], capacities: [...officer, 'expert'] },
  'evaluation.resume': { roles: ['Ch', 'Ag', 'Re'], capacities: [...officer, 'expert'] },
  'lot.terminate': { roles: ['Pu'], capacities: signer },
  'lot.publishCandidates': { roles: ['Pu'], capacities: signer },
  'lot.award': { roles: ['Pu'], capacities: signer },
  'lot.publishResult': { roles: ['Pu', 'Ag'], capacities: signer },
  'lot.sendBack': { roles: ['Pu'], capacities: signer },
  'lot.passOver': { roles: ['Pu'], capacities: signer },
  'lot.candidateFails': { roles: ['Pu'], capacities: signer },
  'lot.proposeContract': { roles: ['Pu'], capacities: signer },
  'lot.countersign': { roles: ['Bown'], capacities: signer },
  'lot.withdrawProposal': { roles: ['Pu'], capacities: signer },
  'lot.declineProposal': { roles: ['Bown'], capacities: signer },
  'lot.readAward': anyone,
  'lot.readLetter': { roles: ['Bown', 'Pu', 'Ag', 'Re'] },
  'lot.readBonds': { roles: ['Ag', 'Ce', 'Re'] },
  'bid.settleBond': { roles: ['Ag'], capacities: officer },
  'objection.list': { roles: ['Bidder', 'Pu', 'Ag', 'Re'] },
  'objection.file': { roles: ['Bidder'], capacities: signer },
  'objection.accept': { roles: ['Pu', 'Ag'], capacities: officer },
  'objection.refuse': { roles: ['Pu', 'Ag'], capacities: signer },
  'objection.askCorrection': { roles: ['Pu', 'Ag'], capacities: officer },
  'objection.reply': { roles: ['Pu', 'Ag'], capacities: signer },
  'objection.withdraw': { roles: ['Bidder'], capacities: signer },
  'openingSession.printRecord': anyone,
  // Readers of the report: the committee and the regulator, then purchaser and agency.
  'evaluation.printReport': { roles: ['Ex', 'Re', 'Pu', 'Ag'] },
  'lot.exportBag': { roles: ['Pu', 'Ag', 'Re'] },
  'lot.readPublicBag': anyone,
  'platform.readTrust': anyone,
  'lot.archive': { roles: ['Ag'], capacities: officer },
}

/** Roles of a viewer in a trade (and lot, where one is meant). */
export interface Standing {
  readonly roles: ReadonlySet<Role>
}

export interface StandingFacts {
  /** The viewer has joined the lot (or any lot of the project). */
  readonly joined: boolean
  readonly member: boolean
  readonly chair: boolean
  readonly drawn: boolean
}
export const noStanding: StandingFacts = {
  joined: false,
  member: false,
  chair: false,
  drawn: false,
}

export function rolesOf(
  viewer: Viewer | null,
  trade: Trade | null,
  facts: StandingFacts,
): Set<Role> {
  const roles = new Set<Role>(['Pub'])
  if (!viewer) return roles
  roles.add('Any')
  if (viewer.roles.includes('bidder')) roles.add('Bidder')
  if (viewer.roles.includes('agency')) roles.add('Agency')
  if (viewer.roles.includes('purchaser')) roles.add('Purchaser')
  if (viewer.roles.includes('tradingCentre')) roles.add('Centre')
  if (viewer.roles.includes('regulator')) roles.add('Re')
  if (viewer.roles.includes('platformAdmin')) roles.add('Ad')
  if (facts.joined) roles.add('Bown')
  if (facts.member) roles.add('Ex')
  if (facts.chair) roles.add('Ch')
  if (facts.drawn) roles.add('Drawn')
  if (trade && trade.project.stage !== 'none') {
    const { purchaser, agency, tradingCentre } = trade.project
    if (viewer.party === purchaser) roles.add('Pu')
    if (viewer.party === agency) roles.add('Ag')
    if (viewer.party === tradingCentre) roles.add('Ce')
  }
  return roles
}

/** Whether an operation is open to someone of these roles, acting in this capacity. */
export function mayCall(id: string, roles: ReadonlySet<Role>, viewer: Viewer | null): boolean {
  const who = access[id]
  if (!who) return false
  if (!who.roles.some((role) => roles.has(role))) return false
  return !who.capacities || (viewer !== null && who.capacities.includes(viewer.capacity))
}
