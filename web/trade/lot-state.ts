import type { LotStage, TradeLot } from '../shell/answers.ts'

const over: readonly LotStage[] = ['failed', 'terminated']
/** From the notice to the award; a test compares them with the lot's own table. */
const endable: readonly LotStage[] = [
  'tendering',
  'opening',
  'qualifying',
  'evaluating',
  'evaluated',
  'publicity',
  'awarding',
]

/** The lot ended before its time: it has no result. */
export const isOver = (lot: TradeLot | undefined): boolean =>
  lot !== undefined && over.includes(lot.stage)

/** The lot ended before its time or stands still, which every page of it says first. */
export const isHeld = (lot: TradeLot): boolean => isOver(lot) || lot.suspended

/** Its purchaser may end it: after the award only the winner's fault does. */
export const mayTerminate = ({ stage }: TradeLot): boolean => endable.includes(stage)

/** A bid that is in may be revoked: its deadline is over, and there is no contract yet. */
export const takesRevocation = ({ stage }: TradeLot): boolean =>
  stage === 'awarded' || (endable.includes(stage) && stage !== 'tendering')
