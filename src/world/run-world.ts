import type { Finding, World } from './types.ts'
import type { WorldPlan } from './plan.types.ts'
import { RECOVERY_MS } from './check-recovery.ts'
import { createRunLog, type RunLog } from './run-log.ts'
import { createRunDeeds, type RunDeeds } from './run-deeds.ts'
import { listenToEngines } from './run-trace.ts'
import type { RunnerParts, RunWorld, WorldOutcome } from './run-world.types.ts'
import { WaitedTooLong } from './waited-too-long.ts'
import { waitForQuiet } from './wait-for-quiet.ts'

/** A log that forked is frozen and never wholly acknowledged: such a world is only given time. */
const FORKED_MS = 60_000
/** Longest time that the writes after healing may take to be stored. */
const LATE_WRITES_MS = 60_000

/**
 * Makes what runs plans: a world, what the plan says, healing, quiet, a few more writes, the checks, and the stop.
 * Nothing that goes wrong inside is thrown: it is a finding of the outcome.
 *
 * - `RUN-1` nothing is thrown but a `FieldmeshError` with words, and nothing is left uncaught
 * - `RUN-2` once everything is healed, all is quiet within a bound
 * - `RUN-3` every write of a life that goes on resolves or rejects
 * - `RUN-4` writes after healing are stored
 */
export const createRunner =
  (parts: RunnerParts): RunWorld =>
  async (plan, options = {}) => {
    const world = parts.createWorld({ seed: plan.seed, peers: plan.peers })
    const log = createRunLog(world, options.trace)
    const endStrays = parts.strays?.((error) => log.threw('uncaught', error))
    const deeds = createRunDeeds(world, plan, log)
    const hear = options.trace ? listenToEngines(world, log) : () => {}
    let recoveryMs: number | undefined
    try {
      parts.watch?.(world)
      await happen(world, plan, deeds, hear)
      log.says('all is healed')
      recoveryMs = await recover(world, plan, log)
      await restartForked(world, log)
      if (recoveryMs !== undefined && (await arriveLate(world, plan, deeds, log)))
        log.found(...((await parts.check?.(world)) ?? []))
    } catch (error) {
      log.threw('the run', error)
    }
    await finish(parts, world, log)
    await endStrays?.()
    return outcomeOf(world, plan, deeds, log, recoveryMs)
  }

const happen = async (world: World, plan: WorldPlan, deeds: RunDeeds, hear: () => void): Promise<void> => {
  for (const { road, between } of plan.roads) world.network.shape(road, ...(between ?? []))
  await world.start()
  hear()
  deeds.schedule(hear)
  await world.pass(plan.durationMs)
  deeds.end()
  // Whoever is about to stop must have stopped to be started.
  await world.until('what the plan began is done', () => !deeds.isBusy())
  await world.healAll()
  hear()
}

/** Waits until it is quiet; the ms it took, or undefined with a finding. */
const recover = async (world: World, plan: WorldPlan, log: RunLog): Promise<number | undefined> => {
  const isForked = plan.faults.some(({ kind }) => kind === 'restore')
  const bound = (isForked ? FORKED_MS : RECOVERY_MS.anything) + transferMs(plan)
  try {
    return await waitForQuiet(world, bound, (name) => log.says(`${name}: “Try again”`))
  } catch (error) {
    if (!(error instanceof WaitedTooLong)) throw error
    if (isForked) return bound
    log.found({ rule: 'RUN-2', says: `not quiet ${bound} ms after healing: ${String(error)}` })
    return undefined
  }
}

/** As its words ask: a device whose own log forked is started afresh, and gets another identity. */
const restartForked = async (world: World, log: RunLog): Promise<void> => {
  for (const device of world.devices) {
    const { fault, suspects = [] } = device.engine.store.getStatus()
    const isSuspect = suspects.some((one) => one.fault === 'author-forked' && one.peerId === device.engine.peerId)
    if (fault !== 'author-forked' && !isSuspect) continue
    log.says(`${device.name}: started afresh`)
    let isDone = false
    const again = async () => {
      await device.stop()
      await device.start()
    }
    const restarting = again().finally(() => {
      isDone = true
    })
    await world.until(`${device.name} started afresh`, () => isDone)
    await restarting
  }
}

/** What the plan's own bytes may take on its slowest road: twice to each device, with overhead. */
const transferMs = ({ writes, roads, peers }: WorldPlan): number => {
  const slowest = Math.min(...roads.map(({ road }) => road.bytesPerSecond ?? Number.POSITIVE_INFINITY))
  const bytes = writes.reduce((sum, write) => {
    if (write.does === 'import') return sum + write.rows * (write.bytes + 300)
    return sum + 300 + (write.does === 'put' ? write.bytes * write.fields.length : 0)
  }, 0)
  return Math.round((2 * peers * bytes * 1_000) / slowest)
}

const arriveLate = async (world: World, plan: WorldPlan, deeds: RunDeeds, log: RunLog): Promise<boolean> => {
  deeds.writeLate()
  try {
    await world.until('the writes after healing are stored', () => deeds.pending().length === 0, LATE_WRITES_MS)
  } catch {
    for (const says of deeds.pending()) log.found({ rule: 'RUN-3', says: `never settled: ${says}` })
    return false
  }
  return (await recover(world, plan, log)) !== undefined
}

const finish = async (parts: RunnerParts, world: World, log: RunLog): Promise<void> => {
  try {
    await world.stop()
    log.found(...((await parts.checkStopped?.(world)) ?? []))
  } catch (error) {
    log.threw('the stop', error)
  }
}

const outcomeOf = (
  world: World,
  plan: WorldPlan,
  deeds: RunDeeds,
  log: RunLog,
  recoveryMs: number | undefined,
): WorldOutcome => ({
  seed: plan.seed,
  plan,
  findings: once([...world.findings, ...log.findings]),
  digest: world.digest(),
  recoveryMs,
  simulatedMs: world.now(),
  writes: world.writes.length,
  refused: deeds.refused,
})

const once = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.rule} ${finding.says}`, finding])).values(),
]
