import fs from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { type Identity, Person, Unreachable } from '../../db/seed/play/client.ts'
import { beginEvaluation, playPhase, readDesk, rowsOf } from '../../db/seed/play/evaluation.ts'
import { exampleOf, playToCommittee, playToOpened, slugOf } from '../kit/evaluation.ts'
import { dataFolderOfTest, startServer } from '../kit/server.ts'
import { expectWholeFolder } from '../kit/whole.ts'

/**
 * Killed at each named step of handing in a score sheet: either nothing happened, or the sheet is
 * locked as signed; the same request again gives the one answer, and the draft is still there.
 */
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true })
})

interface Own {
  readonly you: {
    readonly draft: { readonly rows: readonly unknown[] } | null
    readonly sheets: readonly { readonly phase: string }[]
  }
}
/** Sheets of the phase before pass the point too: a committee of seven, then the first to score. */
const sheetsBefore = 7

test.each([
  ['score-before-append', false],
  ['score-after-commit', true],
] as const)('killed at %s', async (point, isThere) => {
  const data = dataFolderOfTest()
  folders.push(data)
  const first = await startServer(data, { YANGGUANG_FAULT: `${point}:${sheetsBefore + 1}` })
  const played = await playToOpened(first.url, exampleOf('school-canteen'))
  const { input, cast, p } = played
  const committee = await playToCommittee(played)
  expect(committee.seats.size).toBe(sheetsBefore)
  await beginEvaluation(committee, p)
  await playPhase(cast, input, committee, p, 'responsiveness')

  const [[seat, member]] = committee.seats
  const base = `/api/lots/${p.lot}/evaluation`
  const rows = rowsOf(cast, input, seat, await readDesk(member, p.lot), 'scoring')
  await member.put(`${base}/draft`, { phase: 'scoring', rows })
  const own = { subject: p.lotSubject, phase: 'scoring' as const, rows }
  const sheet = await member.sign('submit-sheet', own, p.project, p.lot)
  const answer = await member.post(`${base}/sheets`, sheet, 'the-key').catch((e) => e)
  expect(answer).toBeInstanceOf(Unreachable)
  expect(await first.ended).toBe('SIGKILL')

  const server = await startServer(data)
  const again = await Person.signIn(server.url, member.identity as Identity)
  const scored = async () =>
    (await again.get<Own>(base)).you.sheets.filter((s) => s.phase === 'scoring').length
  expect(await scored()).toBe(isThere ? 1 : 0)
  if (!isThere) expect((await again.get<Own>(base)).you.draft?.rows).toHaveLength(rows.length)
  const taken = await again.post<{ events: object[] }>(`${base}/sheets`, sheet, 'the-key')
  const repeated = await again.post<object>(`${base}/sheets`, sheet, 'the-key')
  expect(repeated).toEqual({ ...taken, repeated: true })
  expect(await scored()).toBe(1)
  expect(await slugOf(again.post(`${base}/sheets`, sheet, 'another-key'))).toBe('sheet-locked')
  await expectWholeFolder(data)
  await server.stop()
})
