import type { AnyMachineSnapshot } from 'xstate'
import type { Law } from '../../machines/kit/law.ts'
import { type Exploration, explorationsOf, explore } from '../support/explore.ts'
import { HOUSE_LAWS } from '../support/house-laws.ts'
import type { AnyMachineSpec } from '../support/machine-spec.ts'

/**
 * For a process of its own: `node break-laws.ts sync-peer PEER-2 HOUSE-4` explores the machine and prints, as JSON, which
 * of these laws break, and in how many snapshots or states; without ids all of them are tried. With `--whether` a law
 * counts once, and is tried no further than to the first snapshot that breaks it.
 */
const words = process.argv.slice(2)
const isWhether = words.includes('--whether')
const [name = '', ...chosen] = words.filter((word) => word !== '--whether')
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
const snapshotsOf = (explorations: readonly Exploration[]): readonly AnyMachineSnapshot[] => {
  const steps = explorations.flatMap(({ paths }) => paths.flatMap((path) => path.steps))
  return [...new Set(steps.map(({ predicted }) => predicted))]
}

/** The chosen laws of the machine itself, from one input after another, until each was seen to break. */
const tellWhether = (spec: AnyMachineSpec): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const input of spec.inputs) {
    const left = spec.laws.filter((law) => isChosen(law) && counts[law.id] === undefined)
    if (left.length === 0) break
    const snapshots = snapshotsOf([explore(spec, input)])
    for (const law of left) if (snapshots.some((each) => breaks(law, each))) counts[law.id] = 1
  }
  return counts
}

/** A chart that does not start, or whose graph has no end, can only be judged by its shape. */
const countAll = (spec: AnyMachineSpec): Record<string, number> => {
  const isShapely = chosen.length > 0 && chosen.every((id) => OF_SHAPE.includes(id))
  const endless = isShapely ? 0 : (HOUSE_LAWS.find(({ id }) => id === 'HOUSE-5')?.offenders(spec).length ?? 0)
  const counts: Record<string, number> = { 'HOUSE-5': endless }
  for (const law of HOUSE_LAWS.filter(isChosen))
    if (OF_SHAPE.includes(law.id) || endless === 0) counts[law.id] = law.offenders(spec).length
  const laws = endless === 0 ? spec.laws.filter(isChosen) : []
  const snapshots = laws.length > 0 ? snapshotsOf(explorationsOf(spec)) : []
  for (const law of laws) counts[law.id] = snapshots.filter((each) => breaks(law, each)).length
  return counts
}

const { spec } = (await import(`../specs/${name}.ts`)) as { readonly spec: AnyMachineSpec }
const isOfTheHouse = chosen.some((id) => HOUSE_LAWS.some((law) => law.id === id))
const counts = isWhether && !isOfTheHouse ? tellWhether(spec) : countAll(spec)
const broken = Object.entries(counts).filter(([, count]) => count > 0)
process.stdout.write(JSON.stringify(Object.fromEntries(broken)), () => process.exit(0))
