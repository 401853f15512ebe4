import type { RoomFinder } from '../../service/my/rules-duties.ts'

/** Objections and challenges that wait for their addressee, or for their filer to mend them. */
export const objectionDuties: RoomFinder = (trade, lot, own) => {
  const path = `/t/${trade.id}/result?lot=${lot}`
  const isAddressee = own.roles.has('Pu') || own.roles.has('Ag')
  return [...trade.objections.values()].flatMap((o) => {
    if (o.stage === 'none' || o.lot !== lot) return []
    if (o.stage === 'correcting' && o.party === own.party)
      return [{ act: 'correct-objection', path }]
    if (!isAddressee) return []
    // Not completed in time, it holds the lot until its addressee refuses it.
    if (o.stage === 'correcting' && trade.now >= o.replyUntil)
      return [{ act: 'refuse-objection', path }]
    if (o.stage === 'filed') return [{ act: 'accept-objection', until: o.replyUntil, path }]
    return o.stage === 'accepted' || o.stage === 'overdue'
      ? [{ act: 'reply-objection', until: o.replyUntil, path }]
      : []
  })
}
