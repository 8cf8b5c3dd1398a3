import { assign } from 'xstate'
import { active } from './active.region.ts'
import { engine, forget, note, noteTold, storeOf } from './sync-engine.setup.ts'

/** The whole: from idle through the opening of the log to running, and back. The root of the actor system. */
export const syncEngineMachine = engine.createMachine({
  id: 'sync-engine',
  description: 'Opens the log of one room, and keeps it in sync while it runs.',
  context: ({ input }) => ({ ...input, opened: null, fault: null, generation: 0, crashes: 0 }),
  initial: 'idle',
  on: {
    'engine.setSignaling': { actions: assign({ signalingUrl: ({ event }) => event.url }) },
    'engine.forget': { actions: forget },
  },
  states: {
    idle: {
      id: 'idle',
      description: 'Nothing is open.',
      tags: ['idle', 'resting'],
      entry: assign({ opened: null }),
      on: { 'engine.start': { target: 'active', actions: note(null) } },
    },
    active,
    yielding: {
      id: 'yielding',
      description: 'Another tab took the log over, so ours is closed.',
      entry: [note('another-tab'), assign({ opened: null })],
      invoke: {
        id: 'closeStore',
        src: 'closeStore',
        input: storeOf,
        onDone: [{ guard: 'isStopping', target: 'idle' }, { target: 'active' }],
        onError: { target: 'failed', actions: noteTold },
      },
      initial: 'queueing',
      states: {
        queueing: {
          description: 'Afterwards we stand by until that tab closes.',
          tags: 'standby',
          on: { 'engine.stop': 'stopping' },
        },
        stopping: {
          description: 'Afterwards nothing more is done.',
          tags: 'closing',
          on: { 'engine.start': 'queueing' },
        },
      },
    },
    failed: {
      id: 'failed',
      description: 'The log could not be opened or closed.',
      tags: ['failed', 'resting'],
      entry: assign({ opened: null }),
      on: {
        'engine.start': { target: 'active', actions: note(null) },
        'engine.retry': { target: 'active', actions: note(null) },
        'engine.stop': 'idle',
      },
    },
  },
})
