import { type CallbackActorLogic, createActor, type EventObject, type NonReducibleUnknown, setup } from 'xstate'

/** An adapter at work under a parent that only listens. */
export interface Heard<Fact> {
  /** Everything the adapter said so far. */
  readonly facts: readonly Fact[]
  /** Stops the parent, and the adapter with it. */
  readonly stop: () => void
}

/** Starts an adapter as a chart would, and notes each of its facts. */
export const hear = <Fact extends EventObject, Input extends NonReducibleUnknown>(
  logic: CallbackActorLogic<EventObject, Input>,
  input: Input,
): Heard<Fact> => {
  const facts: Fact[] = []
  const adapter = logic as CallbackActorLogic<EventObject, NonReducibleUnknown>
  const machine = setup({ types: { events: {} as EventObject }, actors: { adapter } }).createMachine({
    invoke: { src: 'adapter', input },
    on: {
      '*': {
        actions: ({ event }) => {
          facts.push(event as Fact)
        },
      },
    },
  })
  const actor = createActor(machine).start()
  return {
    facts,
    stop: () => {
      actor.stop()
    },
  }
}
