import { assign, createActor, setup, type ActorRefFrom } from 'xstate'
import { createRecorder } from './create-recorder.ts'
import type { RecorderOptions } from './recorder.types.ts'
import type { Recording } from './records.types.ts'

const child = setup({ types: { context: {} as { turns: number } } }).createMachine({
  id: 'wheel',
  context: { turns: 0 },
  on: { turn: { actions: assign({ turns: ({ context }) => context.turns + 1 }) }, stop: '.stopped' },
  initial: 'turning',
  states: { turning: {}, stopped: { type: 'final' } },
})

/** A machine of nobody's in particular: it counts, it has a child, it can fail, and it goes round. */
export const mill = setup({
  types: {
    context: {} as { count: number; note: string },
    events: {} as
      | { type: 'grind'; note?: string }
      | { type: 'rest' }
      | { type: 'nothing' }
      | { type: 'spin' }
      | { type: 'halt' }
      | { type: 'break' },
  },
  actors: { wheel: child },
}).createMachine({
  id: 'mill',
  context: { count: 0, note: 'the secret of the miller' },
  initial: 'idle',
  invoke: { src: 'wheel', id: 'wheel', onDone: { actions: assign({ note: 'done' }) } },
  on: {
    spin: {
      actions: ({ self }) =>
        (self.getSnapshot().children['wheel'] as ActorRefFrom<typeof child>).send({ type: 'turn' }),
    },
    break: {
      actions: () => {
        throw new Error('broken')
      },
    },
    halt: {
      actions: ({ self }) =>
        (self.getSnapshot().children['wheel'] as ActorRefFrom<typeof child>).send({ type: 'stop' }),
    },
  },
  states: {
    idle: { on: { grind: { target: 'grinding', actions: assign({ count: ({ context }) => context.count + 1 }) } } },
    grinding: { on: { rest: 'idle' } },
  },
})

/** A mill that runs, and its recorder, on a clock that ticks with each record. */
export const recordedMill = (options: RecorderOptions = {}) => {
  let time = 1_767_225_600_000
  const actor = createActor(mill)
  actor.subscribe({ error: () => {} })
  actor.start()
  const recorder = createRecorder(actor, { now: () => time++, ...options })
  return { actor, recorder }
}

/** A recording of some length. */
export const millRecording = (rounds: number, options?: RecorderOptions): Recording => {
  const { actor, recorder } = recordedMill(options)
  for (let i = 0; i < rounds; i++) {
    actor.send({ type: 'grind', note: 'x' })
    actor.send({ type: 'spin' })
    actor.send({ type: 'rest' })
  }
  const recording = recorder.recording()
  recorder.detach()
  actor.stop()
  return recording
}
