import { expect } from 'vitest'
import { createStage } from '../../stories/stage/create-stage.ts'
import type { Stage, StageOptions } from '../../stories/stage/stage.types.ts'
import { manualClock } from './manual-clock.ts'

export const newStage = (options: Partial<StageOptions> = {}) => {
  const clock = manualClock()
  return { clock, stage: createStage({ seed: 1, peers: 2, ...options }, clock) }
}
const meet = async (stage: Stage) =>
  stage.run(
    () => stage.world.start(),
    () => stage.world.isQuiet(),
    { hurry: true },
  )
export const met = async (options?: Partial<StageOptions>) => {
  const { stage, clock } = newStage(options)
  await meet(stage)
  return { stage, clock }
}
export const put = (stage: Stage, name: string, id: string, kwh: number) =>
  stage.run(
    () => stage.engine(name).put('reading', id, { kwh }),
    () => stage.world.isQuiet(),
    { hurry: true },
  )
export const captions = (stage: Stage) => stage.history.moments.map(({ caption }) => caption)
export const untilTrue = async (holds: () => boolean) => {
  for (let turns = 0; turns < 500 && !holds(); turns++) await new Promise((resolve) => setImmediate(resolve))
  expect(holds()).toBe(true)
}
