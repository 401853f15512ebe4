import path from 'node:path'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { type Played, type PlayStage, playTrade } from '../../db/seed/play/play.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf, type Platform } from '../../server/platform.ts'
import { projectFolder } from './place.ts'

/** Trades as the demo plays them, through the HTTP interface, with small files. */
export function smallInput(fileBytes = 4000): DemoInput {
  const given = readInput(path.join(projectFolder(), 'db', 'seed', 'examples', 'school-canteen'))
  const bids = given.bids.map((bid) => ({
    ...bid,
    files: bid.files.map((file) => ({ ...file, bytes: Math.min(file.bytes, fileBytes) })),
  }))
  return { ...given, bids }
}

export const playSmall = (url: string, until: PlayStage): Promise<Played> =>
  playTrade(url, smallInput(), until)

/**
 * A public event of a published trade: a question of nobody answered to all. The same command that
 * the agency's answer gives to the kernel.
 */
export async function tellAll(platform: Platform, project: string, id: string): Promise<number> {
  const { events } = await actOf(platform, {
    kind: 'project',
    id: project,
    project,
    actor: systemActor,
    command: { type: 'answerQuestion', id, question: '演示提问', text: '演示答复' } as never,
  })
  return events[0].position
}
