import { chronicleOf, learnOwners, readAnew } from './check-chronicle.ts'
import { checkEntries } from './check-entries.ts'
import { presentOf } from './check-present.ts'
import { checkRest } from './check-rest.ts'
import { createFindings } from './check-rules.ts'
import { checkViews } from './check-views.ts'
import { RECOVERY_MS } from './check-recovery.ts'
import type { Finding, World } from './types.ts'
import { WaitedTooLong } from './waited-too-long.ts'

export { watchWorld } from './check-along.ts'
export { WORLD_RULES, type WorldRule } from './check-rules.ts'
export { checkStopped } from './check-stopped.ts'

/** What is under way when everybody has everything comes to rest within this, ms: a relayed copy, an acknowledgment. */
const SETTLING_MS = 3_000

/**
 * Everything that must hold once a world is quiet, a moment later: what is broken of `WORLD_RULES`. What was read from
 * the disks on this occasion and had vanished goes to `world.findings`, as what `watchWorld` finds. Needs `watchWorld`
 * from the start: what was never seen durable is not asked for.
 *
 * @example
 * await world.quiesce()
 * expect([...(await checkWorld(world)), ...world.findings]).toEqual([])
 */
export const checkWorld = async (world: World): Promise<readonly Finding[]> => {
  await world.pass(SETTLING_MS)
  await restingAgain(world)
  const chronicle = chronicleOf(world)
  learnOwners(chronicle)
  for (const { device } of chronicle.shelves) readAnew(chronicle, device)
  await chronicle.settled()
  const present = await presentOf(chronicle)
  const findings = createFindings()
  checkViews(findings, present)
  checkEntries(findings, chronicle, present)
  checkRest(findings, chronicle, present)
  return findings.found
}

/**
 * On a lossy road a link may be in doubt at any one moment, and on a slow one what was sent twice takes its time. What
 * does not come to rest is looked at as it is.
 */
const restingAgain = async (world: World): Promise<void> => {
  const isAtRest = () => world.isQuiet() && world.devices.every((device) => device.restingBytes === 0)
  try {
    await world.until('it is quiet again', isAtRest, RECOVERY_MS.silentLink)
  } catch (error) {
    if (!(error instanceof WaitedTooLong)) throw error
  }
}
