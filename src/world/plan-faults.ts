import type { Random } from '#sim/random'
import type { PlanFrame } from './plan.ts'
import type { FaultDeed, FaultKind, FaultPlan } from './plan.types.ts'
import type { Way } from './types.ts'

const DAY_MS = 86_400_000

/** How often each goes wrong, beside the others. A restored backup is rare: a forked author is promised less. */
const SHARES: Readonly<Record<FaultKind, number>> = {
  cut: 10,
  partition: 8,
  break: 8,
  vanish: 6,
  serverDown: 7,
  serverFlaps: 3,
  serverForgets: 4,
  serverLies: 5,
  hostile: 5,
  crash: 16,
  stop: 6,
  freeze: 6,
  sleep: 6,
  roam: 6,
  diskFull: 5,
  diskFails: 7,
  diskSlow: 4,
  clock: 7,
  wipe: 4,
  restore: 2,
}
const KINDS = (Object.keys(SHARES) as FaultKind[]).flatMap((kind) => Array.from({ length: SHARES[kind] }, () => kind))
const WAYS: readonly Way[] = ['both', 'both', 'there', 'back']

/** One fault of a plan. Half of them strike in a moment of many writes: between a write and its storing or sending. */
export const planFault = (random: Random, id: number, { devices, durationMs, moments }: PlanFrame): FaultPlan => {
  const at = random.chance(0.5)
    ? random.int(0, Math.floor(durationMs * 0.9))
    : random.pick(moments) + (random.chance(0.5) ? random.int(0, 8) : random.int(0, 1_500))
  const ms = Math.round(100 * 600 ** random.next())
  return { id, at, ms, ...deedOf(random, random.pick(KINDS), devices) }
}

const deedOf = (random: Random, kind: FaultKind, devices: readonly string[]): FaultDeed => {
  const device = random.pick(devices)
  switch (kind) {
    case 'cut': {
      const b = random.pick([...devices.filter((name) => name !== device), 'server'])
      return { kind, a: device, b, way: random.pick(WAYS) }
    }
    case 'partition':
      return { kind, groups: groupsOf(random, devices) }
    case 'break': {
      const other = random.pick(devices.filter((name) => name !== device))
      return random.chance(0.5) ? { kind } : { kind, between: [device, other] }
    }
    case 'serverDown':
    case 'serverForgets':
    case 'hostile':
      return { kind }
    case 'serverFlaps':
      return { kind, everyMs: random.int(200, 3_000) }
    case 'serverLies':
      return { kind, duplicate: share(random), delay: share(random), staleRoster: random.chance(0.5) }
    case 'diskFails':
      return { kind, device, appends: random.int(1, 3), when: random.pick(['before', 'after']) }
    case 'diskSlow':
      return { kind, device, slowMs: random.int(10, 2_000) }
    case 'clock':
      return { kind, device, aheadMs: random.int(-2 * DAY_MS, 2 * DAY_MS) }
    default:
      return { kind, device }
  }
}

const share = (random: Random): number => random.int(0, 50) / 100

/** Two or three groups, some of them perhaps of nobody. */
const groupsOf = (random: Random, devices: readonly string[]): string[][] => {
  const groups = Array.from({ length: random.int(2, 3) }, (): string[] => [])
  for (const device of devices) random.pick(groups).push(device)
  // With the server on one side only, the other side must do without it.
  if (random.chance(0.5)) random.pick(groups).push('server')
  return groups.filter((group) => group.length > 0)
}
