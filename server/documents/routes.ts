import type { AppCall, AppOperation } from '../app-call.ts'
import { dataOf, openedRows } from '../event-data.ts'
import { savedAs } from '../kernel/http.ts'
import { RawAnswer } from '../kernel/operation.ts'
import { ProblemError } from '../kernel/problem.ts'
import { openingRecord } from '../opening/opening-session/record.ts'
import { personName } from '../party-name.ts'
import type { PublishedState } from '../tendering/project/decider.ts'
import { subjectOf, type Trade } from '../trade.ts'
import { reportDocument } from './evaluation-report.ts'
import { openingDocument, type PrintedSignature } from './opening-record.ts'
import { pdfOf } from './pdf.ts'

/** Documents for people and courts: printed from the events, after the record itself is whole. */
function answerPdf(bytes: Uint8Array, name: string): RawAnswer {
  return new RawAnswer(
    new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': savedAs(name, 'inline'),
        'cache-control': 'no-store',
      },
    }),
  )
}

/** The record of the trade, opened at the event that proves what is printed. */
const proofAddress = (call: AppCall, event: string): string =>
  `${call.platform.origin}/t/${(call.trade as Trade).id}/ledger?event=${event}`

async function openingPdf(call: AppCall): Promise<RawAnswer> {
  const { session, project, id, view } = call.trade as Trade
  if (session.stage === 'scheduled' || session.openedAt === null)
    throw new ProblemError('not-found')
  if (session.stage !== 'closed' && !call.viewer) throw new ProblemError('not-signed-in')
  const signatures: PrintedSignature[] = view.events
    .filter(({ event }) => event.type === 'RecordSigned' || event.type === 'OpeningClosed')
    .map(({ event }) => ({
      role: event.type === 'RecordSigned' ? '主持人' : '见证人',
      name: session.signedIn.find((s) => s.party === event.actor.party)?.name ?? event.actor.party,
      at: event.at,
      act: String((event.data as { act?: string }).act ?? ''),
    }))
  const record = openingRecord(project as PublishedState, session)
  const bytes = await pdfOf(
    openingDocument(record, session.recordSha256, signatures, proofAddress(call, 'BidsOpened')),
  )
  return answerPdf(bytes, `${id}-开标记录.pdf`)
}

async function reportPdf(call: AppCall): Promise<RawAnswer> {
  const trade = call.trade as Trade
  const { lot } = call.params
  const state = trade.evaluations.get(lot)
  if (state?.stage !== 'reported') throw new ProblemError('not-found')
  const submitted = trade.view.events.findLast(
    ({ event }) => event.stream === `evaluation:${lot}` && event.type === 'ReportSubmitted',
  )
  const signatures = dataOf(submitted?.event, 'evaluation', 'ReportSubmitted')?.signatures
  if (!submitted || !signatures) throw new Error(`${lot} is reported without a submission`)
  const names = new Map<string, string>()
  const bidders = openedRows(trade.view.events, lot).map((row) => row.party)
  // Whoever reads the report may know who wrote it; a member's name stands behind a digest.
  for (const id of [...bidders, ...state.report.members.map((member) => member.id)]) {
    const name = await personName(call.platform, id)
    if (name) names.set(id, name)
  }
  const bytes = await pdfOf(
    reportDocument(state.report, state.reportSha256, signatures, names, {
      title: subjectOf(trade, lot).zh,
      issuedAt: submitted.event.at,
      address: proofAddress(call, 'LotEvaluated'),
    }),
  )
  return answerPdf(bytes, `${lot}-评标报告.pdf`)
}

export const documentOperations: readonly AppOperation[] = [
  {
    id: 'openingSession.printRecord',
    method: 'get',
    path: '/api/projects/{project}/opening/record.pdf',
    summary: 'The opening record as a PDF',
    handle: openingPdf,
  },
  {
    id: 'evaluation.printReport',
    method: 'get',
    path: '/api/lots/{lot}/evaluation/report.pdf',
    summary: 'The evaluation report as a PDF; it names each signature',
    handle: reportPdf,
  },
]
