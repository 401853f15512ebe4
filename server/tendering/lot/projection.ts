import type { Projection } from '../../kernel/projection.ts'
import type { Event } from './decider.ts'

const projectOf = (stream: string) => stream.slice('lot:'.length, stream.lastIndexOf('-'))
const stage =
  (name: string) =>
  (
    tx: Parameters<NonNullable<Projection<Event>['LotOpened']>>[0],
    e: { stream: string; position: number },
  ) =>
    tx`update read.trades set stage = ${name}, updated_position = ${e.position} where id = ${projectOf(e.stream)}`

/** `read.trades.stage`: where the lot that moved last stands. */
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
  ContractSigned: stage('contracted'),
  LotArchived: stage('archived'),
}
