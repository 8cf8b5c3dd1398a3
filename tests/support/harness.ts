import {
  type AnyActorRef,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  type EventObject,
  type InspectionEvent,
} from 'xstate'
import { type FakeChild, fakeLogic } from './fake-child.ts'

/** What is needed of a clock: XState's SimulatedClock, or the SteppedClock. */
interface HarnessClock {
  setTimeout(fire: (...args: unknown[]) => void, ms: number): number
  clearTimeout(handle: number): void
}

interface HarnessOptions {
  readonly machine: AnyStateMachine
  readonly input: unknown
  readonly clock: HarnessClock
  /** Under which name the machine is known in its system; then nobody else is called `mesh`. */
  readonly systemId?: string | undefined
  readonly inspect?: (event: InspectionEvent) => void
}

/** One live actor of a machine under a tiny parent, with a fake in every seat. */
export interface Harness {
  readonly actor: AnyActorRef
  /** Every child ever started, in order. */
  readonly children: readonly FakeChild[]
  /** What the parent, `mesh` to the machine, received; the machine's own end included. */
  readonly reports: readonly EventObject[]
  /** Actions that are not XState's own. */
  readonly customActions: readonly string[]
  /** The child of this id that was started last. */
  readonly child: (id: string) => FakeChild
  readonly snapshot: () => AnyMachineSnapshot
  readonly stop: () => void
}

const bornIn = new WeakMap<AnyActorRef['system'], FakeChild[]>()
const faked = new WeakMap<AnyStateMachine, AnyStateMachine>()

/** Made once for each machine: it is thousands of actors that run it, and a machine takes longer to make than to run. */
const withFakes = (machine: AnyStateMachine): AnyStateMachine => {
  const known = faked.get(machine)
  if (known !== undefined) return known
  const seats = Object.keys(machine.implementations.actors)
  const seat = (src: string) => fakeLogic(src, (system) => bornIn.get(system) ?? [])
  const made = machine.provide({ actors: Object.fromEntries(seats.map((src) => [src, seat(src)])) })
  faked.set(machine, made)
  return made
}

const parentMachine = ({ machine, input, systemId }: HarnessOptions) =>
  createMachine({
    id: 'harness',
    invoke: { src: withFakes(machine), id: 'subject', input, ...(systemId && { systemId }) },
    // unhandled, a failure of the subject would end the parent too; the test looks at it instead
    on: { '*': {} },
  })

/** Boots a machine where it can be watched. Nothing of the real world takes part. */
export const harness = (options: HarnessOptions): Harness => {
  const { clock, systemId, inspect, machine } = options
  const children: FakeChild[] = []
  const reports: EventObject[] = []
  const customActions: string[] = []
  const watch = (event: InspectionEvent): void => {
    if (event.type === '@xstate.event' && event.actorRef === parent && event.event.type !== 'xstate.init')
      reports.push(event.event)
    if (event.type === '@xstate.action' && !event.action.type.startsWith('xstate.'))
      customActions.push(event.action.type)
    inspect?.(event)
  }
  const parent: AnyActorRef = createActor(parentMachine(options), {
    clock,
    // a machine that has a mesh of its own is nobody's child
    ...(systemId !== 'mesh' && !('mesh' in machine.implementations.actors) && { systemId: 'mesh' }),
    inspect: watch,
  })
  bornIn.set(parent.system, children)
  parent.start()
  const actor: AnyActorRef = parent.getSnapshot().children.subject
  const child = (id: string): FakeChild => {
    const found = children.findLast((each) => each.id === id)
    if (found === undefined) throw new Error(`no child "${id}" was ever started`)
    return found
  }
  return {
    actor,
    children,
    reports,
    customActions,
    child,
    snapshot: () => actor.getSnapshot(),
    stop: () => parent.stop(),
  }
}
