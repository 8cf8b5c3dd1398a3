import type { AnyStateMachine } from 'xstate'
import { DELAY_REASONS } from '#machines/kit/timings'
import { explore } from '../../tests/support/explore.ts'
import type { AnyMachineSpec } from '../../tests/support/machine-spec.ts'

/** What the atlas tells of one machine. */
export interface AtlasEntry {
  readonly machine: AnyStateMachine
  readonly laws: readonly { readonly id: string; readonly says: string }[]
  readonly delays: Readonly<Record<string, { readonly reason?: string }>>
  /** What the generated tests walk through. */
  readonly reached: { readonly snapshots: number; readonly edges: number }
}

/** From the one that starts the others, to the smallest. */
const FOLDERS = ['sync-engine', 'sync-mesh', 'signaling', 'sync-peer', 'reassembly'] as const

const reachedBy = (spec: AnyMachineSpec): AtlasEntry['reached'] => {
  const graphs = spec.inputs.map((input) => explore(spec, input))
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  return { snapshots: sum(graphs.map(({ nodes }) => nodes.length)), edges: sum(graphs.map(({ edges }) => edges)) }
}

/** Every machine of the project with its laws, as the generated tests know them. Takes some seconds. */
export const atlasEntries = async (): Promise<AtlasEntry[]> => {
  const specs = await Promise.all(
    FOLDERS.map(async (name) => {
      const module: { readonly spec: AnyMachineSpec } = await import(`../../tests/specs/${name}.ts`)
      return module.spec
    }),
  )
  return specs.map((spec) => ({
    machine: spec.machine,
    laws: spec.laws,
    delays: DELAY_REASONS,
    reached: reachedBy(spec),
  }))
}
