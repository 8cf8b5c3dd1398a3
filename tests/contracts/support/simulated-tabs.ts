import { createLeadership } from '#adapters/storage/leadership'
import type { LeadershipHarness, TabUnderTest } from '#contracts/leadership/leadership-harness'
import { createSimulatedLocks, type SimulatedLocks } from '#sim/locks'
import { createSimulation, type Simulation, simulated, theSimulation } from './simulation.ts'

const browsers = new WeakMap<Simulation, SimulatedLocks>()

/** The tabs of one case are in one browser. */
const open = (): TabUnderTest => {
  const simulation = theSimulation() ?? createSimulation()
  const locks = browsers.get(simulation) ?? createSimulatedLocks(simulation.timeline)
  browsers.set(simulation, locks)
  const tab = simulation.host('tab')
  return { leadership: createLeadership({ locks: locks.of(tab) }), close: () => tab.kill() }
}

/** The production leadership by the Web Locks of a simulated browser. */
export const simulatedTabs: LeadershipHarness = { open, until: simulated, powers: ['others', 'close'] }
