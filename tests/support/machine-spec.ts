import type { AnyMachineSnapshot, AnyStateMachine, EventFrom, EventObject, InputFrom, SnapshotFrom } from 'xstate'
import type { Law } from '../../machines/kit/law.ts'

/** Event types that carry a payload: without a sample for each of them the machine cannot be explored. */
type NeedsSample<E extends EventObject> = E extends { readonly type: `xstate.${string}` }
  ? never
  : Exclude<keyof E, 'type'> extends never
    ? never
    : E['type']

/** The end of a child, as the machine hears of it. */
interface ChildEnd extends EventObject {
  readonly actorId?: string
  readonly output?: unknown
  readonly error?: unknown
}

/** Payload samples per event type; each sample is an edge of the graph. Types without a payload need none. */
export type Samples<E extends EventObject> = {
  readonly [T in NeedsSample<E>]: readonly Extract<E, { type: T }>[]
} & {
  /** How children end: `xstate.done.actor.<id>` with `output`, `xstate.error.actor.<id>` with `error`. */
  readonly [T in `xstate.${string}`]?: readonly ChildEnd[]
}

/** Everything that is needed to explore one machine; one file per machine in `tests/specs/`. */
export interface MachineSpec<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M
  /** What the actor is started with; several, and the graph of each is explored. */
  readonly inputs: readonly InputFrom<M>[]
  readonly samples: Samples<EventFrom<M>>
  readonly laws: readonly Law<SnapshotFrom<M>>[]
  /** The machine's view; must give plain JSON in every reachable state. */
  view?(snapshot: SnapshotFrom<M>): unknown
  /**
   * Tells two snapshots apart; by default state value, context and living children. Give one that leaves out what
   * does not matter, where counters or parallel regions make the graph large.
   */
  identify?(snapshot: SnapshotFrom<M>): unknown
  /**
   * False for an event that can well happen but would make the graph large with more of the same kind; walks at random
   * take it (the machine’s `walk.test.ts`). What cannot happen is excluded for all machines, by `HISTORY_RULES`.
   */
  focus?(snapshot: SnapshotFrom<M>, event: EventObject): boolean
  /** Beside those tagged `resting`, ids of states that may last for ever, each with the reason. */
  readonly rests?: Readonly<Record<string, string>>
  /** Events that walks at random draw seldom: those that would end each of them early. */
  readonly rarely?: RegExp
  /** Edges looked at, at most; beyond, the test fails and says so. Default 10,000. */
  readonly limit?: number
  /** Under which name the machine is known in its actor system; then nobody else is called `mesh`. */
  readonly systemId?: string
}

/** A spec whose types no longer matter; what the harness works with. */
export interface AnyMachineSpec {
  readonly machine: AnyStateMachine
  readonly inputs: readonly unknown[]
  readonly samples: Readonly<Record<string, readonly EventObject[] | undefined>>
  readonly laws: readonly Law<AnyMachineSnapshot>[]
  view?(snapshot: AnyMachineSnapshot): unknown
  identify?(snapshot: AnyMachineSnapshot): unknown
  focus?(snapshot: AnyMachineSnapshot, event: EventObject): boolean
  readonly rests?: Readonly<Record<string, string>>
  readonly rarely?: RegExp
  readonly limit?: number
  readonly systemId?: string
}

/** Checks a spec against its machine's types. */
export const specOf = <M extends AnyStateMachine>(spec: MachineSpec<M>): AnyMachineSpec => spec as AnyMachineSpec
