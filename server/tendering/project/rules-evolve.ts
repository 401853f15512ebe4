import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import { regimeOf, type TenderDocument } from './document.ts'
import { timesOfDeadline } from './rules.ts'
import type { Event, State } from './state.ts'

/** How the project's state follows from its events. */
export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'ProjectCreated': {
      at(state, 'none')
      const { id, purchaser, agency, tradingCentre } = e
      return {
        stage: 'drafting',
        id,
        purchaser,
        agency,
        tradingCentre,
        createdAt: e.at,
        offsetMs: 0,
        frozenAt: null,
        revision: 0,
        document: null,
        documentSha256: null,
        files: [],
        returned: null,
      }
    }
    case 'DocumentSaved': {
      const s = at(state, 'drafting')
      const { revision, document, documentSha256, files } = e
      return { ...s, revision, document, documentSha256, files, returned: null }
    }
    case 'DocumentApproved': {
      const s = at(state, 'drafting')
      return {
        ...s,
        stage: 'approved',
        document: s.document as TenderDocument,
        documentSha256: e.documentSha256,
        waivers: e.waivers,
      }
    }
    case 'DocumentReturned':
      return { ...at(state, 'drafting', 'approved'), stage: 'drafting', returned: e.reason }
    case 'NoticePublished': {
      const s = at(state, 'approved')
      return {
        ...s,
        stage: 'published',
        regime: regimeOf(s.document.category),
        ruleSetId: e.ruleSetId,
        publishedAt: e.at,
        publishedRecordedAt: e.recordedAt,
        times: { ...e.times, ...timesOfDeadline(s.document, e.times.submissionDeadline) },
        bidDeadline: e.times.submissionDeadline,
        version: 1,
        versions: [
          {
            version: 1,
            documentSha256: s.documentSha256,
            document: s.document,
            files: s.files,
            at: e.at,
            text: null,
          },
        ],
        answers: [],
        deadlines: [],
        proposals: {},
        successor: null,
        successors: {},
      }
    }
    case 'ClarificationIssued': {
      const s = at(state, 'published')
      const { id, question, text } = e
      return { ...s, answers: [...s.answers, { id, question, text, at: e.at }] }
    }
    case 'AnswerProposed': {
      const s = at(state, 'published')
      const { type, at: _, recordedAt, actor, version, ...proposal } = e
      return { ...s, proposals: { ...s.proposals, [e.id]: { kind: 'answer', ...proposal } } }
    }
    case 'AmendmentProposed': {
      const s = at(state, 'published')
      const { type, at: _, recordedAt, actor, version, ...proposal } = e
      return { ...s, proposals: { ...s.proposals, [e.id]: proposal } }
    }
    case 'ProposalEnded': {
      const s = at(state, 'published')
      const { [e.id]: ended, ...proposals } = s.proposals
      return { ...s, proposals }
    }
    case 'DocumentAmended': {
      const s = at(state, 'published')
      const { documentSha256, document, files, text } = e
      const amendedTo = {
        version: e.documentVersion,
        documentSha256,
        document,
        files,
        at: e.at,
        text,
      }
      return {
        ...s,
        document,
        documentSha256,
        files,
        times: { ...s.times, ...timesOfDeadline(document, s.bidDeadline) },
        version: amendedTo.version,
        versions: [...s.versions, amendedTo],
      }
    }
    case 'DeadlineMoved': {
      const s = at(state, 'published')
      const { from, to, by, documentUntil } = e
      return {
        ...s,
        bidDeadline: to,
        times: {
          ...s.times,
          ...timesOfDeadline(s.document, to),
          documentUntil: documentUntil ?? s.times.documentUntil,
        },
        deadlines: [...s.deadlines, { from, to, at: e.at, by }],
      }
    }
    case 'ProjectRelinked': {
      const s = at(state, 'published')
      // One of all failed lots stands by the project's own name.
      const successors = { ...s.successors, [e.lot ?? s.id]: e.successor }
      return { ...s, successor: e.successor, successors }
    }
    case 'ClockMoved': {
      const s = at(state, 'drafting', 'approved', 'published')
      return { ...s, offsetMs: e.offsetMs, frozenAt: e.frozenAt }
    }
    default:
      return unreachable(e)
  }
}
