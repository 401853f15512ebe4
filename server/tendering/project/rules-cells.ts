import type { Calendar } from '../../kernel/calendar.ts'
import type { Context } from '../../kernel/decider.ts'
import type { TenderDocument } from './document.ts'
import type { Finding } from './finding.ts'
import { type DerivedTimes, deadlineDayFindings, deriveTimes } from './rules.ts'
import { amendedTimesFindings, countedTermsChanged, mayBearOnBids } from './rules-amendment.ts'
import { mayMoveDeadline, movedDeadline } from './rules-deadline.ts'
import type { Command, Common, Drafting, Facts, Published, Waiver } from './state.ts'

/** Guards and cells that several stages of a project share. */
type X = Context<Facts>

/** Whether a party is registered with the role in which a new project names it. */
export const isRegistered = (x: X, party: string, role: string) =>
  Object.hasOwn(x.facts.rolesOf, party) && x.facts.rolesOf[party].includes(role)
/** Refused from the deadline on; while it stands still its old instant ends nothing. */
export const closing = {
  'bidding-is-over': (s: Published, _: unknown, x: X) =>
    isPast(s, x) && x.facts.deadlineHeld ? null : s.bidDeadline,
}
const isPast = (s: Published, x: X) => x.now >= s.bidDeadline
/** What is not later than now, and than the deadline as it is, is no new deadline. */
export const notLater = (s: Published, deadline: string, x: X) => {
  const isLater =
    isPast(s, x) && x.facts.deadlineHeld
      ? deadline > x.now
      : mayMoveDeadline(x.now, s.bidDeadline, deadline)
  return !isLater && { current: s.bidDeadline }
}
export const isAnswered = (s: Published, c: { question: string }) =>
  s.answers.some((a) => a.id === c.question)
export const isOpenAnswer = (s: Published, c: { question: string }) =>
  Object.values(s.proposals).some((p) => p.kind === 'answer' && p.question === c.question)
/** One open proposal a subject: a second one could undo the first unseen. */
export const isOpenOn = (kind: 'amendment' | 'deadline') => (s: Published, c: { id: string }) =>
  c.id in s.proposals || Object.values(s.proposals).some((p) => p.kind === kind)
export const openProposal = (s: Published, c: { id: string }) => !(c.id in s.proposals)

/** Findings that stand: not waived by name, or not open to a waiver. */
export function standing(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
): readonly Finding[] {
  return findings.filter(
    (f) => f.change === 'none' || !waivers.some((w) => w.rule === f.rule && w.reason.length > 0),
  )
}
export function refusal(findings: readonly Finding[]): UnlawfulDetail | false {
  if (findings.length === 0) return false
  const [{ zh, fields }] = findings
  return { rules: findings.map((f) => f.rule).join(','), first: zh, fields: fields.join(',') }
}

/** The rules broken, and of the first one its text and the fields that disagree. */
type UnlawfulDetail = { rules: string; first: string; fields: string }

/** The times of a notice published now, with the deadline that the agency chose, if it did. */
export function noticeTimes(
  document: TenderDocument,
  now: string,
  calendar: Calendar,
  submissionDeadline: string | null,
): DerivedTimes {
  const time = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(11, 16)
  return deriveTimes(document, now, calendar, time, submissionDeadline)
}

/** Findings about times: a year that an administrator must load goes before what it hides. */
export const timesGuards = <S, C>(find: (s: S, c: C, x: X) => readonly Finding[]) =>
  ({
    'year-not-loaded': (s: S, c: C, x: X) => {
      const year = find(s, c, x).find((f) => f.year !== undefined)?.year
      return year !== undefined && { year }
    },
    'times-unlawful': (s: S, c: C, x: X) => refusal(find(s, c, x)),
  }) as const

type Amendment = { readonly document: TenderDocument | null; readonly affectsBids: boolean }

const newestDocument = (s: Published) => s.versions[s.versions.length - 1].document

/** What an amendment may not say: asked when it is proposed, and again when it is countersigned. */
const amendmentGuards = {
  'document-unlawful': (_: Published, { document }: Amendment, x: X) =>
    document !== null && refusal(x.facts.documentFindings),
  'times-unlawful': (_: Published, { document }: Amendment, __: X) =>
    document !== null && refusal(amendedTimesFindings(document)),
  'terms-counted-from-notice': (s: Published, { document }: Amendment, _: X) => {
    const fields = document ? countedTermsChanged(newestDocument(s), document) : []
    return fields.length > 0 && { fields: fields.join(',') }
  },
  'bears-on-bids': (s: Published, { document, affectsBids }: Amendment, _: X) =>
    document !== null && !affectsBids && mayBearOnBids(newestDocument(s), document),
} as const

/** Guards of an amendment as it is proposed. */
export const proposedGuards = {
  'lots-changed': (s: Published, { document }: Amendment) =>
    document !== null &&
    document.lots.map((l) => l.id).join() !==
      newestDocument(s)
        .lots.map((l) => l.id)
        .join(),
  'regime-changed': (s: Published, { document }: Amendment) =>
    document !== null &&
    (document.category !== s.document.category || document.method !== s.document.method),
  ...amendmentGuards,
} as const

/** The same guard, of the amendment that is countersigned. */
const ofProposal =
  (problem: keyof typeof amendmentGuards) => (s: Published, c: { id: string }, x: X) => {
    const p = s.proposals[c.id]
    return p?.kind === 'amendment' && amendmentGuards[problem](s, p, x)
  }
export const countersignedGuards = {
  'document-unlawful': ofProposal('document-unlawful'),
  'terms-counted-from-notice': ofProposal('terms-counted-from-notice'),
  'bears-on-bids': ofProposal('bears-on-bids'),
  // A year not loaded, or a period that the law does not know.
  ...timesGuards<Published, { id: string }>((s, c, x) => {
    const p = s.proposals[c.id]
    const move = moved(s, c.id, x)
    return [
      ...(p?.kind === 'amendment' && p.document ? amendedTimesFindings(p.document) : []),
      ...(move ? deadlineDayFindings(move.to, x.facts.calendar) : []),
    ]
  }),
} as const

export const clockCell = {
  unless: { 'clock-not-movable': (_: Common, __: unknown, x: X) => !x.facts.isDemo },
  then: {
    ClockMoved: (
      _: Common,
      { offsetMs, frozenAt }: { offsetMs: number; frozenAt: string | null },
    ) => ({
      offsetMs,
      frozenAt,
    }),
  },
} as const

export const saveCell = {
  unless: {
    stale: (s: Drafting, c: { basedOn: number }) =>
      c.basedOn !== s.revision && { current: s.revision },
  },
  then: {
    DocumentSaved: (s: Drafting, c: Extract<Command, { type: 'saveDocument' }>, x: X) => ({
      revision: s.revision + 1,
      document: c.document,
      documentSha256: x.facts.documentSha256 as string,
      files: c.files,
    }),
  },
} as const

/**
 * The events that a countersigned proposal has, beside its end. An amendment in words alone is one
 * too: the document stays, and its next version says what holds beside it.
 */
export function amended(s: Published, id: string, x: X) {
  const p = s.proposals[id]
  if (!p || p.kind === 'deadline') return false
  const current = s.versions[s.versions.length - 1]
  return {
    documentVersion: s.version + 1,
    by: id,
    text: p.text,
    document: p.kind === 'amendment' && p.document ? p.document : current.document,
    documentSha256:
      p.kind === 'amendment' && p.documentSha256 ? p.documentSha256 : current.documentSha256,
    files: [...(p.kind === 'amendment' && p.files ? p.files : current.files)],
    act: x.act as string,
  }
}
export function moved(s: Published, id: string, x: X) {
  const p = s.proposals[id]
  const to =
    p?.kind === 'deadline'
      ? p.deadline
      : p && (p.kind === 'answer' || p.affectsBids)
        ? movedDeadline(x.now, s.bidDeadline, x.facts.calendar)
        : null
  return to !== null && to > s.bidDeadline
    ? { from: s.bidDeadline, to, by: id, act: x.act as string }
    : false
}
