import type { AnyStateMachine } from 'xstate'
import type { ChartChild } from './chart.types.ts'

const machineId = (logic: unknown): string | undefined => {
  const isMachine = typeof logic === 'object' && logic !== null && 'root' in logic && 'id' in logic
  return isMachine && typeof logic.id === 'string' ? logic.id : undefined
}

/** What sits in a machine's seat; undefined for a seat that it does not have. */
export const logicIn = (machine: AnyStateMachine, seat: string): unknown =>
  (machine.implementations.actors as Readonly<Record<string, unknown>>)[seat]

/**
 * The seat of a child, and the machine in it if there is one.
 *
 * @param src the seat's name, or logic written where it is started: of such, only machines have a name
 */
export const describeSeat = (machine: AnyStateMachine, src: unknown): Pick<ChartChild, 'src' | 'machine'> => {
  const id = machineId(typeof src === 'string' ? logicIn(machine, src) : src)
  return { src: typeof src === 'string' ? src : (id ?? 'inline'), ...(id !== undefined && { machine: id }) }
}
