import { createRandom, type Random } from '#sim/random'
import { planFault } from './plan-faults.ts'
import { planRoads } from './plan-roads.ts'
import { planWrite } from './plan-writes.ts'
import type { WorldPlan } from './plan.types.ts'

/** Mostly small, for small worlds run fast and fail in fewer ways at once. */
const PEERS = [2, 3, 2, 3, 4, 2, 3, 2, 3, 4, 2, 3, 5, 2, 3, 4, 2, 3, 2, 3, 4, 2, 3, 5, 2, 3, 4, 2, 5, 4, 6, 8]
const MOST_MOMENTS = 6

/** What every part of a plan is chosen from. */
export interface PlanFrame {
  readonly devices: readonly string[]
  readonly durationMs: number
  /** When several things happen at once. */
  readonly moments: readonly number[]
}

/** Names of the first devices of a world: a, b, c … */
export const deviceNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index))

/**
 * The plan of a seed: devices, roads, writes and faults. Pure, and each element drawn from its own stream of chances,
 * so that taking one away moves no other.
 *
 * @param seed a whole number
 * @param peers how many devices, instead of as many as the seed says
 */
export const planOf = (seed: number, peers?: number): WorldPlan => {
  const random = createRandom(seed, 'plan')
  const count = peers ?? random.fork('peers').pick(PEERS)
  const frame = frameOf(random.fork('frame'), deviceNames(count))
  return {
    seed,
    peers: count,
    durationMs: frame.durationMs,
    roads: planRoads(random, frame.devices),
    writes: several(random, 'write', 4, 30).map(([id, chances]) => planWrite(chances, id, frame)),
    faults: several(random, 'fault', 0, 6).map(([id, chances]) => planFault(chances, id, frame)),
  }
}

const frameOf = (random: Random, devices: readonly string[]): PlanFrame => {
  const durationMs = 20_000 + Math.floor(160_000 * random.next() ** 5)
  const moments = Array.from({ length: random.int(1, MOST_MOMENTS) }, () => random.int(0, Math.floor(durationMs * 0.8)))
  return { devices, durationMs, moments }
}

const several = (random: Random, name: string, least: number, most: number): [number, Random][] =>
  Array.from({ length: random.fork(`${name}s`).int(least, most) }, (_, id) => [id, random.fork(`${name}/${id}`)])
