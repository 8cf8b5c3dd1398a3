import { type AnyMachineSnapshot, type AnyStateMachine, getMicrosteps } from 'xstate'
import { reposeOf } from './explore-rest.ts'
import { explorationsOf, type Step } from './explore.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { customActions, idsOf, stuckLeaves, undescribed } from './structural-laws.ts'

/** Every state that is entered on the way of a step, those left at once included. */
const passed = (machine: AnyStateMachine, before: AnyMachineSnapshot | undefined, { event }: Step): string[] => {
  const steps = before ? getMicrosteps(machine, before, event) : []
  return steps.flatMap(([snapshot]) => (snapshot as AnyMachineSnapshot)._nodes.map(({ id }) => id))
}

const unreached = (spec: AnyMachineSpec): string[] => {
  const reached = new Set<string>()
  for (const { nodes, paths } of explorationsOf(spec)) {
    for (const { _nodes } of nodes) for (const { id } of _nodes) reached.add(id)
    const edges = new Map(
      paths.flatMap(({ steps }) => steps.map((step, i) => [step, steps[i - 1]?.predicted] as const)),
    )
    for (const [step, before] of edges) for (const id of passed(spec.machine, before, step)) reached.add(id)
  }
  return idsOf(spec.machine.root).filter((id) => !reached.has(id))
}

/** What every machine of the project must be like, whatever it does. */
export interface HouseLaw {
  readonly id: `HOUSE-${number}`
  /** The law in one plain clause. */
  readonly says: string
  /** The states that break it; none is well. */
  offenders(spec: AnyMachineSpec): readonly string[]
}

export const HOUSE_LAWS: readonly HouseLaw[] = [
  {
    id: 'HOUSE-1',
    says: 'every state that does not rest has a way out',
    offenders: ({ machine }) => stuckLeaves(machine),
  },
  {
    id: 'HOUSE-2',
    says: 'every state says in one sentence what it is',
    offenders: ({ machine }) => undescribed(machine),
  },
  {
    id: 'HOUSE-3',
    says: 'a machine runs no action but XState’s own',
    offenders: ({ machine }) => customActions(machine),
  },
  {
    id: 'HOUSE-4',
    says: 'nobody waits for ever: left alone, a machine comes to rest, wherever it is',
    offenders: (spec) => reposeOf(spec).restless,
  },
  {
    id: 'HOUSE-5',
    says: 'a machine starts, and its whole graph can be walked',
    offenders: (spec) => {
      try {
        explorationsOf(spec)
        return []
      } catch (error) {
        return [`${spec.machine.id}: ${String(error)}`]
      }
    },
  },
  {
    id: 'HOUSE-6',
    says: 'every state can be reached',
    offenders: (spec) => unreached(spec),
  },
]
