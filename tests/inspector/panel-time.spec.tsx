import { afterEach, expect, test } from 'vitest'
import { assign, createActor, setup } from 'xstate'
import { createRecorder } from '#inspector/create-recorder'
import { actorOf, eventsOf, recordingOf, showPanel, soon } from './support/shown-panel.tsx'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
const shown = (...args: Parameters<typeof showPanel>) => {
  const panel = showPanel(...args)
  ends.push(panel.remove)
  return panel
}
const one = recordingOf([actorOf('x:0', { id: 'first' })], eventsOf('x:0', 60))
const other = recordingOf([actorOf('y:0', { id: 'second' })], eventsOf('y:0', 5))

const drop = (target: HTMLElement, ...files: readonly File[]) => {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
}
const fileOf = (text: string, name = 'a.json') => new File([text], name, { type: 'application/json' })

test('a recording that is dropped while the panel stands in the past takes the place of it', async () => {
  const panel = shown(one)
  await panel.click(() => panel.named('Event before'))
  await soon(() => expect(panel.byId('live').ariaPressed).toBe('false'))
  drop(panel.find('.fmi'), fileOf(JSON.stringify(other)))
  await soon(() => expect(panel.count()).toBe(5))
  expect(panel.byId('live').ariaPressed).toBe('true')
})

test('another source begins anew, wherever in time the panel stood', async () => {
  const panel = shown(one)
  await panel.click(() => panel.named('Event before'))
  await soon(() => expect(panel.byId('live').ariaPressed).toBe('false'))
  panel.show(other)
  await soon(() => expect(panel.count()).toBe(5))
})

test.each(['chosen', 'dropped'])('a file that is refused, %s, leaves the panel where it stood in time', async (how) => {
  const panel = shown(one)
  await panel.click(() => panel.named('Event before'))
  await soon(() => panel.byId('event-details'))
  const moment = panel.byId('clock').textContent
  const torn = fileOf('{"format":"fieldmesh-recording","version":1', 'torn.json')
  if (how === 'dropped') drop(panel.find('.fmi'), torn)
  else {
    const files = new DataTransfer()
    files.items.add(torn)
    const input = panel.byId('open-recording') as HTMLInputElement
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  await soon(() => panel.byId('refused-file'))
  expect(panel.byId('clock').textContent).toBe(moment)
  expect(panel.byId('live').ariaPressed).toBe('false')
})

test('whoever goes back to the end sees the end of the list', async () => {
  const panel = shown(one)
  await soon(() => expect(panel.count()).toBe(60))
  panel.press(panel.byId('events'), 'Home')
  await soon(() => expect(panel.find('.fmi-events').scrollTop).toBe(0))
  await panel.click(() => panel.byId('live'))
  const list = panel.find('.fmi-events')
  await soon(() => expect(list.scrollHeight - list.scrollTop - list.clientHeight).toBeLessThan(2))
})

const counter = setup({ types: { context: {} as { count: number }, events: {} as { type: 'tick' } } }).createMachine({
  id: 'counter',
  context: { count: 0 },
  on: { tick: { actions: assign({ count: ({ context }) => context.count + 1 }) } },
})

const liveCounter = () => {
  const actor = createActor(counter).start()
  const recorder = createRecorder(actor)
  ends.push(() => actor.stop(), recorder.detach)
  return { actor, recorder, tick: () => actor.send({ type: 'tick' }) }
}
const told = (panel: ReturnType<typeof showPanel>) => panel.byId('actor-details').textContent

test('paused, everything stays as it is, and what is missed is counted; going on, all of it is there', async () => {
  const { recorder, tick } = liveCounter()
  const panel = shown(recorder)
  tick()
  await soon(() => expect(told(panel)).toContain('count: 1'))
  await panel.click(() => panel.byId('pause'))
  for (let i = 0; i < 4; i++) tick()
  await soon(() => expect(panel.byId('live').textContent).toMatch(/\+\d/))
  expect([panel.count(), told(panel)]).toEqual([1, expect.stringContaining('count: 1')])
  await panel.click(() => panel.byId('pause'))
  await soon(() => expect(told(panel)).toContain('count: 5'))
  expect(panel.count()).toBe(5)
})

test('at a moment of the past an actor remembers what it did then, and only events until then have happened', async () => {
  const { recorder, tick } = liveCounter()
  for (let i = 0; i < 5; i++) tick()
  const panel = shown(recorder)
  await soon(() => expect(told(panel)).toContain('count: 5'))
  panel.press(panel.byId('events'), 'Home')
  await soon(() => expect(told(panel)).toContain('count: 1'))
  panel.press(panel.byId('events'), 'ArrowDown')
  await soon(() => expect(told(panel)).toContain('count: 2'))
  expect(panel.host.querySelectorAll('.fmi-row:not(.fmi-step)[data-later]')).toHaveLength(3)
})

test('a step that leads nowhere says why', async () => {
  const panel = shown(one)
  const back = await soon(() => panel.named('Event before'))
  const forth = panel.named('Event after')
  expect([forth.ariaDisabled, forth.title]).toEqual(['true', 'No event comes after this moment'])
  panel.press(panel.byId('events'), 'Home')
  await soon(() => expect([back.ariaDisabled, back.title]).toEqual(['true', 'No event comes before this moment']))
  expect([forth.ariaDisabled, forth.title]).toEqual(['false', 'Event after'])
})
