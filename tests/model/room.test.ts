import type { AnyMachineSnapshot, EventObject } from 'xstate'
import { expect, test } from 'vitest'
import { spec } from '../specs/signaling.ts'
import { ROOM } from '../support/explore-history.ts'
import { explore } from '../support/explore.ts'
import { liveRun } from '../support/live-run.ts'

/** Where signaling is as its reports tell it; throws at one out of turn. */
const follow = (isInside: boolean, { type }: EventObject, { context }: AnyMachineSnapshot): boolean => {
  const inTurn = ROOM.enters.test(type) ? !isInside && context.url !== null : isInside || !ROOM.tells.test(type)
  if (!inTurn) throw new Error(`${type} was told ${isInside ? 'inside' : 'outside'} the room`)
  return ROOM.enters.test(type) || (isInside && !ROOM.leaves.test(type))
}

test('signaling tells the mesh of a room in turn, on every path of its own graph', () => {
  let entered = 0
  for (const input of spec.inputs)
    for (const { steps } of explore(spec, input).paths) {
      const run = liveRun(spec, input, () => {})
      let isInside = false
      let told = 0
      for (const { event } of steps) {
        run.perform(event)
        for (; told < run.reports.length; told++) {
          const report = run.reports[told] as EventObject
          isInside = follow(isInside, report, run.snapshot())
          entered += Number(ROOM.enters.test(report.type))
        }
      }
      run.stop()
    }
  expect(entered).toBeGreaterThan(50)
})
