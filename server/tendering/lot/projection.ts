import type { Tx } from '../../kernel/database.ts'
import type { Projection } from '../../kernel/projection.ts'
import type { ProjectView } from '../../kernel/streams.ts'
import type { Event, State } from './decider.ts'

const projectOf = (stream: string) => stream.slice('lot:'.length, stream.lastIndexOf('-'))
const ended: readonly string[] = ['failed', 'terminated', 'archived']

/** Stage of another lot that still goes on: while there is one, the trade has not ended. */
function otherStage(view: ProjectView | null, stream: string): string | undefined {
  const lots = [...(view?.streams ?? [])].filter(([id]) => id.startsWith('lot:') && id !== stream)
  return lots
    .map(([, one]) => (one.state as State).stage)
    .find((stage) => stage !== 'none' && !ended.includes(stage))
}

const stage =
  (name: string) => (tx: Tx, e: { stream: string; position: number }, view: ProjectView | null) => {
    const shown = (ended.includes(name) ? otherStage(view, e.stream) : undefined) ?? name
    return tx`update read.trades set stage = ${shown}, updated_position = ${e.position}
      where id = ${projectOf(e.stream)}`
  }

/**
 * `read.trades.stage`: where the lot that moved last stands, or, where that is its end, another that
 * goes on. A trade is at its end only with its last lot: then nothing is due any more.
 */
export const tradeStages: Projection<Event> = {
  DeadlinePassed: stage('opening'),
  LotFailed: stage('failed'),
  QualificationBegan: stage('qualifying'),
  EvaluationBegan: stage('evaluating'),
  LotEvaluated: stage('evaluated'),
  LotTerminated: stage('terminated'),
  CandidatesPublished: stage('publicity'),
  PublicityEnded: stage('awarding'),
  LotAwarded: stage('awarded'),
  ReportSentBack: stage('evaluating'),
  AwardCancelled: stage('awarding'),
  ContractSigned: stage('contracted'),
  LotArchived: stage('archived'),
}
