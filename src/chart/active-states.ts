import type { AnyMachineSnapshot } from 'xstate'

/**
 * Ids of the states that a snapshot of a machine is in, the outermost first: the ids of `ChartState`. The snapshot may
 * be one of `resolveState`, of an actor that never started.
 *
 * @example
 * activeStates(createActor(doorMachine).getSnapshot()) // ['door', 'door.closed']
 */
export const activeStates = (snapshot: AnyMachineSnapshot): string[] =>
  [...snapshot._nodes].sort((a, b) => a.path.length - b.path.length || a.order - b.order).map((node) => node.id)
