import type { Projection } from '../../kernel/projection.ts'
import { gramsOf } from '../../kernel/search.ts'
import type { ProjectView } from '../../kernel/streams.ts'
import type { Event, State } from './decider.ts'
import { regimeOf } from './document.ts'

const stateOf = (view: ProjectView | null, id: string): State =>
  (view?.streams.get(`project:${id}`)?.state as State | undefined) ?? { stage: 'none' }

/** `read.projects`: whose a project is, from its first event on. */
export const projectList: Projection<Event> = {
  ProjectCreated: (tx, e) => tx`
    insert into read.projects (id, purchaser, agency, trading_centre, created_at)
    values (${e.id}, ${e.purchaser}, ${e.agency}, ${e.tradingCentre}, ${e.recordedAt})`,
}

/** `read.trades`: a row a published project; before its notice a project is nobody else's. */
export const tradeList: Projection<Event> = {
  NoticePublished: (tx, e, view) => {
    const id = e.stream.slice('project:'.length)
    const state = stateOf(view, id)
    if (state.stage !== 'approved') throw new Error(`${id} is published before it is approved`)
    const { document } = state
    const search = `${id} ${document.title.zh} ${document.title.en}`
    return tx`
      insert into read.trades (id, title_zh, title_en, regime, method, object_kind, region,
        purchaser, agency, budget_fen, stage, published_at, deadline, grams, search,
        updated_position)
      values (${id}, ${document.title.zh}, ${document.title.en}, ${regimeOf(document.category)},
        ${document.method}, ${document.objectKind}, ${document.region}, ${state.purchaser},
        ${state.agency}, ${document.budgetFen}, 'tendering', ${e.at},
        ${e.times.submissionDeadline}, ${gramsOf(search)}, ${search.toLowerCase()}, ${e.position})`
  },
  DeadlineMoved: (tx, e) => tx`
    update read.trades set deadline = ${e.to}, updated_position = ${e.position}
    where id = ${e.stream.slice('project:'.length)}`,
}
