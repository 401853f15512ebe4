import type { LotStage, TradeLot } from '../shell/answers.ts'

const over: readonly LotStage[] = ['failed', 'terminated']

/** The lot ended before its time: it has no result. */
export const isOver = (lot: TradeLot | undefined): boolean =>
  lot !== undefined && over.includes(lot.stage)

/** The lot ended before its time or stands still, which every page of it says first. */
export const isHeld = (lot: TradeLot): boolean => isOver(lot) || lot.suspended
