import { deviceNames } from './plan.ts'
import type { FaultPlan, WorldPlan, WritePlan } from './plan.types.ts'

/** Does this plan still show what is looked for? */
export type Fails = (plan: WorldPlan) => boolean | Promise<boolean>

export interface ShrinkOptions {
  /** At most so many runs; default 300. */
  readonly runs?: number
}

/** Makes smaller plans of one, the boldest first. */
type Reduction = (plan: WorldPlan) => Iterable<WorldPlan>

/**
 * A smaller plan that fails in the same way: fewest devices, then faults and writes, then plainer roads, values and
 * times. Each step is kept only where it still fails (delta debugging, Zeller 1999).
 *
 * @param plan one that fails
 */
export const shrink = async (plan: WorldPlan, fails: Fails, { runs = 300 }: ShrinkOptions = {}): Promise<WorldPlan> => {
  let best = plan
  let left = runs
  const improve = async (reduce: Reduction): Promise<boolean> => {
    const before = best
    for (let found = true; found; ) {
      found = false
      for (const smaller of reduce(best)) {
        if (left-- <= 0) return best !== before
        if (!(await fails(smaller))) continue
        best = smaller
        found = true
        break
      }
    }
    return best !== before
  }
  for (let again = true; again && left > 0; ) {
    again = false
    for (const reduce of REDUCTIONS) if (await improve(reduce)) again = true
  }
  return best
}

/** A list without one of its parts: halves first, single elements last. */
function* without<T>(list: readonly T[]): Iterable<T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < list.length; from += size) yield [...list.slice(0, from), ...list.slice(from + size)]
}

function* fewerFaults(plan: WorldPlan): Iterable<WorldPlan> {
  for (const faults of without(plan.faults)) yield { ...plan, faults }
}
function* fewerWrites(plan: WorldPlan): Iterable<WorldPlan> {
  for (const writes of without(plan.writes)) yield { ...plan, writes }
}
function* fewerRoads(plan: WorldPlan): Iterable<WorldPlan> {
  for (const roads of without(plan.roads)) yield { ...plan, roads }
}

function* fewerPeers(plan: WorldPlan): Iterable<WorldPlan> {
  if (plan.peers <= 2) return
  for (const name of deviceNames(plan.peers).reverse()) yield withoutDevice(plan, name)
}

/** Those after it move up by one letter. */
const withoutDevice = (plan: WorldPlan, gone: string): WorldPlan => {
  const left = deviceNames(plan.peers).filter((name) => name !== gone)
  const renamed = (name: string) => deviceNames(left.length)[left.indexOf(name)] ?? name
  return {
    ...plan,
    peers: plan.peers - 1,
    roads: plan.roads
      .filter(({ between }) => !between?.includes(gone))
      .map((road) => (road.between ? { ...road, between: pair(road.between, renamed) } : road)),
    writes: plan.writes
      .filter(({ device }) => device !== gone)
      .map((write) => ({ ...write, device: renamed(write.device) })),
    faults: plan.faults.flatMap((fault) => faultWithout(fault, gone, renamed)),
  }
}

const pair = ([a, b]: readonly [string, string], name: (old: string) => string): readonly [string, string] => [
  name(a),
  name(b),
]

const faultWithout = (fault: FaultPlan, gone: string, renamed: (name: string) => string): FaultPlan[] => {
  if (fault.kind === 'cut')
    return [fault.a, fault.b].includes(gone) ? [] : [{ ...fault, a: renamed(fault.a), b: renamed(fault.b) }]
  if (fault.kind === 'partition') {
    const groups = fault.groups.map((group) => group.filter((name) => name !== gone).map(renamed))
    return [{ ...fault, groups: groups.filter((group) => group.length > 0) }]
  }
  if ('between' in fault && fault.between)
    return fault.between.includes(gone) ? [] : [{ ...fault, between: pair(fault.between, renamed) }]
  if ('device' in fault) return fault.device === gone ? [] : [{ ...fault, device: renamed(fault.device) }]
  return [fault]
}

/** The run ends soon after the last thing in it. */
function* endsSooner(plan: WorldPlan): Iterable<WorldPlan> {
  const last = Math.max(0, ...plan.writes.map(({ at }) => at), ...plan.faults.map(({ at }) => at))
  const ends = Math.max(last, ...plan.faults.map(({ at, ms }) => at + ms))
  for (const durationMs of [last + 1, last + 1_000, last + 10_000, ends + 1, ends + 10_000])
    if (durationMs < plan.durationMs * 0.9) yield { ...plan, durationMs }
}

/** Everything by as much sooner as nothing happens at the beginning. */
function* beginsSooner(plan: WorldPlan): Iterable<WorldPlan> {
  const first = Math.min(plan.durationMs, ...plan.writes.map(({ at }) => at), ...plan.faults.map(({ at }) => at))
  for (const by of [first, first - 1_000, first - 10_000, Math.floor(first / 2)]) {
    if (by < 100) continue
    const sooner = <T extends { readonly at: number }>(one: T): T => ({ ...one, at: one.at - by })
    yield {
      ...plan,
      durationMs: plan.durationMs - by,
      writes: plan.writes.map(sooner),
      faults: plan.faults.map(sooner),
    }
  }
}

const replaced = <T>(list: readonly T[], index: number, one: T): T[] =>
  list.map((old, at) => (at === index ? one : old))

function* shorterFaults(plan: WorldPlan): Iterable<WorldPlan> {
  for (const [index, fault] of plan.faults.entries())
    for (const ms of [0, 1_000, Math.floor(fault.ms / 2)])
      if (ms < fault.ms * 0.9) yield { ...plan, faults: replaced(plan.faults, index, { ...fault, ms }) }
}

function* smallerWrites(plan: WorldPlan): Iterable<WorldPlan> {
  for (const [index, write] of plan.writes.entries())
    for (const smaller of smallerForms(write)) yield { ...plan, writes: replaced(plan.writes, index, smaller) }
}

function* smallerForms(write: WritePlan): Iterable<WritePlan> {
  if (write.does === 'import') {
    for (const rows of [1, Math.floor(write.rows / 2)]) if (rows >= 1 && rows < write.rows) yield { ...write, rows }
    if (write.bytes > 5) yield { ...write, bytes: 5 }
  }
  if (write.does !== 'put') return
  if (write.fields.length > 1) yield { ...write, fields: write.fields.slice(0, 1) }
  for (const bytes of [5, 15_000, Math.floor(write.bytes / 2)])
    if (bytes >= 5 && bytes < write.bytes * 0.9) yield { ...write, bytes }
}

const REDUCTIONS: readonly Reduction[] = [
  fewerPeers,
  fewerFaults,
  fewerWrites,
  fewerRoads,
  endsSooner,
  smallerWrites,
  shorterFaults,
  beginsSooner,
]
