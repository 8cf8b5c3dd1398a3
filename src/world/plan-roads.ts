import type { Random } from '#sim/random'
import type { RoadPlan } from './plan.types.ts'
import type { Road } from './types.ts'

/** Bytes per second: a field with one bar of signal, an old phone, a busy Wi-Fi; mostly none of them. */
const SPEEDS = [20_000, 60_000, 250_000, 1_000_000]

/** The shape of all roads, and of a few that are worse. */
export const planRoads = (random: Random, devices: readonly string[]): RoadPlan[] => {
  const all = random.fork('roads')
  const worse = devices.flatMap((a, index) => {
    const chances = random.fork(`road/${a}`)
    const b = devices[index + 1] ?? 'server'
    return chances.chance(0.2) ? [{ road: roadOf(chances, 0.5), between: [a, b] as const }] : []
  })
  return all.chance(0.3) ? worse : [{ road: roadOf(all, 0.1) }, ...worse]
}

const roadOf = (random: Random, slow: number): Partial<Road> => ({
  latencyMs: Math.round(400 ** random.next()),
  jitterMs: random.chance(0.5) ? random.int(0, 100) : 0,
  loss: random.chance(0.3) ? random.int(1, 20) / 100 : 0,
  ...(random.chance(slow) ? { bytesPerSecond: random.pick(SPEEDS) } : {}),
})
