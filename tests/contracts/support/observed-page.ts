import { createActor, type EventObject, setup } from 'xstate'
import { createPresence } from '#adapters/page/presence'

const page = globalThis as { observers?: Map<string, () => void> }

/**
 * Starts the production presence of this page; its facts go out, numbered, by a channel of that name.
 * @returns what it said at once, for whoever hears the channel only from now on
 */
export const observe = (name: string): readonly EventObject[] => {
  const channel = new BroadcastChannel(name)
  const facts: EventObject[] = []
  const note = (fact: EventObject): void => {
    channel.postMessage({ place: facts.push(fact) - 1, fact })
  }
  const parent = setup({ types: { events: {} as EventObject }, actors: { presence: createPresence() } }).createMachine({
    invoke: { src: 'presence', input: {} },
    on: { '*': { actions: ({ event }) => note(event) } },
  })
  const actor = createActor(parent).start()
  page.observers ??= new Map()
  page.observers.set(name, () => actor.stop())
  return facts
}
