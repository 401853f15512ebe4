import { awardPolicies } from './award/award/policies.ts'
import { objectionPolicies } from './award/objection/policies.ts'
import { evaluationPolicies } from './evaluation/evaluation/policies.ts'
import { drawPolicies } from './experts/draw/policies.ts'
import type { AnyMessage } from './kernel/decider.ts'
import { ProblemError } from './kernel/problem.ts'
import { systemActor } from './kernel/viewer.ts'
import { openingPolicies } from './opening/opening-session/policies.ts'
import { actOf, loadJoined, loadTrade, type Platform, type RoomAct } from './platform.ts'
import { wasLiveAt } from './tendering/bid/decider.ts'
import { type Stood, stoodOf, uncoveredMs } from './tendering/lot/rules-standing.ts'
import type { PublishedState } from './tendering/project/decider.ts'
import { isDeadlineHeld, lotIds, type Trade } from './trade.ts'

/**
 * What happens by itself: an event of one stream that becomes a command of another, and clocks that
 * run out. Each rule looks at the whole trade and names the steps that are due or ahead, so that a
 * crash between an event and its consequence loses nothing: the next look finds the step still due.
 */
export interface Step {
  readonly kind: RoomAct['kind']
  readonly id: string
  /** Trade time from which it is due; null: now. */
  readonly at: string | null
  readonly command: AnyMessage
  /**
   * What only a look at files, hidden streams or the ledger can tell; null: not ready yet, look
   * again soon; `nothing`: there is nothing to do now, and whoever changes that settles the trade.
   */
  readonly prepare?: (
    platform: Platform,
    trade: Trade,
  ) => Promise<{ command?: AnyMessage; extra?: Record<string, unknown> } | null | 'nothing'>
}

export interface Policy {
  /** The event or clock, as `domain.md` §3 names it. */
  readonly when: string
  readonly then: string
  readonly find: (trade: Trade) => readonly Step[]
}

export const policies: readonly Policy[] = [
  {
    when: 'project: NoticePublished',
    then: 'lot.openLot',
    find: ({ project, lots }) =>
      project.stage !== 'published'
        ? []
        : lotIds(project)
            .filter((id) => !lots.has(id))
            .map((id) => ({
              kind: 'lot',
              id,
              at: null,
              command: { type: 'openLot', project: project.id, lot: id, regime: project.regime },
            })),
  },
  {
    when: 'clock: the deadline',
    then: 'lot.passDeadline',
    // One session opens all lots: while bidding for one is suspended the deadline waits for it.
    find: ({ project, lots }) =>
      project.stage !== 'published' || isDeadlineHeld({ lots })
        ? []
        : [...lots].flatMap(([id, lot]) =>
            lot.stage === 'tendering'
              ? [
                  {
                    kind: 'lot',
                    id,
                    at: project.bidDeadline,
                    command: { type: 'passDeadline' },
                    prepare: async (platform) => ({
                      extra: { liveBids: await countLiveBids(platform, project, id) },
                    }),
                  } satisfies Step,
                ]
              : [],
          ),
  },
  {
    when: 'lot: LotResumed, or LotTerminated, while bids are taken',
    then: 'project.moveDeadline',
    find: ({ project, lots }) => {
      const isBidding = [...lots.values()].some((lot) => lot.stage === 'tendering')
      if (project.stage !== 'published' || !isBidding) return []
      const isMoved = ({ by }: Stood) => project.deadlines.some((moved) => moved.by === by)
      const all = stoodOf(lots)
      const counted = all.filter(isMoved)
      return all
        .filter((one) => !isMoved(one))
        .flatMap((one) => {
          const stoodMs = uncoveredMs(one, counted)
          counted.push(one)
          const command = { type: 'moveDeadline', by: one.by, from: one.from, stoodMs }
          return stoodMs > 0
            ? [{ kind: 'project', id: project.id, at: null, command } satisfies Step]
            : []
        })
    },
  },
  {
    when: 'clock: the deadline',
    then: 'project.lapseProposal',
    find: ({ project, lots }) =>
      project.stage !== 'published' || isDeadlineHeld({ lots })
        ? []
        : Object.keys(project.proposals).map((id) => ({
            kind: 'project',
            id: project.id,
            at: project.bidDeadline,
            command: { type: 'lapseProposal', id },
          })),
  },
  {
    when: 'clock: end of the publicity',
    then: 'lot.endPublicity',
    find: ({ lots }) =>
      [...lots].flatMap(([id, lot]) =>
        lot.stage === 'publicity' && lot.suspensions.length === 0
          ? [{ kind: 'lot', id, at: lot.until, command: { type: 'endPublicity' } } satisfies Step]
          : [],
      ),
  },
  ...openingPolicies,
  ...drawPolicies,
  ...evaluationPolicies,
  ...awardPolicies,
  ...objectionPolicies,
]

/**
 * Live bids at the deadline that stood. An act that passed its limit may still be on its way into the
 * table: it holds the project's lock shared, so taking it exclusively once waits for it.
 */
async function countLiveBids(
  platform: Platform,
  { id, bidDeadline }: PublishedState,
  lot: string,
): Promise<number> {
  await platform.store.drain(id)
  const joined = await loadJoined(platform, lot)
  return joined.filter(({ state }) => wasLiveAt(state, bidDeadline)).length
}

/** Every step that is due or ahead, the earliest first. */
export function stepsOf(trade: Trade): Step[] {
  return policies
    .flatMap((p) => [...p.find(trade)])
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : (a.at ?? '') > (b.at ?? '') ? 1 : 0))
}

/** The next instant of trade time at which something is due by itself; null where nothing is. */
export function nextLimit(trade: Trade): string | null {
  return stepsOf(trade).find((s) => s.at !== null && s.at > trade.now)?.at ?? null
}

/** Steps that everyone may wait for: of the notice and of the public opening, and the publicity. */
const publicSteps: ReadonlySet<string> = new Set([
  ...['passDeadline', 'openHall', 'startOpening', 'timeOutDrawing', 'openBids'],
  ...['closeConfirmation', 'endPublicity'],
])

/**
 * The next instant that everyone may know of. Windows of the committee, calls of experts, silences
 * of the purchaser and replies to objections are their parties' (TL 38; `domain.md` §2).
 */
export function nextPublicLimit(trade: Trade): string | null {
  const isPublic = (s: Step) => publicSteps.has(s.command.type)
  return stepsOf(trade).find((s) => isPublic(s) && s.at !== null && s.at > trade.now)?.at ?? null
}

/**
 * Takes every step that is due until none is left.
 * @returns whether the trade has come to rest: false where a due step waits for something outside
 */
export async function settle(platform: Platform, project: string): Promise<boolean> {
  const skipped = new Set<string>()
  const idle = new Set<string>()
  for (let rounds = 0; rounds < 1000; rounds++) {
    const trade = await loadTrade(platform, project)
    let isMoved = false
    for (const step of stepsOf(trade)) {
      const name = nameOf(step)
      if ((step.at !== null && step.at > trade.now) || skipped.has(name) || idle.has(name)) continue
      const taken = await take(platform, trade, step)
      // A look that found nothing has changed nothing: the same trade goes on.
      if (taken === 'nothing') {
        idle.add(name)
        continue
      }
      if (!taken) skipped.add(name)
      isMoved = true
      break
    }
    if (!isMoved) return skipped.size === 0
  }
  throw new Error(`the policies of ${project} do not come to rest`)
}

const nameOf = (s: Step) => `${s.kind}:${s.id} ${JSON.stringify(s.command)}`

/** @returns false where the step could not be taken now */
async function take(platform: Platform, trade: Trade, step: Step): Promise<boolean | 'nothing'> {
  const prepared = step.prepare ? await step.prepare(platform, trade) : {}
  if (prepared === null) return false
  if (prepared === 'nothing') return 'nothing'
  try {
    const { kind, id, command } = step
    const act = { kind, id, command, project: trade.id, actor: systemActor, ...prepared }
    // Kind and command are one step's; what the decider does not know it refuses.
    const outcome = await actOf(platform, act as RoomAct)
    return outcome.events.length > 0
  } catch (error) {
    // Another process took it, or a limit moved meanwhile: the next look tells.
    if (error instanceof ProblemError) return false
    throw error
  }
}
