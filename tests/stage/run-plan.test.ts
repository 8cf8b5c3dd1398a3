import { expect, test } from 'vitest'
import { planOf } from '#world/plan'
import { runWorld } from '#world/run-seed'
import { createStage } from '../../stories/stage/create-stage.ts'
import { runPlan } from '../../stories/stage/run-plan.ts'
import { manualClock } from './manual-clock.ts'

const onStage = async (seed: number, spoil: (stage: ReturnType<typeof createStage>) => void = () => {}) => {
  const plan = planOf(seed)
  const stage = createStage({ seed, peers: plan.peers, mostMoments: 20_000 }, manualClock())
  stage.open()
  spoil(stage)
  const slowDown = stage.pacer.hurry()
  const outcome = await stage.host(runPlan(stage, plan))
  stage.close()
  slowDown()
  return { stage, plan, outcome }
}

test.each([3, 9])('a seed runs on the stage as it runs without, to the byte: seed %i', async (seed) => {
  const { stage, plan, outcome } = await onStage(seed)
  const plain = await runWorld(plan)
  expect(outcome.digest).toBe(plain.digest)
  expect(outcome.findings).toEqual(plain.findings)
  const deeds = stage.history.moments.filter(({ kind }) => kind === 'deed')
  expect(deeds.map(({ caption }) => caption)).toContain('Everything is healed')
  const steps = deeds.map(({ step }) => step).join('\n')
  for (const { kind } of plan.faults) expect(steps).toContain(kind)
})

test('rules that are broken stand in the history, where it happened', async () => {
  const { stage, outcome } = await onStage(3, (stage) => {
    stage.world.after(5_000, () => stage.world.findings.push({ rule: 'WORLD-6', says: 'a test says so' }))
  })
  expect(outcome.findings).toContainEqual({ rule: 'WORLD-6', says: 'a test says so' })
  const broken = stage.history.moments.find(({ kind }) => kind === 'broken')
  expect(broken).toMatchObject({ at: 5_000, caption: 'WORLD-6: a test says so' })
})
