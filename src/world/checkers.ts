import { chronicleOf, learnOwners, readAnew } from './check-chronicle.ts'
import { checkEntries } from './check-entries.ts'
import { presentOf } from './check-present.ts'
import { checkRest } from './check-rest.ts'
import { createFindings } from './check-rules.ts'
import { checkViews } from './check-views.ts'
import type { Finding, World } from './types.ts'

export { watchWorld } from './check-along.ts'
export { RECOVERY_MS } from './check-recovery.ts'
export { WORLD_RULES, type WorldRule } from './check-rules.ts'
export { checkStopped } from './check-stopped.ts'

/** What is under way when everybody has everything comes to rest within this, ms: a relayed copy, an acknowledgment. */
const SETTLING_MS = 3_000

/**
 * Everything that must hold once a world is quiet, a moment later. What was read from the disks on this occasion and had vanished goes
 * to `world.findings`, as what `watchWorld` finds.
 */
export const checkWorld = async (world: World): Promise<readonly Finding[]> => {
  await world.pass(SETTLING_MS)
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
