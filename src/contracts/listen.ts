import { type CallbackActorLogic, createActor, type EventObject, type NonReducibleUnknown, setup } from 'xstate'

/** An adapter at work under a parent that only listens, as in a chart. */
export interface Listened<Command extends EventObject, Fact extends EventObject> {
  /** Everything it said so far. */
  readonly facts: readonly Fact[]
  /** All facts of one type so far. */
  readonly of: <T extends Fact['type']>(type: T) => Extract<Fact, { type: T }>[]
  readonly send: (command: Command) => void
  /** Stops the parent, and the adapter with it. Idempotent. */
  readonly stop: () => void
}

/** Starts an adapter as a chart would; `onFact` is called for each fact after it was noted. */
export const listen = <Command extends EventObject, Fact extends EventObject, Input extends NonReducibleUnknown>(
  logic: CallbackActorLogic<Command, Input>,
  input: Input,
  onFact: (fact: Fact) => void = () => {},
): Listened<Command, Fact> => {
  const facts: Fact[] = []
  const note = (event: EventObject): void => {
    facts.push(event as Fact)
    onFact(event as Fact)
  }
  // The parent's types know no more than that there is an adapter.
  const adapter = logic as unknown as CallbackActorLogic<EventObject, NonReducibleUnknown>
  const parent = setup({ types: { events: {} as EventObject }, actors: { adapter } }).createMachine({
    invoke: { id: 'adapter', src: 'adapter', input },
    on: { '*': { actions: ({ event }) => note(event) } },
  })
  const actor = createActor(parent).start()
  return {
    facts,
    of: <T extends Fact['type']>(type: T) =>
      facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type),
    send: (command) => actor.getSnapshot().children.adapter?.send(command),
    stop: () => {
      actor.stop()
    },
  }
}
