import type { AnyMachineSnapshot } from 'xstate'
import type { Law } from '../../machines/kit/law.ts'
import { explorationsOf } from '../support/explore.ts'
import { HOUSE_LAWS } from '../support/house-laws.ts'
import type { AnyMachineSpec } from '../support/machine-spec.ts'

/**
 * For a process of its own: `node break-laws.ts sync-peer PEER-2 HOUSE-4` explores the machine and prints, as JSON, which
 * of these laws break, and in how many snapshots or states; without ids all of them are tried.
 */
const [name = '', ...chosen] = process.argv.slice(2)
const isChosen = ({ id }: { readonly id: string }): boolean => chosen.length === 0 || chosen.includes(id)

/** What can be told without walking the graph. */
const OF_SHAPE: readonly string[] = ['HOUSE-1', 'HOUSE-2', 'HOUSE-3']

const breaks = (law: Law<AnyMachineSnapshot>, snapshot: AnyMachineSnapshot): boolean => {
  try {
    return !law.holds(snapshot)
  } catch {
    return true
  }
}

/** Where every edge leads: what counts as one place of the graph may still differ in what a law looks at. */
const snapshotsOf = (spec: AnyMachineSpec): readonly AnyMachineSnapshot[] => {
  const steps = explorationsOf(spec).flatMap(({ paths }) => paths.flatMap((path) => path.steps))
  return [...new Set(steps.map(({ predicted }) => predicted))]
}

/** A chart that does not start, or whose graph has no end, can only be judged by its shape. */
const countAll = (spec: AnyMachineSpec): Record<string, number> => {
  const isShapely = chosen.length > 0 && chosen.every((id) => OF_SHAPE.includes(id))
  const endless = isShapely ? 0 : (HOUSE_LAWS.find(({ id }) => id === 'HOUSE-5')?.offenders(spec).length ?? 0)
  const counts: Record<string, number> = { 'HOUSE-5': endless }
  for (const law of HOUSE_LAWS.filter(isChosen))
    if (OF_SHAPE.includes(law.id) || endless === 0) counts[law.id] = law.offenders(spec).length
  const laws = endless === 0 ? spec.laws.filter(isChosen) : []
  const snapshots = laws.length > 0 ? snapshotsOf(spec) : []
  for (const law of laws) counts[law.id] = snapshots.filter((each) => breaks(law, each)).length
  return counts
}

const { spec } = (await import(`../specs/${name}.ts`)) as { readonly spec: AnyMachineSpec }
const broken = Object.entries(countAll(spec)).filter(([, count]) => count > 0)
process.stdout.write(JSON.stringify(Object.fromEntries(broken)), () => process.exit(0))
