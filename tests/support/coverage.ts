import type {
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
  InspectionEvent,
} from 'xstate'
import { transitionId } from '#chart/transition-id'

const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)]

const declared = (node: AnyStateNode): AnyTransitionDefinition[] => [
  ...[...node.transitions.values()].flat(),
  ...(node.always ?? []),
]

/** Counts which states and declared transitions live actors of a machine went through. */
export class Coverage {
  readonly #machineId: string
  readonly #states: ReadonlySet<string>
  readonly #transitions: ReadonlySet<string>
  readonly #seen = new Set<string>()

  constructor(machine: AnyStateMachine) {
    const nodes = nodesOf(machine.root)
    this.#machineId = machine.id
    this.#states = new Set(nodes.filter((node) => node !== machine.root).map((node) => node.id))
    this.#transitions = new Set(nodes.flatMap(declared).map(transitionId))
  }

  readonly observe = (event: InspectionEvent): void => {
    if (event.type !== '@xstate.microstep' && event.type !== '@xstate.snapshot') return
    const snapshot = event.snapshot as AnyMachineSnapshot
    if (snapshot.machine?.id !== this.#machineId) return
    for (const node of snapshot._nodes) this.#seen.add(node.id)
    if (event.type === '@xstate.microstep')
      for (const transition of event._transitions) this.#seen.add(transitionId(transition))
  }

  get states(): number {
    return this.#states.size
  }

  get transitions(): number {
    return this.#transitions.size
  }

  /** States and transitions that no actor went through. */
  get missed(): string[] {
    return [...this.#states, ...this.#transitions].filter((id) => !this.#seen.has(id))
  }
}
