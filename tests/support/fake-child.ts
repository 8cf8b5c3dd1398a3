import type { ActorLogic, AnyActorLogic, AnyActorRef, EventObject, Snapshot } from 'xstate'

const END = 'fake.end'

/** How a fake child ends: like a final state or a resolved promise, or like a failure. */
type Ending = { readonly output: unknown } | { readonly error: unknown }

/** What one fake child went through. */
export interface FakeChild {
  readonly id: string
  /** The seat it sits in. */
  readonly src: string
  readonly input: unknown
  /** Commands received, in order. */
  readonly commands: readonly EventObject[]
  /** `stopped`: its clean-up ran because its state was left or the actor stopped. */
  readonly status: 'running' | 'stopped' | 'ended'
  readonly end: (ending: Ending) => void
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Born = Mutable<Omit<FakeChild, 'commands'>> & { readonly commands: EventObject[] }

const nextSnapshot = (
  state: Snapshot<undefined>,
  event: EventObject & Partial<Record<'ending', Ending>>,
  child: Born,
) => {
  if (event.type === 'xstate.stop') {
    child.status = 'stopped'
    return { ...state, status: 'stopped' as const, error: undefined }
  }
  if (event.type !== END || event.ending === undefined) {
    child.commands.push(event)
    return state
  }
  child.status = 'ended'
  return 'error' in event.ending
    ? { ...state, status: 'error' as const, error: event.ending.error }
    : { ...state, status: 'done' as const, output: event.ending.output, error: undefined }
}

/**
 * Logic that can sit in any seat (port, request or machine): it does nothing, records what it is told, and ends when
 * the test says so. `bornIn` gives the list that the children of a system are written to.
 */
export const fakeLogic = (src: string, bornIn: (system: AnyActorRef['system']) => FakeChild[]): AnyActorLogic => {
  const children = new WeakMap<AnyActorRef, Born>()
  const logic: ActorLogic<Snapshot<undefined> & { input?: unknown }, EventObject, unknown> = {
    start: (state, { self, system }) => {
      const end = (ending: Ending) => self.send({ type: END, ending } as EventObject)
      const child: Born = { id: self.id, src, input: state.input, commands: [], status: 'running', end }
      children.set(self, child)
      bornIn(system).push(child)
    },
    transition: (state, event, { self }) => {
      const child = children.get(self)
      return child === undefined ? state : (nextSnapshot(state, event, child) as typeof state)
    },
    getInitialSnapshot: (_scope, input) => ({ status: 'active', output: undefined, error: undefined, input }),
    getPersistedSnapshot: (state) => state,
  }
  return logic
}
