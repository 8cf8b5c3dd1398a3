import type { ContractCase, Until } from '#contracts/contract-case'
import { drained } from '#sim/drained'
import { createHost, type Host } from '#sim/host'
import { createNetwork, type Network } from '#sim/network'
import { createRandom } from '#sim/random'
import { createTimeline, type Timeline } from '#sim/timeline'
import { createTrace } from '#sim/trace'

/** 2026-01-01, ms since 1970. */
const EPOCH = 1_767_225_600_000
/** A case that has not come to its end by then never will: some sleep for hours. Simulated ms. */
const LONG = 6 * 3_600_000
/** What a case waits for comes by then or never: ICE gives up much earlier, heartbeats too. Simulated ms. */
const PATIENCE = 120_000

/** A simulated world of its own for one case, turned while the case runs. */
export interface Simulation {
  readonly timeline: Timeline
  readonly network: Network
  readonly host: (name: string) => Host
}

let current: { readonly simulation: Simulation; readonly timeline: Timeline; stalled: boolean } | undefined
let thrown: unknown[] | undefined

export const createSimulation = (): Simulation => {
  const timeline = createTimeline()
  const network = createNetwork({ timeline, random: createRandom(7), trace: createTrace() })
  const simulation: Simulation = {
    timeline,
    network,
    host: (name) => createHost({ name, timeline, wallNow: () => EPOCH + timeline.now() }),
  }
  current = { simulation, timeline, stalled: false }
  return simulation
}

/** That of the case which runs; undefined before it made one. */
export const theSimulation = (): Simulation | undefined => current?.simulation

/** Waits while the case's simulation is turned. */
export const simulated: Until = async (what, holds) => {
  const end = (current?.timeline.now() ?? 0) + PATIENCE
  while (!(await holds())) {
    if (current?.stalled || (current && current.timeline.now() > end))
      throw new Error(`It never came to this: ${what}.`)
    await drained()
  }
}

const isSpent = (timeline: Timeline): boolean => timeline.now() > LONG || timeline.nextAt() === undefined

/** Runs the work and takes what tasks of the simulation throw meanwhile. */
export const catchingInTurn = async (work: () => Promise<void>): Promise<readonly unknown[]> => {
  const caught: unknown[] = []
  thrown = caught
  try {
    await work()
  } finally {
    thrown = undefined
  }
  return caught
}

const step = (timeline: Timeline): void => {
  try {
    timeline.step()
  } catch (error) {
    if (thrown === undefined) throw error
    thrown.push(error)
  }
}

/** Runs a case, and turns its simulation until it is over. */
const turning = async (run: () => Promise<void>): Promise<void> => {
  current = undefined
  let over = false
  const ended = run().finally(() => {
    over = true
  })
  ended.catch(() => undefined)
  for (let idle = 0; !over && idle < 50; ) {
    await drained()
    const world = current as { readonly timeline: Timeline; stalled: boolean } | undefined
    if (over || world === undefined) continue
    world.stalled = isSpent(world.timeline) && idle > 10
    idle = isSpent(world.timeline) ? idle + 1 : 0
    if (!isSpent(world.timeline)) step(world.timeline)
  }
  if (!over) throw new Error('The simulation ran out of events before the case was over.')
  await ended
}

/** The cases of a contract, each run while its simulation is turned. */
export const inSimulation = (cases: readonly ContractCase[]): readonly ContractCase[] =>
  cases.map((one) => ({ ...one, run: () => turning(one.run) }))
