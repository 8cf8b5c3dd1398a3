import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect'
import { createActor, createMachine, type InspectionEvent } from 'xstate'
import { expect, test, vi } from 'vitest'
import { redactedInspect } from './redacted-inspect.ts'
import { mill } from './recording.testing.ts'

const SECRET = 'the secret of the miller'

test('Stately’s inspector gets actors, definitions, events and states, and nothing of the content', async () => {
  const sent: StatelyInspectionEvent[] = []
  const { inspect } = createInspector({ send: (event) => sent.push(event) })
  const actor = createActor(mill, { inspect: redactedInspect(inspect) })
  actor.start()
  actor.send({ type: 'grind', note: SECRET })
  await vi.waitFor(() => expect(sent.some(({ type }) => type === '@xstate.event')).toBe(true))
  await vi.waitFor(() => expect(JSON.stringify(sent.at(-1))).toContain('grinding'))

  const actors = sent.filter((event) => event.type === '@xstate.actor')
  expect(actors.map(({ name }) => name)).toEqual(['mill', 'wheel'])
  expect(actors[1]?.parentId).toBe(actor.sessionId)
  expect(JSON.parse(actors[0]?.definition ?? '')).toMatchObject({ id: 'mill', states: { idle: {}, grinding: {} } })
  expect(actors[0]?.snapshot).toMatchObject({ status: 'active', value: 'grinding', context: { count: 1 } })
  expect(sent).toContainEqual(
    expect.objectContaining({ type: '@xstate.event', event: { type: 'grind', note: '‹24 characters›' } }),
  )
  expect(sent.at(-1)).toMatchObject({
    type: '@xstate.snapshot',
    sessionId: actor.sessionId,
    snapshot: { status: 'active', value: 'grinding', context: { count: 1, note: '‹24 characters›' } },
  })
  expect(JSON.stringify(sent)).not.toContain('secret')
  actor.stop()
})

test('any observer: no event, snapshot, action or actor that it sees holds content', () => {
  const seen: InspectionEvent[] = []
  const actor = createActor(mill, { inspect: redactedInspect({ next: (event) => seen.push(event) }) })
  actor.start()
  actor.send({ type: 'grind', note: SECRET })
  expect(new Set(seen.map(({ type }) => type))).toEqual(
    new Set(['@xstate.actor', '@xstate.event', '@xstate.microstep', '@xstate.action', '@xstate.snapshot']),
  )
  const shown = seen.map(({ actorRef, ...event }) => ({
    ...event,
    snapshot: [actorRef.getSnapshot(), 'snapshot' in event && event.snapshot],
    source: 'sourceRef' in event && event.sourceRef?.getSnapshot(),
  }))
  expect(JSON.stringify(shown)).not.toContain('secret')
  expect(JSON.stringify(shown)).toContain('‹24 characters›')
})

test('the same actor is the same stand-in, and can be sent something', () => {
  const seen = new Map<string, Set<unknown>>()
  const actor = createActor(mill, {
    inspect: redactedInspect(({ actorRef }) => {
      seen.set(actorRef.sessionId, (seen.get(actorRef.sessionId) ?? new Set()).add(actorRef))
    }),
  })
  actor.start()
  expect([...seen.values()].map(({ size }) => size)).toEqual([1, 1])
  const [standIn] = seen.get(actor.sessionId) ?? []
  ;(standIn as typeof actor).send({ type: 'grind' })
  expect(actor.getSnapshot().value).toBe('grinding')
})

test('what is named by words is told by its size, and names in the system are known once they are given', () => {
  const seen: InspectionEvent[] = []
  const child = createMachine({ id: 'child' })
  const parent = createMachine({ id: 'parent', invoke: { src: child, id: 'gate is stuck', systemId: 'keeper' } })
  const actor = createActor(parent, { inspect: redactedInspect((event) => seen.push(event)) }).start()
  actor.send({ type: 'the key is under the mat' })
  const names = new Set(seen.map(({ actorRef }) => Reflect.get(actorRef, 'systemId') as unknown))
  expect(names).toEqual(new Set([undefined, 'keeper']))
  const told = seen.map(({ actorRef, ...event }) => [
    Reflect.get(actorRef, 'id'),
    actorRef.getSnapshot(),
    'event' in event && event.event,
    'snapshot' in event && event.snapshot,
  ])
  expect(JSON.stringify(told)).not.toMatch(/stuck|under the mat/)
  expect(JSON.stringify(told)).toContain('‹13 characters›')
})
