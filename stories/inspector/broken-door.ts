import { assign, createActor, setup } from 'xstate'
import { createRecorder } from '#inspector/create-recorder'
import type { Recording } from '#inspector/records.types'

const lock = setup({ types: { events: {} as { type: 'lock.turn' } } }).createMachine({
  id: 'lock',
  initial: 'open',
  states: { open: { on: { 'lock.turn': 'shut' } }, shut: { on: { 'lock.turn': 'open' } } },
})

/** A door that can be locked while it stands open: a mistake, which its law tells. */
const door = setup({
  types: {
    context: {} as { locked: boolean; turns: number },
    events: {} as { type: 'door.push' } | { type: 'key.turn' },
  },
  actors: { lock },
  guards: { isLocked: ({ context }) => context.locked },
}).createMachine({
  id: 'door',
  description: 'A door with a key.',
  context: { locked: false, turns: 0 },
  invoke: { src: 'lock', id: 'lock' },
  on: {
    'key.turn': {
      actions: [
        assign({ locked: ({ context }) => !context.locked, turns: ({ context }) => context.turns + 1 }),
        ({ self }) => self.getSnapshot().children['lock']?.send({ type: 'lock.turn' }),
      ],
    },
  },
  initial: 'closed',
  states: {
    closed: {
      description: 'Nobody passes.',
      on: { 'door.push': [{ guard: 'isLocked', target: 'closed' }, { target: 'open' }] },
    },
    open: { description: 'Everybody passes.', on: { 'door.push': 'closed' } },
  },
})

/** A machine of nobody's in particular, with a law of its own that does not hold in the end. */
export const brokenDoor = (): Recording => {
  let time = 1_767_225_600_000
  const actor = createActor(door)
  const recorder = createRecorder(actor, {
    name: 'A door',
    now: () => (time += 40),
    laws: {
      door: [
        {
          id: 'DOOR-1',
          says: 'an open door is never locked',
          holds: (snapshot) => !(snapshot.matches('open') && snapshot.context.locked),
        },
      ],
    },
  })
  actor.start()
  for (const type of ['key.turn', 'door.push', 'key.turn', 'door.push', 'key.turn'] as const) actor.send({ type })
  const recording = recorder.recording()
  recorder.detach()
  actor.stop()
  return recording
}
