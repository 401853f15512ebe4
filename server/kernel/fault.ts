/**
 * Named fault points (demo and tests only): `YANGGUANG_FAULT=<point>[:n]` ends the process at the
 * n-th passing, as `kill -9` would, so that tests can prove that either nothing happened or the
 * act stands. The list is printed into `docs/generated/faults.md`.
 */
export const faultPoints = {
  'submit-before-append': 'a bid was judged, nothing is written',
  'submit-after-commit': 'the bid is committed, the receipt not yet made',
  'submit-before-reply': 'the receipt is made, the answer not yet sent',
  'release-before-keep': 'a key came, it is not kept yet',
  'release-after-keep': 'the key is kept, the event not yet appended',
  'release-after-commit': 'the event is committed, the answer not sent',
  'score-before-append': 'a sheet was judged, nothing is written',
  'score-after-commit': 'the sheet is committed, the answer not sent',
  'tick-after-rows': 'a tick is committed, its tile not written',
  'tick-after-tile': 'the tile is written, the checkpoint not signed',
  'file-before-name': 'a key or checkpoint is written whole, not yet under its name',
  'tick-after-checkpoint': 'the checkpoint is stored, receipts not given',
} as const
export type FaultPoint = keyof typeof faultPoints

let wanted: { point: string; passes: number } | null = null

/** The setting names a point that there is not. */
export class UnknownFault extends Error {}

/**
 * @param setting `<point>[:n]` of the configuration, or null
 * @throws UnknownFault
 */
export function armFault(setting: string | null): void {
  if (!setting) return
  const [point, n] = setting.split(':')
  if (!Object.hasOwn(faultPoints, point))
    throw new UnknownFault(`YANGGUANG_FAULT: no fault point named ${point}`)
  wanted = { point, passes: Number(n ?? 1) }
}

/** Passes a point; ends the process without any clean-up where it was asked to. */
export function pass(point: FaultPoint): void {
  if (wanted?.point !== point) return
  wanted.passes -= 1
  if (wanted.passes <= 0) process.kill(process.pid, 'SIGKILL')
}
