import { type EventObject, setup, SimulatedClock } from 'xstate'
import { expect, expectTypeOf, test } from 'vitest'
import { createActor } from 'xstate'
import { harness } from '../../tests/support/harness.ts'
import { commander } from './command.ts'
import { port } from './port.ts'
import { reporter } from './report.ts'

type Ring = { readonly type: 'bell.rang'; readonly times: number }
type Order = { readonly type: 'clapper.swing'; readonly force: number }
type Pull = { readonly type: 'rope.pulled'; readonly force: number }

const report = reporter<Ring>()
const clapper = commander<Order>('clapper')

const bell = setup({
  types: { context: {} as { heard: number }, events: {} as Pull | Ring },
  actors: { clapper: port<Order, undefined>() },
}).createMachine({
  id: 'bell',
  context: { heard: 0 },
  invoke: { src: 'clapper', id: 'clapper', input: undefined },
  on: {
    'rope.pulled': {
      actions: [
        clapper(({ event }) => ({ type: 'clapper.swing', force: event.force })),
        report(({ event }) => ({ type: 'bell.rang', times: event.force })),
      ],
    },
    'bell.rang': { actions: ({ context }) => expect.fail(`the bell heard itself ${context.heard}`) },
  },
})

test('a report goes to the actor that is called mesh, a command to the child', () => {
  const run = harness({ machine: bell, input: undefined, clock: new SimulatedClock() })
  run.actor.send({ type: 'rope.pulled', force: 3 })
  expect(run.reports).toEqual([{ type: 'bell.rang', times: 3 }])
  expect(run.child('clapper').commands).toEqual([{ type: 'clapper.swing', force: 3 }])
  run.stop()
})

test('where there is no mesh a report goes nowhere, not back to the machine itself', () => {
  const heard: EventObject[] = []
  const actor = createActor(bell, { inspect: (e) => e.type === '@xstate.event' && heard.push(e.event) }).start()
  actor.send({ type: 'rope.pulled', force: 3 })
  expect(heard.filter(({ type }) => type === 'bell.rang')).toEqual([])
  expect(actor.getSnapshot().status).toBe('active')
  actor.stop()
})

test('reports and commands are checked by type', () => {
  expectTypeOf(report).parameter(0).returns.toEqualTypeOf<Ring>()
  expectTypeOf(clapper).parameter(0).returns.toEqualTypeOf<Order>()
})
