// One process that runs worlds, one after the other, as it is told.
import type { WorldPlan } from '#world/plan.types'
import { runWorld } from '#world/run-seed'
import { shrink } from '#world/shrink'
import type { Outcome, Reply, Task } from './tasks.ts'

const say = (reply: Reply): void => {
  process.send?.(reply)
}

/** A run that goes on is told of from time to time: so much of the world's time must have passed. */
const ALIVE_MS = 1_000

const run = (plan: WorldPlan) => {
  let next = ALIVE_MS
  return runWorld(plan, {
    trace: (at) => {
      if (at < next) return
      next = at + ALIVE_MS
      say({ type: 'alive' })
    },
  })
}

const runTwice = async (plan: WorldPlan): Promise<Outcome> => {
  const { plan: _, ...outcome } = await run(plan)
  const { digest } = await run(plan)
  if (digest === outcome.digest) return outcome
  const says = `the same plan ran twice and was not the same: ${outcome.digest}, then ${digest}`
  return { ...outcome, findings: [...outcome.findings, { rule: 'WORLD-0', says }] }
}

const runOnce = async (plan: WorldPlan): Promise<Outcome> => {
  const { plan: _, ...outcome } = await run(plan)
  return outcome
}

const breaks = (rule: string) => async (plan: WorldPlan) => {
  say({ type: 'alive' })
  const { findings } = await (rule === 'WORLD-0' ? runTwice(plan) : runOnce(plan))
  return findings.some((finding) => finding.rule === rule)
}

const work = async (task: Task): Promise<Reply> => {
  if (task.type === 'shrink') return { type: 'shrunk', plan: await shrink(task.plan, breaks(task.rule)) }
  return { type: 'ran', outcome: await (task.twice ? runTwice(task.plan) : runOnce(task.plan)) }
}

process.on('message', (task: Task) => {
  work(task).then(say, (error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
// Nobody is left to tell.
process.on('disconnect', () => process.exit(0))
say({ type: 'ready' })
