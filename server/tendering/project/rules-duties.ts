import type { RoomFinder } from '../../service/my/rules-duties.ts'
import { limitUntil } from './rules.ts'

/**
 * Questions that wait for the agency's answer 询问: government procurement gives three working days.
 * @source 政府采购法实施条例 art. 52
 */
export const questionDuties: RoomFinder = (trade, lot, own) => {
  const { project, calendar } = trade
  const open = own.questions?.get(lot) ?? []
  if (project.stage !== 'published' || !own.roles.has('Ag') || open.length === 0) return []
  if (trade.lots.get(lot)?.stage !== 'tendering') return []
  const [first] = open.map((one) => one.askedAt).sort()
  const until =
    project.regime === 'governmentProcurement'
      ? limitUntil('questionReplyGp', first, calendar).at
      : null
  return [{ act: 'answer-question', until, path: `/t/${trade.id}/questions` }]
}
